/*
 * What is typed into a form that is sent as a whole outlives a closed tab: a copy on this device
 * while one types, offered when the same page is opened again, gone once the server has the form.
 *
 * <form data-keep=person key data-arrived-url=… [data-place=address] [data-rows]>
 *   field form_key           names this form; the server knows it when it has arrived
 *   [data-offered]           what was typed here once and never arrived; buttons data-do=resume, drop,
 *                            undo; [data-offered-at]
 *   data-place               where it is offered again; else the address of the page it was typed on
 *   data-rows                the server adds the rows that are missing: POST with go=kept saves nothing
 *
 * GET data-arrived-url?key=…  {"arrived": [keys]}   which of these forms the server has
 */
const PAUSE = 300;
const MOST = 20;
const LONGEST = 30 * 24 * 3600 * 1000;
// What a page had in view (seen) is told by the page that stands there now, not by an older one.
const OURS = ['csrf_token', 'form_key', 'seen', 'go', 'more', 'less'];
const NEVER = ['button', 'submit', 'file', 'password', 'fieldset'];
const PREFIX = 'typed:';

for (const form of document.querySelectorAll('[data-keep]')) keep(form);

async function keep(form) {
  const { keep: person, arrivedUrl } = form.dataset;
  const key = form.elements.form_key.value;
  const place = form.dataset.place || placeOf();
  const atFirst = JSON.stringify(typed(form, true));
  let timer = 0;
  let left = false;
  let changed = Boolean(read(key)); // the same form came back: it was not accepted

  if (navigator.locks) navigator.locks.request(PREFIX + key, () => new Promise(() => {}));
  for (const event of ['input', 'change']) {
    form.addEventListener(event, () => {
      changed = true;
      clearTimeout(timer);
      timer = setTimeout(write, PAUSE);
    });
  }
  form.addEventListener('submit', write);
  window.addEventListener('pagehide', write);
  document.addEventListener('visibilitychange', () => { if (document.hidden) write(); });
  form.dataset.ready = '';
  await tidy(person, arrivedUrl);
  offer();

  function write() {
    clearTimeout(timer);
    if (!changed || left) return;
    const fields = typed(form, false);
    if (JSON.stringify(fields) === atFirst && !read(key)) return;
    store(key, { person, place, fields, at: Date.now() });
  }

  async function offer() {
    const panel = form.querySelector('[data-offered]');
    const open = await openForms();
    const entry = kept(person)
      .filter((each) => each.place === place && each.key !== key && !open.has(each.key))
      .filter((each) => JSON.stringify(each.fields) !== atFirst)
      .sort((one, other) => other.at - one.at)[0];
    panel.hidden = !entry;
    if (!entry) return;
    panel.querySelector('[data-offered-at]').textContent = moment(entry.at);
    const button = (name) => panel.querySelector(`[data-do=${name}]`);
    const undone = (dropped) => {
      for (const each of panel.querySelectorAll('[data-do]')) each.hidden = (each.dataset.do === 'undo') !== dropped;
    };
    undone(false);
    button('resume').onclick = () => {
      changed = true;
      if (!fill(form, entry.fields) && 'rows' in form.dataset) {
        left = true;
        sendBack(form, entry);
        return;
      }
      write();
      erase(entry.key);
      panel.hidden = true;
    };
    button('drop').onclick = () => {
      erase(entry.key);
      undone(true);
    };
    button('undo').onclick = () => {
      const { key: name, ...rest } = entry;
      store(name, rest);
      offer();
    };
  }
}

// Day and hour as the rest of the site says them: 30 de noviembre, 15:31.
function moment(time) {
  const at = new Date(time);
  const day = at.toLocaleDateString(document.documentElement.lang, { day: 'numeric', month: 'long' });
  return `${day}, ${at.getHours()}:${String(at.getMinutes()).padStart(2, '0')}`;
}

// The address without what only tells what was done last.
function placeOf() {
  const query = new URLSearchParams(location.search);
  query.delete('hecho');
  return `${location.pathname}?${query}`;
}

function typed(form, atFirst) {
  return [...form.elements].flatMap((field) => {
    const { name, type } = field;
    if (!name || OURS.includes(name) || NEVER.includes(type)) return [];
    if (type === 'checkbox' || type === 'radio') {
      return (atFirst ? field.defaultChecked : field.checked) ? [[name, field.value]] : [];
    }
    if (type !== 'select-one') return [[name, atFirst ? field.defaultValue : field.value]];
    const first = [...field.options].find((option) => option.defaultSelected) || field.options[0];
    return [[name, atFirst ? (first ? first.value : '') : field.value]];
  });
}

// Whether there was a field for everything.
function fill(form, fields) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) || []), value]);
  for (const field of form.elements) {
    const { name, type } = field;
    if (!name || OURS.includes(name) || NEVER.includes(type)) continue;
    const given = values.get(name) || [];
    if (type === 'checkbox' || type === 'radio') field.checked = given.includes(field.value);
    else field.value = given.length ? given.shift() : '';
  }
  return [...values.keys()].every((name) => name in form.elements);
}

// More rows than the page has: the server draws them, and saves nothing.
function sendBack(form, entry) {
  const other = document.createElement('form');
  other.method = 'post';
  const ours = ['csrf_token', 'form_key'].map((name) => [name, form.elements[name].value]);
  for (const [name, value] of [...ours, ['go', 'kept'], ...entry.fields]) {
    const input = document.createElement('input');
    Object.assign(input, { type: 'hidden', name, value });
    other.append(input);
  }
  const { key, ...rest } = entry;
  store(form.elements.form_key.value, rest);
  erase(key);
  form.dispatchEvent(new Event('submit')); // nothing to ask before leaving
  document.body.append(other);
  other.submit();
}

// What has arrived goes, and what is very old.
async function tidy(person, url) {
  for (const each of kept(person)) if (Date.now() - each.at > LONGEST) erase(each.key);
  const keys = kept(person).sort((one, other) => other.at - one.at).slice(0, MOST).map((each) => each.key);
  if (!keys.length) return;
  const query = new URLSearchParams(keys.map((each) => ['key', each]));
  const answer = await fetch(`${url}?${query}`, { cache: 'no-store' }).catch(() => null);
  if (answer && answer.ok) (await answer.json()).arrived.forEach(erase);
}

// Pages that are still open hold a lock in the name of their form.
async function openForms() {
  if (!navigator.locks) return new Set();
  const { held } = await navigator.locks.query();
  return new Set(held.map((lock) => lock.name.replace(PREFIX, '')));
}

function kept(person) {
  return memory(() => Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))
    .map((each) => ({ key: each.slice(PREFIX.length), ...read(each.slice(PREFIX.length)) }))
    .filter((each) => each.person === person)) || [];
}

function read(key) {
  return memory(() => JSON.parse(localStorage.getItem(PREFIX + key)));
}

function store(key, entry) {
  memory(() => localStorage.setItem(PREFIX + key, JSON.stringify(entry)));
}

function erase(key) {
  memory(() => localStorage.removeItem(PREFIX + key));
}

// Private windows and full devices have no memory; then the form is as it always was.
function memory(use) {
  try {
    return use();
  } catch {
    return null;
  }
}
