/*
 * Saves each answer of an attempt as it is given, and never calls saved what the server has not
 * acknowledged.
 *
 * <form data-answers data-attempt=uid data-person=key data-save-url=… data-token-url=…
 *       data-sign-in=… data-word-…=…>        all words come from the page (macro answer_words)
 *   <section data-slot=3 data-seq=4>          seq = the last one the server holds for this slot
 *     … controls …  <p data-save-state><span data-save-text></span></p>
 *   <p data-pending hidden></p>               optional: how many are not sent
 *   macro question_map                        optional: numbers of the questions and how many are answered
 * On the page of an attempt that is handed in, <div data-answers …> with one data-save-state and no
 * slots sends what still waits on this device.
 *
 * POST data-save-url {"slot": 3, "key": "random", "seq": 5, "value": {…}}, header X-CSRFToken
 *   value: {"choice": "b"|null}  {"choices": […]}  {"pairs": {left: right}}  {"text": "…"}
 *   200 {"at": "2026-11-21T10:42:03Z", "shown": "10:42"}   committed; a repeat of the key answers alike
 *   409 {"state": "late", "said": "…"}    kept beside the attempt, marked late
 *   409 {"state": "closed"|"conflict", "said": "…"}, 422 {"said": "…"}, other 4xx   not accepted:
 *       stays on the device, is not retried
 *   401 session ended: stays unsent, a link leads to the sign-in page
 *   400 stale CSRF token: one more try with a fresh one
 *   429, 5xx, no signal: stays unsent, retried while the page is open
 * GET data-token-url (no-store) {"token": "…", "person": "key"|null}
 *   an entry is sent only while the person who wrote it is signed in.
 *
 * Order of things: write on the device (IndexedDB, durability strict), send, and only on the
 * server's word erase it there. Of each slot the newest value is kept; it replaces an older unsent
 * one. The form itself carries the same values, so handing in works without any of this.
 */
const RETRY = [3, 6, 12, 25, 50];
const TYPING = 1500;
const PATIENCE = 30000;

const root = document.querySelector('[data-answers]');
if (root) open();

async function open() {
  const { attempt, person } = root.dataset;
  const words = (name, number) => (root.dataset['word' + name] || '').replace('{}', number);
  const store = await openStore();
  const slots = new Map();
  const unsent = new Map();
  let token = '';
  let sending = null;
  let tries = 0;
  let retryTimer = 0;
  let silent = false;
  let travelling = null;
  let leaving = false;
  let handing = false;
  let warned = false;

  const boxOf = (entry) => slots.get(entry.slot) || root;

  for (const box of root.querySelectorAll('[data-slot]')) slots.set(Number(box.dataset.slot), box);
  for (const entry of await store.all()) {
    if (entry.attempt === attempt && entry.person === person) restore(entry);
  }

  root.addEventListener('input', (event) => { countWords(event.target); changed(event.target, TYPING); });
  root.addEventListener('change', (event) => changed(event.target, 0));
  root.addEventListener('focusout', (event) => typed(event.target) && changed(event.target, 0));
  root.addEventListener('submit', handIn);
  document.addEventListener('time-over', () => flush());
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) keepAll();
    flush();
  });
  window.addEventListener('online', hurry);
  window.addEventListener('pageshow', (event) => { leaving = false; if (event.persisted) flush(); });
  window.addEventListener('beforeunload', (event) => {
    if (leaving || !waiting().length) return;
    event.preventDefault();
    event.returnValue = '';
  });
  root.querySelectorAll('textarea').forEach(countWords);
  // Given before this script arrived.
  for (const box of slots.values()) if (!unsent.has(Number(box.dataset.slot))) keep(box);
  report();
  flush();

  // What was written and did not arrive is put back into the page, unless the server has gone
  // further since (another device): then it is only offered, and the server says what it thinks.
  function restore(entry) {
    const box = slots.get(entry.slot);
    const text = JSON.stringify(entry.value);
    if (box && initial(box) === text) {
      store.erase(entry);
      return;
    }
    unsent.set(entry.slot, entry);
    if (box && (Number(box.dataset.seq) || 0) < entry.seq) {
      fill(box, entry.value);
      box.kept = text;
      box.seq = entry.seq;
    }
    show(boxOf(entry), entry.refused ? 'refused' : 'unsent', entry.refused || words('Unsent'));
  }

  function changed(control, wait) {
    const box = control.closest && control.closest('[data-slot]');
    if (!box || control.type === 'hidden') return;
    clearTimeout(box.typing);
    box.typing = setTimeout(() => keep(box), wait);
  }

  // On the device first, then away.
  async function keep(box) {
    const value = valueOf(box);
    const text = JSON.stringify(value);
    if (text === (box.kept ?? initial(box))) return;
    box.kept = text;
    const seq = Math.max(Number(box.dataset.seq) || 0, box.seq || 0) + 1;
    box.seq = seq;
    const entry = {
      attempt, person, slot: Number(box.dataset.slot), key: randomKey(), seq, value,
      page: location.pathname + location.search,
    };
    unsent.set(entry.slot, entry);
    show(box, '', '');
    survey();
    entry.loose = !(await store.put(entry));
    flush();
  }

  function keepAll() {
    for (const box of slots.values()) {
      if (!box.typing) continue;
      clearTimeout(box.typing);
      keep(box);
    }
  }

  function typed(control) {
    return control.matches && control.matches('textarea, input:not([type=radio]):not([type=checkbox])');
  }

  function waiting() {
    return [...unsent.values()].filter((entry) => !entry.refused);
  }

  function flush() {
    clearTimeout(retryTimer);
    if (!sending) sending = sendAll().finally(() => { sending = null; report(warned && silent ? words('Stay') : ''); });
    return sending;
  }

  // The signal is back: what hangs on the old one is given up and sent again with the same key.
  async function hurry() {
    if (travelling) travelling.abort();
    await sending;
    flush();
  }

  async function sendAll() {
    for (let entry = waiting()[0]; entry; entry = waiting()[0]) {
      if (!(await send(entry))) {
        hold();
        return;
      }
      tries = 0;
    }
  }

  // The wait grows, but a person who looks at the page never waits a minute.
  function hold() {
    for (const entry of waiting()) {
      const box = boxOf(entry);
      if (stateOf(box) !== 'unsent') show(box, 'unsent', words(entry.loose ? 'Loose' : 'Unsent'));
    }
    const wait = RETRY[Math.min(tries, RETRY.length - 1)] * 1000 * (0.75 + Math.random() / 2);
    tries += 1;
    retryTimer = setTimeout(flush, wait);
  }

  // True when the server has decided about the entry, false when it must be tried again. While it
  // takes long, the page says so; the same key may be sent again without harm.
  async function send(entry, second = false) {
    const box = boxOf(entry);
    const { slot, key, seq, value } = entry;
    const stop = new AbortController();
    travelling = stop;
    const timers = [
      setTimeout(() => stateOf(box) !== 'unsent' && show(box, 'saving', words('Saving')), 600),
      setTimeout(show, 8000, box, 'unsent', words('Unsent')),
      setTimeout(() => stop.abort(), PATIENCE),
    ];
    let answer;
    let said;
    try {
      if (!token && !(await freshToken(box, stop.signal))) return false;
      answer = await fetch(root.dataset.saveUrl, {
        method: 'POST',
        credentials: 'same-origin',
        keepalive: true,
        signal: stop.signal,
        headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': token },
        body: JSON.stringify({ slot, key, seq, value }),
      });
      said = await answer.json().catch(() => ({}));
    } catch {
      silent = true;
      return false;
    } finally {
      travelling = null;
      timers.forEach(clearTimeout);
    }
    silent = false;
    if (answer.redirected || answer.status === 401) {
      signedOut(box);
      return false;
    }
    if (answer.status === 400 && !second) {
      token = '';
      return send(entry, true);
    }
    if (answer.status === 429 || answer.status >= 500 || (answer.ok && !said.at)) return false;
    return settle(entry, box, answer.ok, said);
  }

  async function settle(entry, box, accepted, said) {
    // Asked anew after each wait: meanwhile another value may have been given.
    const newest = () => unsent.get(entry.slot) === entry;
    if (said.at) document.dispatchEvent(new CustomEvent('server-time', { detail: said.at }));
    if (!accepted && said.state !== 'late') {
      entry.refused = said.said || words('Refused');
      if (newest()) await store.put(entry);
      if (newest()) show(box, 'refused', entry.refused);
      return true;
    }
    await store.erase(entry);
    box.dataset.seq = Math.max(Number(box.dataset.seq) || 0, entry.seq);
    if (!newest()) return true;
    unsent.delete(entry.slot);
    if (accepted) show(box, 'saved', words('Saved', said.shown));
    else show(box, 'late', said.said || words('Late'));
    return true;
  }

  async function freshToken(box, signal) {
    const answer = await fetch(root.dataset.tokenUrl, { cache: 'no-store', credentials: 'same-origin', signal });
    const said = answer.ok ? await answer.json() : {};
    if (!answer.ok && answer.status !== 401) return false;
    if (!said.person) {
      signedOut(box);
      return false;
    }
    if (said.person !== person) {
      show(box, 'unsent', words('Other'));
      return false;
    }
    token = said.token;
    return true;
  }

  function signedOut(box) {
    token = '';
    show(box, 'unsent', words('SignedOut') + ' ');
    const link = document.createElement('a');
    link.href = root.dataset.signIn;
    link.textContent = words('SignIn');
    stateBox(box).querySelector('[data-save-text]').append(link);
  }

  // The form carries every value of the page, but what still waits gets a moment to leave first.
  // Without signal the page stays open and says so; a second press goes ahead.
  async function handIn(event) {
    keepAll();
    leaving = true;
    if (!waiting().length || handing) return;
    event.preventDefault();
    await Promise.race([flush(), new Promise((done) => { setTimeout(done, 5000); })]);
    if (waiting().length && silent && !warned) {
      warned = true;
      leaving = false;
      report(words('Stay'));
      return;
    }
    handing = true;
    root.requestSubmit(event.submitter);
    handing = false;
  }

  // The map of questions, and how many have an answer: what one sees, sent or not.
  function survey() {
    let given = [...document.querySelectorAll('.map .given')].filter((link) => !slots.has(Number(link.dataset.map))).length;
    for (const [slot, box] of slots) {
      const has = !isEmpty(valueOf(box));
      const state = unsent.has(slot) && stateOf(box) !== 'saving' && stateOf(box) ? 'waiting' : has ? 'given' : '';
      given += has ? 1 : 0;
      const link = document.querySelector(`[data-map="${slot}"]`);
      if (!link) continue;
      link.className = state;
      const word = link.querySelector('[data-map-word]');
      word.textContent = state ? ' ' + word.dataset[state] : '';
    }
    const count = document.querySelector('[data-given][data-word]');
    if (count && slots.size) count.textContent = count.dataset.word.replace('{}', given);
  }

  function report(text) {
    survey();
    const place = root.querySelector('[data-pending]');
    if (!place) return;
    const number = waiting().length;
    const said = text || (number === 1 ? words('PendingOne') : words('PendingMany', number));
    place.hidden = !number;
    warned = warned && number > 0;
    if (number && place.textContent !== said) place.textContent = said;
    if (text) place.scrollIntoView({ block: 'center' });
  }
}

// How many words a long answer has so far, where the page says so.
function countWords(field) {
  const place = field.matches('textarea') && field.closest('[data-slot]')?.querySelector('[data-words]');
  if (!place) return;
  const number = field.value.split(/\s+/).filter(Boolean).length;
  place.textContent = number === 1 ? place.dataset.one : place.dataset.many.replace('{}', number);
}

const stateBox = (box) => box.querySelector('[data-save-state]');
const stateOf = (box) => (stateBox(box) || box).dataset.state;

function show(box, state, text) {
  const place = stateBox(box);
  if (!place) return;
  place.dataset.state = state;
  place.querySelector('[data-save-text]').textContent = text;
}

// What the page brought from the server, before anyone touched it.
function initial(box) {
  const controls = [...box.querySelectorAll('input, select, textarea')];
  return JSON.stringify(shape(controls, {
    ticked: (each) => each.defaultChecked,
    text: (each) => (each.type === 'select-one'
      ? ([...each.options].find((option) => option.defaultSelected) || each.options[0]).value
      : each.defaultValue),
  }));
}

function valueOf(box) {
  const controls = [...box.querySelectorAll('input, select, textarea')];
  return shape(controls, { ticked: (each) => each.checked, text: (each) => each.value });
}

function shape(controls, read) {
  const pairs = controls.filter((each) => each.dataset.pair !== undefined);
  if (pairs.length) {
    return { pairs: Object.fromEntries(pairs.map((each) => [each.dataset.pair, read.text(each)])) };
  }
  const boxes = controls.filter((each) => each.type === 'checkbox');
  if (boxes.length) return { choices: boxes.filter(read.ticked).map((each) => each.value) };
  const radios = controls.filter((each) => each.type === 'radio');
  if (radios.length) return { choice: (radios.find(read.ticked) || { value: null }).value };
  const field = controls.find((each) => each.type !== 'hidden');
  return { text: field ? read.text(field) : '' };
}

function fill(box, value) {
  for (const each of box.querySelectorAll('input, select, textarea')) {
    if (each.type === 'hidden') continue;
    if (each.dataset.pair !== undefined) each.value = (value.pairs || {})[each.dataset.pair] || '';
    else if (each.type === 'checkbox') each.checked = (value.choices || []).includes(each.value);
    else if (each.type === 'radio') each.checked = value.choice === each.value;
    else each.value = value.text || '';
  }
}

function isEmpty(value) {
  const held = value.choice ?? value.text ?? value.choices ?? Object.values(value.pairs || {}).join('');
  return held === null || held.length === 0;
}

function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

// The device's own store. Where the browser offers none, answers are only sent.
async function openStore() {
  const none = { all: async () => [], put: async () => false, erase: async () => {} };
  if (!window.indexedDB) return none;
  const database = await new Promise((done) => {
    const opening = indexedDB.open('answers', 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('unsent', { keyPath: ['attempt', 'slot'] });
    };
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => done(null);
    opening.onblocked = () => done(null);
  });
  if (!database) return none;
  const write = (use) => new Promise((done) => {
    const work = database.transaction('unsent', 'readwrite', { durability: 'strict' });
    use(work.objectStore('unsent'));
    work.oncomplete = () => done(true);
    work.onabort = () => done(false);
    work.onerror = (event) => event.preventDefault();
  });
  return {
    all: () => new Promise((done) => {
      const reading = database.transaction('unsent').objectStore('unsent').getAll();
      reading.onsuccess = () => done(reading.result);
      reading.onerror = () => done([]);
    }),
    put: (entry) => write((entries) => entries.put(entry)),
    // A newer value may have taken its place meanwhile: that one stays.
    erase: (entry) => write((entries) => {
      const found = entries.get([entry.attempt, entry.slot]);
      found.onsuccess = () => {
        if (found.result && found.result.key === entry.key) entries.delete([entry.attempt, entry.slot]);
      };
    }),
  };
}
