/*
 * Loses nothing of what is typed in a long text: a copy on this device at once, on the server after
 * a pause; "saved" is said only on the server's word.
 *
 * <form data-writing data-person=key data-place=address data-token-url=… data-sign-in=… data-word-…=…>
 *   hidden fields opened (hash that the text was built on), tab (this open page), number, path
 *   [data-unsaved]           what it holds has not been saved
 *   [data-held]              nothing is sent by itself: two versions wait for a decision
 *   [data-save-state]        what became of it
 *   [data-conflict]          shown when somebody else saved meanwhile; has a button go=compare
 *   [data-offered]           what was typed here once and never arrived; buttons data-do=look, resume,
 *                            drop, undo; [data-offered-at]
 *   [data-others]            who else wrote it a moment ago; [data-others-said], [data-others-now]
 *   a button without a name  saves without leaving the page; so does Ctrl+S
 *
 * POST the form, Accept: application/json, header X-CSRFToken
 *   200 {"now": hash, "at": "10:42", "place": ""}   committed; place: the address has changed
 *   409 {"said": …}   somebody else saved meanwhile: nothing was overwritten
 *   401 session ended, 400 stale token, 429, 5xx, no signal: stays here, sent again by itself
 *   404 it is no longer in the course: stays here, tried again when the page is looked at again
 *   other 4xx {"said": …}   refused: stays here until something else is typed
 * GET the same with ?tab=…&path=…   {"now": hash, "said": "who saved it a moment ago", "mine": the page
 *   it was saved from, if that was this person}: told only while that page is open or the text another
 * GET data-token-url   {"token": …, "person": key}: sent only while the same person is signed in; a fresh
 *   token is put into every form of the page
 * ?guardado=tab in the address of the page: what that tab kept here has arrived.
 */
const PAUSE = 1500;
const LONGEST_PAUSE = 12000;
const RETRY = [2, 4, 8, 12];
const PATIENCE = 30000;
const ASK = 30000;
const BRIEFLY = 4000;
const SMALL = 60000;
const OURS = ['csrf_token', 'form_key', 'opened', 'tab', 'number', 'seen', 'go', 'path'];

const form = document.querySelector('[data-writing]');
if (form) open();

async function open() {
  const { person, place } = form.dataset;
  const held = 'held' in form.dataset;
  const field = (name) => form.elements[name];
  const part = (name) => document.querySelector(`[data-${name}]`);
  const words = (name, text = '') => (form.dataset['word' + name] || '').replace('{}', text);
  const typed = (atFirst) => [...form.elements].flatMap((each) => valueOf(each, atFirst));
  const shape = (atFirst) => JSON.stringify(typed(atFirst));
  const path = field('path') ? field('path').value : '';
  const tab = held && field('tab').value ? field('tab').value : randomName();
  field('tab').value = tab;

  let arrived = 'unsaved' in form.dataset ? '' : shape(true); // what the server has
  let changedAt = 0;
  let token = '';
  let sending = null;
  let tries = 0;
  let timer = 0;
  let stopped = '';        // why nothing is sent: conflict, refused, gone
  let leaving = false;
  let keeping = Promise.resolve();
  let isKeeping = false;
  let more = false;
  let loose = false;

  const store = await openStore();
  if (navigator.locks) navigator.locks.request('writing ' + tab, () => new Promise(() => {}));
  const settled = new URLSearchParams(location.search).get('guardado');
  if (settled && settled !== tab) {
    await store.erase({ person, tab: settled });
    history.replaceState(null, '', location.pathname + location.hash);
  }

  form.addEventListener('input', changed);
  form.addEventListener('change', changed);
  form.addEventListener('submit', submitted);
  form.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    if (!held) saveNow();
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && !held) ask();
    if (document.hidden) flush(true);
    else lookedAtAgain();
  });
  window.addEventListener('online', () => flush());
  window.addEventListener('focus', lookedAtAgain);
  window.addEventListener('beforeunload', (event) => {
    if (leaving || held || !isUnsent()) return;
    event.preventDefault();
    event.returnValue = '';
  });
  if (!held) {
    setInterval(ask, ASK);
    setTimeout(ask, PAUSE); // a page that is just being closed has let go by then
    offer();
  }
  if (!held) changed(); // what was typed before this script arrived, or came back unsaved
  form.dataset.ready = '';

  function isUnsent() {
    return shape() !== arrived;
  }

  function changed() {
    if (stopped !== 'conflict') stopped = '';
    if (!isUnsent()) return;
    keep();
    if (held || stopped) return;
    changedAt = changedAt || Date.now();
    if (stateOf() === 'saved') show('', '');
    if (tries) return; // it is being tried again already
    clearTimeout(timer);
    timer = setTimeout(flush, Date.now() - changedAt > LONGEST_PAUSE ? 0 : PAUSE);
  }

  // On this device first, the newest only; what is typed while one is being written follows it.
  function keep() {
    if (isKeeping) {
      more = true;
      return;
    }
    isKeeping = true;
    keeping = write();
  }

  async function write() {
    do {
      more = false;
      loose = !(await store.put({
        person, tab, place, path, opened: field('opened').value, fields: typed(), at: Date.now(),
      }));
    } while (more);
    isKeeping = false;
    if (!held && !isUnsent()) await store.erase({ person, tab });
  }

  function flush(hiding = false) {
    clearTimeout(timer);
    if (held || stopped || !isUnsent()) return sending;
    if (!sending) sending = send(hiding).finally(() => { sending = null; });
    return sending;
  }

  // What was taken out of the course may have been brought back in another tab.
  function lookedAtAgain() {
    if (stopped === 'gone') stopped = '';
    flush();
  }

  function saveNow() {
    if (stopped !== 'conflict') stopped = '';
    if (stopped) part('conflict').scrollIntoView({ block: 'center' });
    else if (isUnsent()) flush();
    else if (stateOf() !== 'saved') show('saved', words('Nothing'));
  }

  // Waits grow, but nobody who looks at the page waits a minute.
  function hold(text = words(loose ? 'Loose' : 'Unsent')) {
    if (text) show('unsent', text);
    clearTimeout(timer);
    timer = setTimeout(flush, RETRY[Math.min(tries, RETRY.length - 1)] * 1000 * (0.75 + Math.random() / 2));
    tries += 1;
  }

  async function send(hiding, second = false) {
    const sent = shape();
    field('number').value = (Number(field('number').value) || 0) + 1;
    const body = new URLSearchParams(new FormData(form));
    body.delete('csrf_token');
    const text = body.toString();
    const stop = new AbortController();
    const timers = [
      setTimeout(() => show('saving', words('Saving')), 600),
      setTimeout(() => stop.abort(), PATIENCE),
    ];
    let answer;
    let said;
    try {
      if (!token && !(await freshToken(stop.signal))) return;
      answer = await fetch(form.action, {
        method: 'POST',
        credentials: 'same-origin',
        keepalive: hiding && text.length < SMALL,
        signal: stop.signal,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json', 'X-CSRFToken': token },
        body: text,
      });
      said = await answer.json().catch(() => ({}));
    } catch {
      hold();
      return;
    } finally {
      timers.forEach(clearTimeout);
    }
    if (answer.redirected || answer.status === 401) signedOut();
    else if (answer.status === 400 && !second) {
      token = '';
      await send(hiding, true);
    } else if (answer.ok && said.now) await kept(sent, said);
    else if (answer.status === 409) conflict(said);
    else if (answer.status === 404) gone();
    else if (answer.status === 429 || answer.status >= 500 || answer.ok) hold();
    else {
      stopped = 'refused';
      show('refused', `${words('Refused')} ${said.said || ''}`);
    }
  }

  async function kept(sent, said) {
    field('opened').value = said.now;
    arrived = sent;
    tries = changedAt = 0;
    if (said.place) {
      form.action = said.place;
      history.replaceState(null, '', said.place);
    }
    document.dispatchEvent(new CustomEvent('writing-saved'));
    if (isUnsent()) {
      keep();
      timer = setTimeout(flush, PAUSE);
      return;
    }
    // First the copy here goes, so that whoever leaves at once is offered nothing that has arrived.
    await Promise.race([keeping.then(() => isUnsent() || store.erase({ person, tab })), wait(500)]);
    if (!isUnsent()) show('saved', words('Saved', said.at));
  }

  function conflict(said) {
    stopped = 'conflict';
    show('refused', said.said || '');
    part('others').hidden = true;
    part('conflict').hidden = false;
    part('conflict').scrollIntoView({ block: 'center' });
  }

  // Its words stay here and on this device; the steps of the course bring it back.
  function gone() {
    stopped = 'gone';
    show('refused', words('Gone') + ' ');
    leadTo(form.dataset.steps, words('Steps'));
  }

  async function freshToken(signal) {
    const said = await askToken(signal);
    if (said === null) hold();
    else if (said.person === person) return true;
    else if (said.person) hold(words('Other'));
    else signedOut();
    return false;
  }

  // Who is signed in; a token of the same person is what every form of this page is sent with.
  async function askToken(signal) {
    const answer = await fetch(form.dataset.tokenUrl, { cache: 'no-store', credentials: 'same-origin', signal });
    if (!answer.ok) return answer.status === 401 ? {} : null;
    const said = await answer.json();
    if (said.person === person) {
      token = said.token;
      for (const each of document.querySelectorAll('input[name=csrf_token]')) each.value = token;
    }
    return said;
  }

  // Before the page is left for good: it may be older than the session.
  async function renewed() {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), BRIEFLY);
    await askToken(stop.signal).catch(() => null);
    clearTimeout(timer);
  }

  // Another tab is where one signs in: this page keeps what it holds, and asks again by itself.
  function signedOut() {
    token = '';
    tries = Math.min(tries, 2);
    hold('');
    if (stateOf() === 'signed-out') return;
    show('signed-out', words('SignedOut') + ' ');
    leadTo(form.dataset.signIn, words('SignIn'));
  }

  function leadTo(url, text) {
    const link = document.createElement('a');
    Object.assign(link, { href: url, target: '_blank', textContent: text });
    part('save-text').append(link);
  }

  async function submitted(event) {
    const { submitter } = event;
    const plain = !submitter || submitter.name !== 'go';
    if (plain && !held) {
      event.preventDefault();
      saveNow();
      return;
    }
    if (!leaving) {
      event.preventDefault();
      leaving = true;
      await renewed();
      form.requestSubmit(submitter);
      return;
    }
    field('number').value = (Number(field('number').value) || 0) + 1;
  }

  // Who else wrote meanwhile: said before one's own words meet theirs.
  async function ask() {
    if (part('offered').hidden) offer(); // another page may have been closed since
    if (document.hidden || held || stopped || sending || isUnsent()) return;
    const { value: opened } = field('opened');
    const url = new URL(form.action);
    url.search = new URLSearchParams({ tab, path });
    const answer = await fetch(url, { headers: { Accept: 'application/json' }, cache: 'no-store' }).catch(() => null);
    if (!answer || !answer.ok || field('opened').value !== opened || isUnsent()) return;
    const { now, said, mine } = await answer.json();
    const isClosed = mine && !(await openTabs()).has(mine);
    const others = part('others');
    others.hidden = now === opened && (!said || Boolean(isClosed));
    if (others.hidden) return;
    others.querySelector('[data-others-said]').textContent = said || words('Changed');
    others.querySelector('[data-others-now]').hidden = now === opened;
  }

  // What this device holds of this text from pages that are closed, the newest first.
  async function offer() {
    const panel = part('offered');
    const open = await openTabs();
    const found = (await store.all()).filter((each) => each.person === person && each.tab !== tab
      && (each.place === place || (path && each.path === path)) && !open.has(each.tab));
    for (const each of found) if (JSON.stringify(each.fields) === arrived) await store.erase(each);
    const entry = found.filter((each) => JSON.stringify(each.fields) !== arrived)
      .sort((one, other) => other.at - one.at)[0];
    panel.hidden = !entry;
    if (!entry) return;
    part('offered-at').textContent = moment(entry.at);
    const button = (name) => panel.querySelector(`[data-do=${name}]`);
    const undone = (dropped) => {
      for (const each of panel.querySelectorAll('[data-do]')) each.hidden = (each.dataset.do === 'undo') !== dropped;
    };
    undone(false);
    button('resume').hidden = entry.fields.some(([name]) => name === 'whole');
    button('look').onclick = () => compare(entry);
    button('resume').onclick = async () => {
      fill(entry);
      form.dispatchEvent(new Event('input', { bubbles: true }));
      panel.hidden = true;
      await store.put({ ...entry, tab, at: Date.now() });
      await store.erase(entry);
    };
    button('drop').onclick = async () => {
      await store.erase(entry);
      undone(true);
    };
    button('undo').onclick = async () => {
      await store.put(entry);
      offer();
    };
  }

  // A form of its own, because what is kept may have been written on another page of this text.
  async function compare(entry) {
    await renewed();
    const { opened, tab: name } = entry;
    const sent = { opened, tab: name, path, go: 'compare' };
    for (const each of ['csrf_token', 'form_key']) sent[each] = field(each).value;
    const other = document.createElement('form');
    other.method = 'post';
    other.action = form.action;
    for (const [key, value] of [...Object.entries(sent), ...entry.fields]) {
      const input = document.createElement('input');
      Object.assign(input, { type: 'hidden', name: key, value });
      other.append(input);
    }
    leaving = true;
    document.body.append(other);
    other.submit();
  }

  function fill(entry) {
    field('opened').value = entry.opened;
    const values = new Map();
    for (const [name, value] of entry.fields) values.set(name, [...(values.get(name) || []), value]);
    for (const each of form.elements) {
      if (!each.name || OURS.includes(each.name) || each.type === 'file') continue;
      const given = values.get(each.name) || [];
      if (['checkbox', 'radio'].includes(each.type)) each.checked = given.includes(each.value);
      else if (each.type !== 'submit' && each.type !== 'button') each.value = given.length ? given.shift() : '';
    }
  }

  function show(state, text) {
    part('save-state').dataset.state = state;
    part('save-text').textContent = text;
  }

  function stateOf() {
    return part('save-state').dataset.state;
  }
}

// What a field of the form adds to what is typed; at first, as the server wrote it.
function valueOf(field, atFirst) {
  const { name, type } = field;
  if (!name || OURS.includes(name) || ['button', 'submit', 'file', 'fieldset'].includes(type)) return [];
  if (type === 'checkbox' || type === 'radio') {
    return (atFirst ? field.defaultChecked : field.checked) ? [[name, field.value]] : [];
  }
  if (type !== 'select-one') return [[name, atFirst ? field.defaultValue : field.value]];
  const first = [...field.options].find((option) => option.defaultSelected) || field.options[0];
  return [[name, atFirst ? (first ? first.value : '') : field.value]];
}

// Pages that are still open hold a lock in their name.
async function openTabs() {
  if (!navigator.locks) return new Set();
  const { held } = await navigator.locks.query();
  return new Set(held.map((lock) => lock.name.replace('writing ', '')));
}

// Day and hour as the rest of the site says them: 30 de noviembre, 15:31.
function moment(time) {
  const at = new Date(time);
  const day = at.toLocaleDateString(document.documentElement.lang, { day: 'numeric', month: 'long' });
  return `${day}, ${at.getHours()}:${String(at.getMinutes()).padStart(2, '0')}`;
}

function wait(time) {
  return new Promise((done) => { setTimeout(done, time); });
}

function randomName() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

// The device's own store. Where the browser offers none, what is typed is only sent.
async function openStore() {
  const none = { all: async () => [], put: async () => false, erase: async () => {} };
  if (!window.indexedDB) return none;
  const database = await new Promise((done) => {
    const opening = indexedDB.open('writing', 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('kept', { keyPath: ['person', 'tab'] });
    };
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => done(null);
    opening.onblocked = () => done(null);
  });
  if (!database) return none;
  const write = (use) => new Promise((done) => {
    const work = database.transaction('kept', 'readwrite', { durability: 'strict' });
    use(work.objectStore('kept'));
    work.oncomplete = () => done(true);
    work.onabort = () => done(false);
    work.onerror = (event) => event.preventDefault();
  });
  return {
    all: () => new Promise((done) => {
      const reading = database.transaction('kept').objectStore('kept').getAll();
      reading.onsuccess = () => done(reading.result);
      reading.onerror = () => done([]);
    }),
    put: (entry) => write((kept) => kept.put(entry)),
    erase: ({ person, tab }) => write((kept) => kept.delete([person, tab])),
  };
}
