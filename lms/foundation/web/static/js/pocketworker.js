/*
 * Keeps the page that verifies documents on this device, with all it needs, for when there is no
 * network. It answers for that page alone; the page is kept as a visitor sees it, so that nobody's
 * name stays on a device that others use.
 */
const CACHE = 'pocket-1';
const PAGE = '/verificar';
const BOOK = '/verificar/libreta.json';

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(refresh().then(keepBook));
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (url.pathname.startsWith('/static/')) event.respondWith(keptFirst(request));
  else if (url.pathname === BOOK) event.respondWith(newest(request, keepBook));
  else if (url.pathname === PAGE && request.mode === 'navigate') {
    event.respondWith(newest(request, (answer) => {
      event.waitUntil(look(answer.clone()));
      return answer;
    }));
  }
});

async function newest(request, kept) {
  try {
    return await kept(await fetch(request));
  } catch {
    const url = new URL(request.url);
    return await caches.match(url.pathname) || Response.error();
  }
}

async function keptFirst(request) {
  return await caches.match(request) || fetch(request);
}

async function keepBook(fetched) {
  const answer = fetched || await fetch(BOOK);
  if (answer.ok) await (await caches.open(CACHE)).put(BOOK, answer.clone());
  return answer;
}

// A page that asks for other files than the one that is kept is a new release: keep it again.
async function look(answer) {
  const kept = await caches.match(PAGE);
  if (!answer.ok) return;
  const [now, before] = await Promise.all([answer.text(), kept ? kept.text() : '']);
  if (files(now).some((each) => !before.includes(each))) await refresh();
}

async function refresh() {
  const cache = await caches.open(CACHE);
  const answer = await fetch(PAGE, { credentials: 'omit', headers: { Accept: 'text/html' } });
  if (!answer.ok) throw new Error(answer.status);
  const wanted = files(await answer.clone().text());
  await cache.addAll(wanted);
  await cache.put(PAGE, answer);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (![PAGE, BOOK, ...wanted].includes(pathname)) await cache.delete(request);
  }
}

function files(text) {
  return [...new Set(text.match(/\/static\/[\w.-]+/g))];
}
