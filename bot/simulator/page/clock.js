// The demo's clock: shown by the minute, moved by the buttons.

import { moveClock, readDemo } from "./server.js";

const REFRESH_MILLISECONDS = 10_000;
const NOTE_MILLISECONDS = 8000;
const MOVES = {
  "plus-hour": { seconds: 3600 },
  "plus-day": { seconds: 86_400 },
  "next-reminder": { to: "next" },
};
const NOTHING_PLANNED = "No reminder is planned: book an appointment first.";
const FAILED = "The clock could not be moved. Please try again.";

const byId = (id) => document.getElementById(id);

export function startClock(times, now) {
  const buttons = Object.keys(MOVES).map(byId);

  function show(seconds) {
    byId("clock-day").textContent = times.day(seconds);
    byId("clock-time").textContent = times.time(seconds);
    byId("clock").dateTime = new Date(seconds * 1000).toISOString();
  }

  const setMoving = (moving) =>
    buttons.forEach((button) => button.setAttribute("aria-disabled", moving));

  const note = byId("clock-note");
  const usual = note.textContent;
  let timer = null;

  function write(text) {
    note.textContent = text ?? usual;
    note.classList.toggle("fresh", text !== null);
  }

  // A note takes the place of the hint for a moment; success is seen on the clock itself.
  function say(text) {
    clearTimeout(timer);
    byId("clock-status").textContent = text ?? `It is now ${byId("clock").textContent}.`;
    write(text);
    timer = setTimeout(() => write(null), NOTE_MILLISECONDS);
  }

  async function move(button) {
    if (button.getAttribute("aria-disabled") === "true") return;
    setMoving(true);
    try {
      const { now: reached, moved } = await moveClock(MOVES[button.id]);
      show(reached);
      say(moved === false ? NOTHING_PLANNED : null);
    } catch {
      say(FAILED);
    } finally {
      setMoving(false);
    }
  }

  const refresh = () => readDemo().then((demo) => show(demo.now), () => {});

  show(now);
  buttons.forEach((button) => button.addEventListener("click", () => move(button)));
  setInterval(refresh, REFRESH_MILLISECONDS);
}
