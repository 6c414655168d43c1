/*
 * Small comforts of every page. Without this file everything still works.
 *
 * [data-summary]          the error summary takes the focus when the page opens
 * [data-reveal=id]        button that shows and hides a password; data-hide = its other word
 * [data-select-all=name]  box that ticks every box of that name in its form
 * [data-print]            button that prints
 * form                    a second press while the first travels does nothing; data-busy = words meanwhile
 * [data-warn-unsaved]     asks before leaving a form with changes
 * [data-resume=key]       remembers the last paragraph read; [data-resume-link] leads back to it;
 *                         data-resume-url is told when the page is left, so that other devices know
 * [data-outbox]           how many answers of this person wait on this device (see answers.js)
 */
const all = (selector, within = document) => within.querySelectorAll(selector);

for (const summary of all('[data-summary]')) summary.focus();

for (const button of all('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

for (const button of all('[data-reveal]')) {
  const field = document.getElementById(button.dataset.reveal);
  const word = button.firstChild;
  const words = [word.textContent, button.dataset.hide];
  button.hidden = false;
  button.addEventListener('click', () => {
    const shown = field.type === 'password';
    field.type = shown ? 'text' : 'password';
    word.textContent = words[shown ? 1 : 0];
  });
  field.form.addEventListener('submit', () => { field.type = 'password'; });
}

for (const master of all('[data-select-all]')) {
  const scope = master.form || document;
  const boxes = () => [...all(`input[type=checkbox][name="${master.dataset.selectAll}"]`, scope)];
  const show = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    master.checked = ticked > 0 && ticked === boxes().length;
    master.indeterminate = ticked > 0 && !master.checked;
  };
  (master.closest('.choice') || master).hidden = false;
  master.addEventListener('change', () => {
    for (const box of boxes()) box.checked = master.checked;
  });
  scope.addEventListener('change', show);
  show();
}

// One press, one request. The page may come back from the browser's memory: then all is as before.
const waiting = new Map();
document.addEventListener('submit', (event) => {
  if (event.defaultPrevented || event.target.method !== 'post') return;
  if (waiting.has(event.target)) {
    event.preventDefault();
    return;
  }
  const button = event.submitter;
  const word = button && (button.querySelector('span') || button);
  waiting.set(event.target, [button, word, word && word.textContent]);
  if (!button) return;
  button.setAttribute('aria-busy', 'true');
  if (button.dataset.busy) word.textContent = button.dataset.busy;
});
window.addEventListener('pageshow', () => {
  for (const [button, word, text] of waiting.values()) {
    if (!button) continue;
    button.removeAttribute('aria-busy');
    word.textContent = text;
  }
  waiting.clear();
});

for (const form of all('[data-warn-unsaved]')) {
  let changed = false;
  form.addEventListener('input', () => { changed = true; });
  form.addEventListener('submit', () => { changed = false; });
  window.addEventListener('beforeunload', (event) => {
    if (!changed) return;
    event.preventDefault();
    event.returnValue = '';
  });
}

for (const prose of all('[data-resume]')) resume(prose);

function resume(prose) {
  const key = 'resume:' + prose.dataset.resume;
  const link = document.querySelector('[data-resume-link]');
  const places = [...all('[id]:not(a)', prose)];
  const url = prose.dataset.resumeUrl;
  // What the server holds, if the reader stopped in this very text.
  let kept = link && !link.hidden ? link.hash.slice(1) : null;
  const here = () => {
    const passed = places.filter((each) => each.getBoundingClientRect().top < 160).pop();
    return passed ? passed.id : '';
  };
  const stored = memory(() => localStorage.getItem(key));
  const place = stored && document.getElementById(stored);
  if (link && place && !location.hash && places.indexOf(place) > 0) {
    link.href = '#' + stored;
    link.hidden = false;
  }
  let timer = 0;
  document.addEventListener('scroll', () => {
    clearTimeout(timer);
    timer = setTimeout(rest, 400);
  }, { passive: true });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') tell();
  });
  // Told once while it is read too: the page one goes to may be made before word of leaving arrives.
  function rest() {
    memory(() => localStorage.setItem(key, here()));
    if (kept === null && here()) tell();
  }
  function tell() {
    const token = document.querySelector('input[name=csrf_token]');
    const block = here();
    if (!url || !token || block === kept) return;
    if (!block && kept !== null) return; // only looked at its beginning again: the place stays
    kept = block;
    fetch(url, {
      method: 'POST',
      keepalive: true,
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': token.value },
      body: JSON.stringify({ block }),
    }).catch(() => {});
  }
}

// Private windows may refuse to remember anything.
function memory(use) {
  try {
    return use();
  } catch {
    return null;
  }
}

for (const box of all('[data-outbox]')) count(box);

function count(box) {
  if (!window.indexedDB) return;
  const opening = indexedDB.open('answers', 1);
  opening.onupgradeneeded = () => opening.transaction.abort();
  opening.onerror = (event) => event.preventDefault();
  opening.onsuccess = () => {
    const database = opening.result;
    const reading = database.transaction('unsent').objectStore('unsent').getAll();
    reading.onsuccess = () => {
      const mine = reading.result.filter((entry) => !entry.refused && entry.person === box.dataset.person);
      database.close();
      if (!mine.length || document.querySelector('[data-answers]')) return;
      const words = mine.length === 1 ? box.dataset.one : box.dataset.many;
      box.querySelector('[data-outbox-text]').textContent = words.replace('{}', mine.length);
      box.querySelector('[data-outbox-link]').href = mine[0].page;
      box.hidden = false;
    };
  };
}
