/*
 * The tree of a course arranged by hand: drag a row by its handle, or take it up with Enter and move
 * it with the arrow keys. Without this file the buttons up, down and "move to this module" do it.
 *
 * form[data-tree]      the tree; data-taken, -moved, -dropped, -left are the words spoken
 * [data-part]          a module (its folder), data-name its title; [data-items] the list inside
 * [data-item]          a row (its path), data-name its title; [data-grip] the handle
 */
const tree = document.querySelector('[data-tree]');
const speaker = tree.querySelector('[data-say]');
const say = (words) => { speaker.textContent = words; };
const lists = () => [...tree.querySelectorAll('[data-items]')];
const rows = (list) => [...list.querySelectorAll(':scope > [data-item]')];

let taken = null;

for (const grip of tree.querySelectorAll('[data-grip]')) {
  grip.hidden = false;
  const row = grip.closest('[data-item]');
  grip.addEventListener('keydown', (event) => press(event, row, grip));
  grip.addEventListener('pointerdown', (event) => drag(event, row, grip));
  grip.addEventListener('blur', () => { if (taken && taken.byKey) leave(); });
}

function take(row, grip, byKey) {
  taken = { row, grip, byKey, list: row.parentNode, next: row.nextElementSibling };
  row.classList.add('moving');
  grip.setAttribute('aria-pressed', 'true');
  if (byKey) say(tree.dataset.taken.replace('{}', row.dataset.name));
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
  if (byKey) say(tree.dataset.left.replace('{}', row.dataset.name));
  if (document.activeElement === document.body) grip.focus();
}

function drop() {
  const { row, list, next } = taken;
  free();
  if (row.parentNode === list && row.nextElementSibling === next) return;
  say(tree.dataset.dropped.replace('{}', row.dataset.name));
  const values = {
    into: row.dataset.item,
    module: row.closest('[data-part]').dataset.part,
    place: rows(row.parentNode).indexOf(row),
  };
  for (const [name, value] of Object.entries(values)) {
    const field = document.createElement('input');
    Object.assign(field, { type: 'hidden', name, value });
    tree.append(field);
  }
  // What stands in the selects of other rows is not meant.
  for (const select of tree.querySelectorAll('select')) select.disabled = true;
  tree.requestSubmit();
}

function press(event, row, grip) {
  const { key } = event;
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
  } else {
    const other = lists()[lists().indexOf(list) + by];
    if (other) other.insertBefore(row, by < 0 ? null : other.firstElementChild);
  }
  held.grip.focus();
  taken = held;
  const part = row.closest('[data-part]');
  const now = rows(row.parentNode);
  say(tree.dataset.moved.replace('{name}', row.dataset.name).replace('{place}', now.indexOf(row) + 1)
    .replace('{all}', now.length).replace('{module}', part.dataset.name));
  row.scrollIntoView({ block: 'nearest' });
}

function drag(event, row, grip) {
  if (event.button !== 0 || taken) return;
  event.preventDefault();
  take(row, grip, false);
  grip.setPointerCapture(event.pointerId);
  const over = (moved) => {
    if (moved.clientY < 60) window.scrollBy(0, -16);
    else if (moved.clientY > window.innerHeight - 60) window.scrollBy(0, 16);
    const place = placeAt(moved.clientY);
    if (place && place.before !== row) place.list.insertBefore(row, place.before);
  };
  const end = () => {
    grip.removeEventListener('pointermove', over);
    grip.removeEventListener('pointerup', end);
    grip.removeEventListener('pointercancel', cancel);
    document.removeEventListener('keydown', escape);
    if (taken) drop();
  };
  const cancel = () => { if (taken) leave(); end(); };
  const escape = (pressed) => { if (pressed.key === 'Escape') cancel(); };
  grip.addEventListener('pointermove', over);
  grip.addEventListener('pointerup', end);
  grip.addEventListener('pointercancel', cancel);
  document.addEventListener('keydown', escape);
}

// The list under the pointer, and the row before which it would stand there.
function placeAt(y) {
  for (const list of lists()) {
    const box = list.closest('[data-part]').getBoundingClientRect();
    if (y < box.top || y > box.bottom) continue;
    const before = rows(list).find((row) => {
      const lines = row.getBoundingClientRect();
      return y < lines.top + lines.height / 2;
    });
    return { list, before: before || null };
  }
  return null;
}

// Come back to by the browser's memory, the page shows a tree that is not there any more.
window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
