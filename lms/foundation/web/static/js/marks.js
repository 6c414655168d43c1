/*
 * The buttons above a text in Markdown: each writes its signs where the cursor is, so that Ctrl+Z
 * takes them back.
 *
 * [data-marks data-word-…=…]       the buttons; shown when this script is there
 *   button[data-mark=name]         does it at once, or opens dialog[data-dialog=name]
 * dialog form                      [data-part=name] what is asked; data-required = what to say if it is empty
 *   input[data-upload=url]         a file sent to the course when the dialog is confirmed
 *   [data-insert] [data-cancel] [data-dialog-error]
 *
 * form[data-token-url]             where a fresh token is, when that of the page is too old
 *
 * POST url (multipart: file, csrf_token), Accept: application/json → {"path": "media/…"} or {"said": …}
 */
const bar = document.querySelector('[data-marks]');
const field = document.getElementById('text');
if (bar && field) start();

function start() {
  bar.hidden = false;
  const words = bar.dataset.wordWords;
  const at = { start: 0, end: 0 };

  const deeds = {
    bold: () => around('**'),
    italic: () => around('*'),
    heading: () => eachLine((line) => headed(line, '## ')),
    subheading: () => eachLine((line) => headed(line, '### ')),
    bullets: () => eachLine((line) => begun(line, '- ', /^- /)),
    numbers: () => eachLine((line, n) => begun(line, `${n + 1}. `, /^\d+\. /)),
    quote: () => eachLine((line) => begun(line, '> ', /^> ?/)),
  };
  const texts = {
    callout: ({ kind, title }, chosen) => block(`::: ${kind} ${plain(title)}`.trim(), chosen || words, ':::'),
    table: ({ caption, columns, rows }) => block(...table(plain(caption), within(columns, 8), within(rows, 40))),
    lesson: ({ key, words: said }, chosen, option) => link(said || chosen || option, `lesson:${key}`),
    web: ({ url, words: said }, chosen) => link(said || chosen, url.trim().replace(/[()\s]/g, encodeURIComponent)),
    fact: ({ key }) => `[[${key}]]`,
    figure: ({ path, alt, caption }) => block(`!${link(alt, path, caption)}`),
    recording: ({ path, alt, caption, transcript }) => block(`!${link(alt, path, caption)}`, ...written(transcript)),
    file: ({ path, words: said }, chosen) => link(said || chosen, path),
  };
  const keys = { b: 'bold', i: 'italic', k: 'web' };
  const shifted = { Digit2: 'heading', Digit3: 'subheading', Digit7: 'numbers', Digit8: 'bullets', Digit9: 'quote' };

  bar.addEventListener('click', (event) => {
    const button = event.target.closest('[data-mark]');
    if (button) run(button.dataset.mark);
  });
  field.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const name = event.shiftKey ? shifted[event.code] : keys[event.key.toLowerCase()];
    if (!name) return;
    event.preventDefault();
    run(name);
  });
  for (const dialog of document.querySelectorAll('[data-dialog]')) prepare(dialog);

  function run(name) {
    if (deeds[name]) {
      field.focus();
      deeds[name]();
      return;
    }
    at.start = field.selectionStart;
    at.end = field.selectionEnd;
    const dialog = document.querySelector(`[data-dialog="${name}"]`);
    const said = dialog.querySelector('[data-part=words], [data-part=alt]');
    if (said) said.value = chosenText();
    complain(dialog, '');
    dialog.showModal();
  }

  function prepare(dialog) {
    const form = dialog.querySelector('form');
    dialog.querySelector('[data-cancel]').addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => field.focus());
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const insert = dialog.querySelector('[data-insert]');
      if (insert.disabled) return;
      insert.disabled = true;
      const values = await asked(dialog).catch((error) => complain(dialog, error.message));
      insert.disabled = false;
      if (!values) return;
      const select = dialog.querySelector('select');
      const option = select && select.selectedOptions[0] ? select.selectedOptions[0].textContent : '';
      dialog.close();
      field.setSelectionRange(at.start, at.end);
      write(texts[dialog.dataset.dialog](values, chosenText(), option));
      for (const each of dialog.querySelectorAll('input:not([type=number]), textarea')) each.value = '';
    });
  }

  // What the dialog says; a file chosen from the device is sent first, so that its name is known.
  async function asked(dialog) {
    const values = {};
    for (const each of dialog.querySelectorAll('[data-part]')) {
      values[each.dataset.part] = each.value;
      const isWrong = each.type === 'url' && !/^https?:\/\/[^/]/.test(each.value.trim());
      if (each.dataset.required && (isWrong || !each.value.trim())) throw stop(each, each.dataset.required);
    }
    const upload = dialog.querySelector('[data-upload]');
    if (!upload) return values;
    if (upload.files.length) values.path = await sent(upload, dialog.querySelector('[data-part=path]'));
    if (!values.path) throw stop(upload, upload.dataset.missing);
    return values;
  }

  async function sent(upload, select) {
    const body = new FormData();
    body.append('file', upload.files[0]);
    const send = () => fetch(upload.dataset.upload, {
      method: 'POST',
      headers: { Accept: 'application/json', 'X-CSRFToken': field.form.elements.csrf_token.value },
      body,
    }).catch(() => null);
    let answer = await send();
    if (answer && answer.status === 400) {
      await renew(field.form);
      answer = await send();
    }
    const said = answer ? await answer.json().catch(() => ({})) : {};
    if (!answer || !answer.ok || !said.path) throw stop(upload, said.said || upload.dataset.failed);
    if (![...select.options].some((each) => each.value === said.path)) {
      select.append(new Option(said.path.replace('media/', ''), said.path));
    }
    return said.path;
  }

  // Writing: by the browser's own command, because only that can be undone. Right below a table an
  // empty line comes first, for what touches its last row becomes one more.
  function write(text) {
    field.focus();
    const above = field.value.slice(0, field.selectionStart);
    if (/(^|\n) *\|[^\n]*\n$/.test(above) && !/^ *(\||\n)/.test(text)) text = `\n${text}`;
    if (document.execCommand('insertText', false, text)) return;
    field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  function chosenText() {
    return field.value.slice(field.selectionStart, field.selectionEnd);
  }

  function around(sign) {
    const { selectionStart: from, selectionEnd: to, value } = field;
    const inner = value.slice(from, to) || words;
    const length = value.length - (to - from);
    const has = value.slice(from - sign.length, from) === sign && value.slice(to, to + sign.length) === sign;
    if (has) {
      field.setSelectionRange(from - sign.length, to + sign.length);
      write(inner);
      field.setSelectionRange(from - sign.length, from - sign.length + inner.length);
      return;
    }
    write(sign + inner + sign);
    const begins = from + field.value.length - length - inner.length - sign.length;
    field.setSelectionRange(begins, begins + inner.length);
  }

  // The whole lines that the selection touches, each changed.
  function eachLine(change) {
    const { value } = field;
    const from = value.lastIndexOf('\n', field.selectionStart - 1) + 1;
    const next = value.indexOf('\n', field.selectionEnd);
    const to = next < 0 ? value.length : next;
    const lines = value.slice(from, to).split('\n').map((line, n) => change(line, n));
    field.setSelectionRange(from, to);
    write(lines.join('\n'));
    const end = field.selectionEnd;
    field.setSelectionRange(lines.length > 1 ? end - lines.join('\n').length : end, end);
  }

  function headed(line, sign) {
    const bare = line.replace(/^#{1,6} */, '');
    return line.startsWith(sign) ? bare : sign + (bare || words);
  }

  function begun(line, sign, has) {
    return has.test(line) ? line.replace(has, '') : sign + (line || words);
  }

  // Lines of their own, with an empty line before and after them.
  function block(...lines) {
    const before = field.value.slice(0, field.selectionStart);
    const after = field.value.slice(field.selectionEnd);
    const above = !before || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
    const below = !after || after.startsWith('\n\n') ? '' : after.startsWith('\n') ? '\n' : '\n\n';
    const end = lines[lines.length - 1].startsWith('|') ? '\n\n' : after ? below : '\n';
    return above + lines.join('\n') + end;
  }

  function table(caption, columns, rows) {
    const row = (cell) => `| ${Array(columns).fill(cell).join(' | ')} |`;
    const body = [row(words), row('---'), ...Array(rows).fill(row(' ').replace(/ +/g, ' '))];
    return caption ? [`${bar.dataset.wordCaption} ${caption}`, '', ...body] : body;
  }
}

// The page may be older than the session: every form of it is sent with the token of now.
async function renew(form) {
  const answer = await fetch(form.dataset.tokenUrl, { cache: 'no-store' }).catch(() => null);
  if (answer && answer.ok) form.elements.csrf_token.value = (await answer.json()).token;
}

function link(said, address, title) {
  const name = title && title.trim() ? ` "${plain(title).replace(/"/g, '\\"')}"` : '';
  return `[${plain(said).replace(/[[\]]/g, '\\$&')}](${address}${name})`;
}

// What a recording says, in a box that readers open; a line that would close it early is indented away.
function written(transcript) {
  const said = (transcript || '').trim().replace(/\r/g, '').replace(/^(?=:::)/gm, '\\');
  return said ? ['', '::: transcript', said, ':::'] : [];
}

function plain(text) {
  return (text || '').replace(/\s+/g, ' ').trim();
}

function within(number, most) {
  return Math.max(1, Math.min(Math.round(Number(number)) || 1, most));
}

function stop(control, said) {
  control.focus();
  return new Error(said);
}

function complain(dialog, said) {
  const place = dialog.querySelector('[data-dialog-error]');
  place.textContent = said;
  place.hidden = !said;
}
