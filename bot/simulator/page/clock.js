// The demo's clock: shown by the minute, moved by the buttons.

import { moveClock, readDemo } from "./server.js";

const REFRESH_MILLISECONDS = 10_000;
const MOVES = { "plus-hour": 3600, "plus-day": 86_400 };

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

  async function move(button) {
    if (button.getAttribute("aria-disabled") === "true") return;
    setMoving(true);
    try {
      show((await moveClock(MOVES[button.id])).now);
      byId("clock-status").textContent = `It is now ${byId("clock").textContent}.`;
    } catch {
      byId("clock-status").textContent = "The clock could not be moved. Please try again.";
    } finally {
      setMoving(false);
    }
  }

  const refresh = () => readDemo().then((demo) => show(demo.now), () => {});

  show(now);
  buttons.forEach((button) => button.addEventListener("click", () => move(button)));
  setInterval(refresh, REFRESH_MILLISECONDS);
}
