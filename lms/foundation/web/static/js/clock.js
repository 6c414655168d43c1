/*
 * Shows how long is left until a deadline that the server keeps.
 *
 * <div data-clock data-deadline="ISO" data-now="ISO" data-left-many="{} minutes left"
 *      data-left-one="…" data-over="…">  <output data-clock-left>  <span data-clock-say role=status>
 *
 * data-now is the server's hour when it wrote the page; the difference with this device's clock is
 * kept, and corrected whenever the server speaks again (event "server-time", detail = ISO).
 * The clock only informs: what counts is the hour at which the server received each answer.
 * Says aloud 10, 5 and 1 minutes before the end. At the end it sends the event "time-over".
 */
const MINUTES_SAID = [10, 5, 1];

for (const clock of document.querySelectorAll('[data-clock]')) start(clock);

function start(clock) {
  const deadline = Date.parse(clock.dataset.deadline);
  const shown = clock.querySelector('[data-clock-left]');
  const spoken = clock.querySelector('[data-clock-say]');
  let offset = Date.parse(clock.dataset.now) - arrival();
  let said = Infinity;
  let over = false;
  let timer = 0;

  document.addEventListener('server-time', (event) => {
    const server = Date.parse(event.detail);
    if (!Number.isNaN(server)) offset = server - Date.now();
  });
  document.addEventListener('visibilitychange', tick);
  tick();

  function tick() {
    clearTimeout(timer);
    const left = Math.ceil((deadline - Date.now() - offset) / 1000);
    const minutes = Math.max(0, Math.ceil(left / 60));
    shown.textContent = left > 0 ? digits(left) : clock.dataset.over;
    clock.classList.toggle('soon', minutes <= 5);
    clock.classList.toggle('warn', minutes <= 5 && minutes > 1);
    clock.classList.toggle('bad', minutes <= 1);
    announce(minutes, left);
    if (left > 0) timer = setTimeout(tick, 1000 - (Date.now() + offset) % 1000);
  }

  function announce(minutes, left) {
    if (left <= 0 && !over) {
      over = true;
      spoken.textContent = clock.dataset.over;
      document.dispatchEvent(new CustomEvent('time-over'));
      return;
    }
    const mark = MINUTES_SAID.find((each) => minutes === each && said > each);
    if (mark) {
      said = mark;
      const words = mark === 1 ? clock.dataset.leftOne : clock.dataset.leftMany;
      spoken.textContent = words.replace('{}', mark);
    }
  }
}

// This device's hour when the page began to arrive, the nearest it knows to data-now.
function arrival() {
  const [page] = performance.getEntriesByType('navigation');
  return performance.timeOrigin + (page ? page.responseStart : performance.now());
}

function digits(seconds) {
  const two = (number) => String(number).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = two(Math.floor(seconds / 60) % 60) + ':' + two(seconds % 60);
  return hours ? hours + ':' + rest : rest;
}
