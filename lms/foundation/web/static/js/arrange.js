/*
 * The tree of a course arranged by hand: drag a row or a module by its handle, or take it up with
 * Enter and move it with the arrow keys. Without this file the buttons up, down and "move to this
 * module" do it.
 *
 * form[data-tree]      the tree, data-name its title, data-token-url where a fresh token is;
 *                      data-taken, -moved, -dropped, -left, -failed are the words
 * [data-part]          a module (its folder), data-name its title; [data-items] the list inside
 * [data-item]          a row (its path), data-name its title
 * [data-grip]          the handle of the row or, outside the rows, of the module
 * [data-say]           what is spoken; [data-failure] what is shown when a move was not kept
 *
 * POST the form, Accept: application/json: into (what was moved), module, place
 *   200 {"at": address}   kept; the page to go on with
 *   400 stale token: once more with a fresh one; anything else {"said": …}: it goes back
 */
const PATIENCE = 30000;
const EDGE = 70;
const tree = document.querySelector('[data-tree]');
const speaker = tree.querySelector('[data-say]');
const failure = tree.querySelector('[data-failure]');
const say = (words) => { speaker.textContent = words; };
const lists = () => [...tree.querySelectorAll('[data-items]')];
const isPart = (row) => 'part' in row.dataset;
const rows = (list) => [...list.querySelectorAll(list === tree ? ':scope > [data-part]' : ':scope > [data-item]')];
const namedIn = (words, row) => words.replace('{}', row.dataset.name);

let taken = null;
let isSending = false;

for (const grip of tree.querySelectorAll('[data-grip]')) {
  grip.hidden = false;
  const row = grip.closest('[data-item]') || grip.closest('[data-part]');
  grip.addEventListener('keydown', (event) => press(event, row, grip));
  grip.addEventListener('pointerdown', (event) => drag(event, row, grip));
  grip.addEventListener('blur', () => { if (taken && taken.byKey) leave(); });
}
again();

function take(row, grip, byKey) {
  taken = { row, grip, byKey, list: row.parentNode, next: row.nextElementSibling };
  row.classList.add('moving');
  grip.setAttribute('aria-pressed', 'true');
  failure.hidden = true;
  if (byKey) say(namedIn(tree.dataset.taken, row));
}

function free() {
  taken.row.classList.remove('moving');
  taken.grip.setAttribute('aria-pressed', 'false');
  taken = null;
}

function leave() {
  const { row, grip, list, next, byKey } = taken;
  free();
  list.insertBefore(row, next);
  if (byKey) say(namedIn(tree.dataset.left, row));
  if (document.activeElement === document.body) grip.focus();
}

function drop() {
  const { row, grip, list, next } = taken;
  free();
  if (row.parentNode === list && row.nextElementSibling === next) return;
  say(namedIn(tree.dataset.dropped, row));
  keep(row, grip, () => list.insertBefore(row, next));
}

// The server has the last word: what it did not keep goes back to where it was.
async function keep(row, grip, putBack) {
  isSending = true;
  row.setAttribute('aria-busy', 'true');
  const values = {
    into: row.dataset.item || row.dataset.part,
    module: row.closest('[data-part]').dataset.part,
    place: rows(row.parentNode).indexOf(row),
  };
  const answer = await send(values) || (await fresh() && await send(values));
  const said = answer ? await answer.json().catch(() => ({})) : {};
  if (answer && answer.ok && said.at) {
    memory(() => sessionStorage.setItem('moved', '1'));
    const isHere = said.at.replace(/#.*/, '') === location.pathname + location.search;
    location.assign(said.at);
    if (isHere) location.reload();
    return;
  }
  isSending = false;
  row.removeAttribute('aria-busy');
  putBack();
  failure.querySelector('[data-failure-said]').textContent = `${namedIn(tree.dataset.failed, row)} ${said.said || ''}`;
  failure.hidden = false;
  grip.focus();
  failure.scrollIntoView({ block: 'nearest' });
}

// What the server answered; nothing where the token was too old.
async function send(values) {
  const body = new URLSearchParams(values);
  // What stands in the selects of other rows is not meant.
  for (const field of tree.querySelectorAll('input[type=hidden]')) body.set(field.name, field.value);
  const answer = await asked(tree.action, { method: 'POST', body });
  return answer && answer.status === 400 ? null : answer || new Response('{}', { status: 503 });
}

async function fresh() {
  const answer = await asked(tree.dataset.tokenUrl, { cache: 'no-store' });
  if (!answer || !answer.ok) return false;
  tree.elements.csrf_token.value = (await answer.json()).token;
  return true;
}

function asked(url, options) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  return fetch(url, { ...options, headers: { Accept: 'application/json' }, signal: stop.signal })
    .catch(() => null).finally(() => clearTimeout(timer));
}

// The page that follows a move: its handle is where one was.
function again() {
  if (!memory(() => sessionStorage.getItem('moved'))) return;
  memory(() => sessionStorage.removeItem('moved'));
  const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const grip = row && row.querySelector('[data-grip]');
  if (!grip) return;
  // The address names the row, and a browser that scrolls there takes the focus away.
  if (document.readyState === 'complete') grip.focus();
  else window.addEventListener('load', () => setTimeout(() => grip.focus()));
  const done = document.querySelector('.done p');
  if (done) setTimeout(() => say(done.textContent), 300); // a region speaks only of what changes
}

function press(event, row, grip) {
  const { key } = event;
  if (isSending) return;
  if (!taken) {
    if (key !== 'Enter' && key !== ' ') return;
    event.preventDefault();
    take(row, grip, true);
    return;
  }
  if (key === 'ArrowUp' || key === 'ArrowDown') shift(row, key === 'ArrowUp' ? -1 : 1);
  else if (key === 'Enter' || key === ' ') drop();
  else if (key === 'Escape') leave();
  else return;
  event.preventDefault();
}

function shift(row, by) {
  const list = row.parentNode;
  const order = rows(list);
  const at = order.indexOf(row) + by;
  const held = taken;
  taken = null; // moving in the page takes the focus away for a moment
  if (at >= 0 && at < order.length) {
    list.insertBefore(row, by < 0 ? order[at] : order[at].nextElementSibling);
  } else if (!isPart(row)) {
    const other = lists()[lists().indexOf(list) + by];
    if (other) other.insertBefore(row, by < 0 ? null : other.firstElementChild);
  }
  held.grip.focus();
  taken = held;
  const inside = isPart(row) ? tree : row.closest('[data-part]');
  const now = rows(row.parentNode);
  say(tree.dataset.moved.replace('{name}', row.dataset.name).replace('{place}', now.indexOf(row) + 1)
    .replace('{all}', now.length).replace('{module}', inside.dataset.name));
  row.scrollIntoView({ block: 'nearest' });
}

// While it is dragged the row stays where it is in the page and is only drawn elsewhere: a handle
// that leaves the page, if only for a moment, hears nothing more of the finger that holds it.
function drag(event, row, grip) {
  if (event.button !== 0 || !event.isPrimary || taken || isSending) return;
  event.preventDefault();
  grip.focus({ preventScroll: true });
  take(row, grip, false);
  grip.setPointerCapture(event.pointerId);
  const from = event.clientY + window.scrollY;
  let y = event.clientY;
  let place = null;
  let isMoved = false;
  let drawing = requestAnimationFrame(draw);
  const listening = new AbortController();
  const listen = (name, heard) => document.addEventListener(name, heard, { signal: listening.signal });
  listen('pointermove', (moved) => { if (moved.pointerId === event.pointerId) go(moved.clientY); });
  listen('pointerup', (up) => {
    if (up.pointerId !== event.pointerId) return;
    go(up.clientY);
    end(true);
  });
  listen('pointercancel', (lost) => { if (lost.pointerId === event.pointerId) end(false); });
  listen('keydown', (pressed) => { if (pressed.key === 'Escape') end(false); });

  // A finger that rests at an edge of the screen goes on scrolling.
  function draw() {
    const by = y < EDGE ? y - EDGE : Math.max(0, y - window.innerHeight + EDGE);
    if (isMoved && by) {
      window.scrollBy({ top: by / 5, behavior: 'instant' });
      look();
    }
    drawing = requestAnimationFrame(draw);
  }

  function go(to) {
    y = to;
    isMoved = isMoved || Math.abs(y + window.scrollY - from) > 4;
    if (isMoved) look();
  }

  function look() {
    row.classList.add('carried');
    row.style.transform = `translateY(${y + window.scrollY - from}px)`;
    place = isPart(row) ? amongParts(y, row) : amongRows(y, row);
    mark(place, row);
  }

  function end(isKept) {
    listening.abort();
    cancelAnimationFrame(drawing);
    mark(null);
    row.classList.remove('carried');
    row.style.transform = '';
    if (!taken) return;
    if (isKept && place) place.list.insertBefore(row, place.before);
    if (isKept) drop();
    else leave();
  }
}

// The list under the pointer, and the row before which it would stand there.
function amongRows(y, row) {
  for (const list of lists()) {
    const box = list.closest('[data-part]').getBoundingClientRect();
    if (y >= box.top && y <= box.bottom) return { list, before: before(list, y, row) };
  }
  return null;
}

function amongParts(y, row) {
  return { list: tree, before: before(tree, y, row) };
}

function before(list, y, row) {
  const below = rows(list).find((each) => {
    if (each === row) return false;
    const lines = each.getBoundingClientRect();
    return y < lines.top + lines.height / 2;
  });
  return below || null;
}

function mark(place, row) {
  for (const each of tree.querySelectorAll('.drop-here, .drop-after')) each.classList.remove('drop-here', 'drop-after');
  if (!place) return;
  const others = rows(place.list).filter((each) => each !== row);
  if (place.before) place.before.classList.add('drop-here');
  else if (others.length) others[others.length - 1].classList.add('drop-after');
  else place.list.classList.add('drop-here');
}

// Private windows may refuse to remember anything.
function memory(use) {
  try {
    return use();
  } catch {
    return null;
  }
}

// Come back to by the browser's memory, the page shows a tree that is not there any more.
window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
