/*
 * A file goes to the server in pieces, so that a lost signal costs one piece and not all of it.
 * Photographs are made smaller on the device first. Without this script the form sends files whole.
 *
 * <div data-pieces=url data-token=csrf data-word-sending data-word-lost data-word-done>
 *   [data-arrived]  the list of files; [data-sending] what is said meanwhile; input[type=file]
 *
 * POST data-pieces {sha256, size, name} → {url, next, pieces, size}; POST url + position {piece}
 * → {next} or, with the last one, {name, size, url, file}. Refusals come as {said}.
 */
const LONGEST = 2000;
const SMALL = 300 * 1024;
const TRIES = 5;

for (const place of document.querySelectorAll('[data-pieces]')) {
  if (window.crypto && crypto.subtle) watch(place);
}

function watch(place) {
  const field = place.querySelector('input[type=file]');
  const said = place.querySelector('[data-sending]');
  const { wordSending, wordLost, wordDone, token, pieces } = place.dataset;
  let busy = false;

  field.addEventListener('change', async () => {
    const file = field.files[0];
    if (!file || busy) return;
    busy = true;
    try {
      const { blob, name } = await smaller(file);
      const answer = await sendAll(blob, name);
      said.textContent = wordDone.replace('{}', answer.name);
      show(answer);
      field.value = '';
    } catch (fault) {
      said.textContent = fault.said || wordLost;
      if (fault.said) field.value = '';
    }
    busy = false;
  });

  async function sendAll(blob, name) {
    const digest = hex(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
    const way = await post(pieces, { sha256: digest, size: blob.size, name });
    let { next } = way;
    for (;;) {
      const percent = Math.round((100 * next) / way.pieces);
      said.textContent = wordSending.replace('{}', name).replace('[]', percent);
      const at = Math.min(next, way.pieces - 1);
      const piece = blob.slice(at * way.size, (at + 1) * way.size);
      const answer = await post(way.url + at, { piece });
      if (answer.file) return answer;
      next = answer.next;
    }
  }

  async function post(url, fields) {
    for (let tried = 1; ; tried += 1) {
      const body = new FormData();
      body.append('csrf_token', token);
      for (const [key, value] of Object.entries(fields)) body.append(key, value);
      try {
        const answer = await fetch(url, { method: 'POST', body, headers: { Accept: 'application/json' } });
        const data = await answer.json();
        if (answer.ok) return data;
        throw Object.assign(new Error(), { said: data.said || data.message || wordLost });
      } catch (fault) {
        if (fault.said || tried >= TRIES) throw fault;
        await new Promise((resolve) => { setTimeout(resolve, tried * 1000); });
      }
    }
  }

  function show({ name, size, url, file }) {
    const link = Object.assign(document.createElement('a'), { href: url, textContent: name });
    const out = place.querySelector('button[value^="out:"]');
    const row = document.createElement('li');
    row.append(link, ` ${size} `);
    if (out) {
      const button = out.cloneNode(true);
      button.value = `out:${file}`;
      row.append(button);
    }
    place.querySelector('[data-arrived]').append(row);
  }
}

// A photograph no longer than the server would make it; anything else as it is.
async function smaller(file) {
  const same = { blob: file, name: file.name };
  if (!file.type.startsWith('image/') || file.size < SMALL || !window.createImageBitmap) return same;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const part = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * part);
    canvas.height = Math.round(picture.height * part);
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => { canvas.toBlob(resolve, 'image/jpeg', 0.82); });
    if (!blob || blob.size >= file.size) return same;
    return { blob, name: file.name.replace(/\.[^.]*$/, '') + '.jpg' };
  } catch {
    return same;
  }
}

function hex(buffer) {
  return [...new Uint8Array(buffer)].map((each) => each.toString(16).padStart(2, '0')).join('');
}
