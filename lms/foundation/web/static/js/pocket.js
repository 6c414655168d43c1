/*
 * Verifies the signed code of a document on this device, with or without a network.
 *
 * [data-pocket]           the section that is shown: data-book-url, data-worker-url, data-word-…
 *   template[data-state]  what is said of a code: good, ended, newer, altered, stranger, leaked, lost
 *   [data-facts]          what the code says, as name and value
 * #brought               a text or a file that somebody was given; what cannot be judged here is sent
 * [data-camera]           button, where the browser reads codes by itself; [data-lens] the picture
 * [data-ready]            says that the page works without a network, and as of when
 *
 * GET data-token-url → {"token": …}
 * GET data-book-url  {at, shown, size, keys: {kid: x}, leaked: [kid], ended: {status: [place]}}
 * A code is COSE_Sign1 in Base32 behind "#1."; a credential is a JWT. Both are signed by Ed25519.
 */
const place = document.querySelector('[data-pocket]');
const form = document.getElementById('brought');
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const FIELDS = ['title', 'holder', 'institution', 'course', 'programme', 'hours', 'minutes', 'starts',
  'ends', 'grade', 'scale', 'issued', 'number', 'code', 'edition', 'index', 'demo'];
const EVERY = 300;
const utf8 = new TextDecoder('utf-8', { fatal: true });
let book = null;
let canVerify = null;

if (place && form) start();

async function start() {
  form.addEventListener('submit', brought);
  window.addEventListener('hashchange', fromAddress);
  camera();
  await fetchBook();
  // The page that is kept answers in place of the server, which would have looked the code up.
  const typed = new URLSearchParams(location.search).get('codigo');
  if (typed && !document.getElementById('codigo-error')) {
    document.getElementById('codigo').value = typed;
    say('offline');
  }
  fromAddress();
  prepare();
}

async function fetchBook() {
  const answer = await fetch(place.dataset.bookUrl).catch(() => null);
  if (answer && answer.ok) book = await answer.json().catch(() => null);
}

// The page, its keys and the list of states stay on this device from now on.
async function prepare() {
  const ready = document.querySelector('[data-ready]');
  if (!navigator.serviceWorker || !book || !(await supported())) return;
  try {
    await navigator.serviceWorker.register(place.dataset.workerUrl, { scope: location.pathname });
    await navigator.serviceWorker.ready;
  } catch { return; }
  ready.querySelector('b').textContent = book.shown;
  ready.hidden = false;
}

async function fromAddress() {
  if (!location.hash.startsWith('#1.') || await judge(location.hash)) return;
  form.elements.text.value = location.hash; // this browser cannot: the server does
  send();
}

async function brought(event) {
  const file = form.elements.file.files[0];
  const text = form.elements.text.value.trim();
  event.preventDefault();
  if (text && !file) {
    if (await judge(text)) return;
  } else if (file && file.type.startsWith('image/')) {
    const found = await seen(file);
    if (found && await judge(found)) return;
  } else if (file && file.size < 200000 && !file.name.endsWith('.pdf')) {
    const token = (await file.text()).trim();
    if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token) && await judgeToken(token)) return;
  }
  send();
}

// The page may have been kept since before there was a session: its token is asked for anew.
async function send() {
  const answer = await fetch(place.dataset.tokenUrl, { cache: 'no-store' }).catch(() => null);
  if (!answer || !answer.ok) { say('offline'); return; }
  form.elements.csrf_token.value = (await answer.json()).token;
  form.submit();
}

// True where something was said; false where only the server can tell.
async function judge(text) {
  const bare = text.replace(/\s/g, '').split('#').pop().toUpperCase();
  if (!bare.startsWith('1.') || !(await supported())) return false;
  if (!book) return false;
  let said;
  try { said = read(bare.slice(2)); } catch { say('lost'); return true; }
  await told(said.kid, said.signature, said.signed, said.fields);
  return true;
}

async function judgeToken(token) {
  if (!book || !(await supported())) return false;
  const [head, body, signature] = token.split('.');
  try {
    const payload = JSON.parse(utf8.decode(from64(body)));
    const record = payload.registro;
    const kid = String(JSON.parse(utf8.decode(from64(head))).kid).split('#').pop();
    const given = record.holder;
    const days = (day) => Date.parse(`${day}T00:00Z`) / 864e5;
    await told(kid, from64(signature), new TextEncoder().encode(`${head}.${body}`), {
      ...record,
      holder: [given.given_names, given.first_surname, given.second_surname].filter(Boolean).join(' '),
      institution: record.institution.name,
      minutes: record.hour_minutes,
      starts: days(record.period.from),
      ends: days(record.period.to),
      issued: days(record.issued.on),
      grade: record.grade ? record.grade.shown : '',
      scale: record.grade ? record.grade.scale : '',
      index: Number(/^index (\d+)$/m.exec(payload.prueba)[1]),
      demo: record.demo ? 1 : 0,
    });
  } catch { return false; }
  return true;
}

async function told(kid, signature, signed, fields) {
  const x = book.keys[kid];
  if (book.leaked.includes(kid)) say('leaked', fields);
  else if (!x) say('stranger', fields);
  else if (!(await genuine(x, signature, signed))) say('altered', fields);
  else if (fields.index >= book.size) say('newer', fields);
  else {
    const ended = Object.keys(book.ended).find((each) => book.ended[each].includes(fields.index));
    say(ended ? 'ended' : 'good', fields, ended);
  }
}

async function genuine(x, signature, signed) {
  const key = await crypto.subtle.importKey('raw', from64(x), 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', key, signature, signed);
}

async function supported() {
  if (canVerify === null) {
    try {
      await crypto.subtle.importKey('raw', new Uint8Array(32).fill(1), 'Ed25519', false, ['verify']);
      canVerify = true;
    } catch (error) { canVerify = error.name !== 'NotSupportedError' && error.name !== 'TypeError'; }
  }
  return canVerify;
}

// --- the code --------------------------------------------------------------------------------

function read(packed) {
  const data = from32(packed);
  const bytes = { data, at: 0 };
  if (data[0] !== 0xd2 || data[1] !== 0x84) throw new Error('no signed message');
  bytes.at = 2;
  const guarded = value(bytes);
  if (data[bytes.at++] !== 0xa0) throw new Error('signed in another way');
  const payload = value(bytes);
  const signature = value(bytes);
  if (bytes.at !== data.length) throw new Error('something is left over');
  if (String(guarded.slice(0, 4)) !== '162,1,39,4') throw new Error('signed in another way');
  const kid = [...value({ data: guarded, at: 4 })].map((b) => b.toString(16).padStart(2, '0')).join('');
  const inside = { data: payload, at: 0 };
  const list = value(inside);
  if (inside.at !== payload.length || list.length !== FIELDS.length) throw new Error('other fields');
  const fields = Object.fromEntries(FIELDS.map((name, at) => [name, list[at]]));
  const signed = joined([
    [0x84, 0x6a], new TextEncoder().encode('Signature1'), head(2, guarded.length), guarded, [0x40],
    head(2, payload.length), payload,
  ]);
  return { kid, signature, signed, fields };
}

function value(bytes) {
  const [kind, figure] = headOf(bytes);
  if (kind === 0) return figure;
  if (kind === 4) return Array.from({ length: figure }, () => value(bytes));
  if (kind !== 2 && kind !== 3) throw new Error('another kind of value');
  const end = bytes.at + figure;
  if (end > bytes.data.length) throw new Error('ends too soon');
  const part = bytes.data.slice(bytes.at, end);
  bytes.at = end;
  return kind === 3 ? utf8.decode(part) : part;
}

function headOf(bytes) {
  const first = bytes.data[bytes.at++];
  if (first === undefined) throw new Error('ends too soon');
  let figure = first & 31;
  if (figure > 26) throw new Error('too long');
  for (let more = figure < 24 ? 0 : 2 ** (figure - 24), at = more; at; at--) {
    if (at === more) figure = 0;
    if (bytes.at >= bytes.data.length) throw new Error('ends too soon');
    figure = figure * 256 + bytes.data[bytes.at++];
  }
  return [first >> 5, figure];
}

function head(kind, size) {
  if (size < 24) return [kind << 5 | size];
  if (size < 256) return [kind << 5 | 24, size];
  return [kind << 5 | 25, size >> 8, size & 255];
}

function joined(parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => { all.set(part, at); return at + part.length; }, 0);
  return all;
}

function from32(text) {
  const out = [];
  let held = 0;
  let bits = 0;
  for (const letter of text) {
    const five = LETTERS.indexOf(letter);
    if (five < 0) throw new Error('no letter of a code');
    held = held << 5 | five;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out.push(held >> bits & 255);
      held &= (1 << bits) - 1;
    }
  }
  return new Uint8Array(out);
}

function from64(text) {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (each) => each.charCodeAt(0));
}

// --- what is said ----------------------------------------------------------------------------

function say(state, fields, ended) {
  const words = place.dataset;
  const shown = place.querySelector(`template[data-state="${state}"]`).content.cloneNode(true);
  for (const each of shown.querySelectorAll('[data-as-of]')) each.textContent = book ? book.shown : '';
  for (const each of shown.querySelectorAll('[data-ended]')) {
    each.hidden = each.dataset.ended !== ended;
  }
  const link = shown.querySelector('[data-look-up]');
  if (link && fields) link.href = `/v/${encodeURIComponent(fields.code)}`;
  place.querySelector('[data-said]').replaceChildren(shown);
  const list = place.querySelector('[data-facts]');
  list.replaceChildren();
  list.hidden = !fields;
  place.querySelector('[data-sample]').hidden = !(fields && fields.demo);
  if (fields) {
    const long = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long', timeZone: 'UTC' });
    const day = (days) => long.format(new Date(days * 864e5));
    for (const [name, text] of [
      [words.wordHolder, fields.holder],
      [words.wordDocument, fields.title],
      [words.wordCourse, fields.course],
      [words.wordProgramme, fields.programme || fields.course],
      [words.wordIssuedBy, fields.institution],
      [words.wordHours, fields.minutes === 60 ? fields.hours : `${fields.hours} × ${fields.minutes} min`],
      [words.wordPeriod, `${day(fields.starts)} – ${day(fields.ends)}`],
      [words.wordGrade, fields.grade && `${fields.grade} / ${fields.scale}`],
      [words.wordIssued, day(fields.issued)],
      [words.wordNumber, fields.number],
      [words.wordCode, fields.code],
      [words.wordEdition, fields.edition],
    ]) {
      if (text === '' || text === undefined) continue;
      const pair = document.createElement('div');
      pair.append(element('dt', name), element('dd', text));
      list.append(pair);
    }
  }
  place.hidden = false;
  place.focus();
  place.scrollIntoView();
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

// --- camera ----------------------------------------------------------------------------------

function detector() {
  return 'BarcodeDetector' in window ? new window.BarcodeDetector({ formats: ['qr_code'] }) : null;
}

async function seen(file) {
  const reader = detector();
  if (!reader) return '';
  const found = await reader.detect(await createImageBitmap(file)).catch(() => []);
  return best(found);
}

function best(found) {
  const texts = found.map((each) => each.rawValue);
  return texts.find((text) => text.includes('#1.')) || texts[0] || '';
}

function camera() {
  const button = document.querySelector('[data-camera]');
  const lens = document.querySelector('[data-lens]');
  if (!detector() || !navigator.mediaDevices) return;
  button.hidden = false;
  let stream = null;

  button.addEventListener('click', async () => {
    if (stream) { stop(); return; }
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    } catch { say('blind'); return; }
    lens.srcObject = stream;
    lens.hidden = false;
    await lens.play();
    look();
  });

  async function look() {
    if (!stream) return;
    const text = best(await detector().detect(lens).catch(() => []));
    if (text && await judge(text)) { stop(); return; }
    if (text && text.includes('/v/')) {
      stop();
      if (navigator.onLine) location.href = `/verificar?codigo=${encodeURIComponent(text)}`;
      else say('offline');
      return;
    }
    setTimeout(look, EVERY);
  }

  function stop() {
    if (stream) for (const track of stream.getTracks()) track.stop();
    stream = null;
    lens.hidden = true;
  }
}
