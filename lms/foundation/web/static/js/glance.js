/*
 * Shows how a text will look while it is written: the server makes it, nothing is kept by that.
 *
 * [data-look=url data-word-none=…]   beside the form [data-writing]
 *   [data-look-shown]   the answer's html     [data-look-said]   what keeps it from being shown
 *   [data-phone]        button: as wide as a telephone
 *   a[data-line=n]      leads to that line of the text
 * POST url, the form, Accept: application/json → {"html": …} or {"said": …}
 */
const AFTER = 900;
const form = document.querySelector('[data-writing]');
const place = document.querySelector('[data-look]');
if (form && place) start();

function start() {
  const shown = place.querySelector('[data-look-shown]');
  const said = place.querySelector('[data-look-said]');
  const text = document.getElementById('text');
  const phone = place.querySelector('[data-phone]');
  let timer = 0;
  let travelling = null;
  let isOwed = false; // what was typed has not been shown yet: the session ended, or the signal

  form.addEventListener('input', later);
  form.addEventListener('change', later);
  for (const [where, name] of [[document, 'writing-saved'], [window, 'focus'], [window, 'online']]) {
    where.addEventListener(name, () => { if (isOwed) later(); });
  }
  document.addEventListener('visibilitychange', () => { if (isOwed && !document.hidden) later(); });
  outside();

  phone.hidden = false;
  phone.addEventListener('click', () => {
    const narrow = shown.classList.toggle('narrow-look');
    phone.setAttribute('aria-pressed', narrow);
  });

  place.addEventListener('click', (event) => {
    const link = event.target.closest('[data-line]');
    if (!link) return;
    event.preventDefault();
    goTo(Number(link.dataset.line));
  });

  function later() {
    clearTimeout(timer);
    timer = setTimeout(look, AFTER);
  }

  async function look() {
    if (travelling) travelling.abort();
    const stop = new AbortController();
    travelling = stop;
    let answer = await ask(stop.signal);
    if (answer && answer.status === 400) {
      await fresh(stop.signal);
      answer = await ask(stop.signal);
    }
    if (travelling !== stop) return; // a newer one is on its way
    isOwed = !answer || [400, 401, 429].includes(answer.status) || answer.status >= 500;
    const got = answer && answer.status !== 404 ? await answer.json().catch(() => ({})) : {};
    if (travelling !== stop) return;
    said.textContent = got.html === undefined ? got.said || place.dataset.wordNone : '';
    if (got.html === undefined) return;
    shown.innerHTML = got.html;
    outside();
  }

  function ask(signal) {
    const body = new URLSearchParams(new FormData(form));
    body.delete('csrf_token');
    const headers = { Accept: 'application/json', 'X-CSRFToken': form.elements.csrf_token.value };
    return fetch(place.dataset.look, { method: 'POST', headers, body, signal }).catch(() => null);
  }

  async function fresh(signal) {
    const answer = await fetch(form.dataset.tokenUrl, { cache: 'no-store', signal }).catch(() => null);
    if (answer && answer.ok) form.elements.csrf_token.value = (await answer.json()).token;
  }

  // Whatever the preview links to opens elsewhere: here somebody is writing.
  function outside() {
    for (const link of shown.querySelectorAll('.as-seen a:not([href^="#"])')) link.target = '_blank';
  }

  function goTo(line) {
    const lines = text.value.split('\n');
    const from = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    text.blur(); // so that the focus brings the line into sight
    text.setSelectionRange(from, from + (lines[line - 1] || '').length);
    text.focus();
    text.scrollIntoView({ block: 'nearest' });
  }
}
