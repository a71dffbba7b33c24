// Follows one chat by long polls, and survives a restart of the server.

import { readChat } from "./server.js";

const WAIT_SECONDS = 20;
const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 5000;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function shown() {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) =>
    document.addEventListener("visibilitychange", resolve, { once: true }),
  );
}

// A browser opens six connections to one server, for all its tabs together: a hidden tab lets go.
async function readWhileShown(id, version) {
  const leaving = new AbortController();
  const leave = () => document.hidden && leaving.abort();
  document.addEventListener("visibilitychange", leave);
  try {
    return await readChat(id, version, WAIT_SECONDS, leaving.signal);
  } finally {
    document.removeEventListener("visibilitychange", leave);
  }
}

export async function followChat(id, { onChat, onMissing, onConnection }) {
  let version = null;
  let failures = 0;
  for (;;) {
    await shown();
    try {
      const chat = await readWhileShown(id, version);
      version = chat.version;
      failures = 0;
      onConnection(true);
      onChat(chat);
    } catch (error) {
      if (error.name === "AbortError") continue;
      // A restarted server counts its versions anew and may not know this person any more.
      version = null;
      failures += 1;
      onConnection(false);
      if (error.status === 404) await onMissing().catch(() => {});
      await pause(Math.min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE));
    }
  }
}
