/*
 * Pasting from a word processor or a web page into a text in Markdown. Without this file the words
 * are pasted without their dress, and a document can be brought as a file.
 *
 * textarea[data-paste=url]   asks there what the pasted page is in Markdown; Shift pastes as ever
 * form[data-token-url]       where a fresh token is, when that of the page is too old
 * [data-paste-said]          where it is told; data-working, -done, -lost, -failed are its words
 */
const DRESSED = /<(h[1-6]|ul|ol|table|b|strong|i|em|a|blockquote|img)\b|mso-list|font-weight:\s*(bold|[6-9]00)/i;
const PATIENCE = 15000;
const said = document.querySelector('[data-paste-said]');

for (const field of document.querySelectorAll('[data-paste]')) {
  field.addEventListener('paste', (event) => {
    const board = event.clipboardData;
    const page = board ? board.getData('text/html') : '';
    if (!page || field.readOnly || !DRESSED.test(page)) return;
    event.preventDefault();
    take(field, page, board.getData('text/plain'));
  });
}

async function take(field, page, words) {
  const { selectionStart: from, selectionEnd: to } = field;
  field.readOnly = true; // what is typed meanwhile would move the place
  tell(said.dataset.working);
  const answer = await ask(field, page);
  field.readOnly = false;
  field.focus();
  field.setSelectionRange(from, to);
  insert(field, answer ? answer.markdown : words);
  if (answer) tell(said.dataset.done, answer.lost);
  else tell(said.dataset.failed);
}

async function ask(field, page) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  const token = field.form.elements.csrf_token;
  const { tokenUrl } = field.form.dataset;
  const send = () => fetch(field.dataset.paste, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': token.value },
    body: JSON.stringify({ html: page }),
    signal: stop.signal,
  });
  try {
    let answer = await send();
    if (answer.status === 400 && tokenUrl) { // the page is older than the session
      const fresh = await fetch(tokenUrl, { cache: 'no-store', signal: stop.signal });
      if (fresh.ok) token.value = (await fresh.json()).token;
      answer = await send();
    }
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

// As if typed, so that the browser can take it back.
function insert(field, text) {
  if (document.execCommand('insertText', false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

function tell(words, lost = []) {
  const parts = [Object.assign(document.createElement('p'), { textContent: words })];
  if (lost.length) {
    parts.push(Object.assign(document.createElement('p'), { textContent: said.dataset.lost }));
    const list = document.createElement('ul');
    list.append(...lost.map((each) => Object.assign(document.createElement('li'), { textContent: each })));
    parts.push(list);
  }
  said.className = `notice ${lost.length ? 'warn' : 'info'}`;
  const box = document.createElement('div');
  box.append(...parts);
  said.replaceChildren(box);
}
