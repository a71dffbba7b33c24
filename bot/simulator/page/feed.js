// Follows all chats by one long poll, reads those that phones show, and survives a restart.

import { readChanges, readChat } from "./server.js";

const WAIT_SECONDS = 20;
const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 5000;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function pageShown() {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) =>
    document.addEventListener("visibilitychange", resolve, { once: true }),
  );
}

// A watcher of a chat has: id, onChat(chat), onMissing(), onConnection(fine).
export function createFeed() {
  const watchers = new Set();
  const stale = new Set();
  let version = null;
  let failures = 0;
  let polling = new AbortController();

  function watch(watcher) {
    watchers.add(watcher);
    stale.add(watcher);
    watcher.onConnection(failures === 0);
    polling.abort();
  }

  function unwatch(watcher) {
    watchers.delete(watcher);
    stale.delete(watcher);
  }

  async function look(onChanges) {
    polling = new AbortController();
    const changes = await readChanges(version, WAIT_SECONDS, polling.signal);
    // A restarted server counts anew, and may not know a person any more: then all is read again.
    const anew = version === null || changes.version < version;
    version = changes.version;
    for (const watcher of watchers) {
      if (anew || watcher.id in changes.people) stale.add(watcher);
    }
    onChanges(changes.people, anew);
  }

  async function read(watcher) {
    try {
      const chat = await readChat(watcher.id);
      stale.delete(watcher);
      if (watchers.has(watcher)) watcher.onChat(chat);
    } catch (error) {
      if (error.status !== 404) throw error;
      await watcher.onMissing();
    }
  }

  function tell(failuresNow) {
    const turned = (failures === 0) !== (failuresNow === 0);
    failures = failuresNow;
    if (turned) watchers.forEach((watcher) => watcher.onConnection(failures === 0));
  }

  async function follow(onChanges) {
    document.addEventListener("visibilitychange", () => document.hidden && polling.abort());
    for (;;) {
      await pageShown();
      try {
        if (version === null || stale.size === 0) await look(onChanges);
        tell(0);
        await Promise.all([...stale].map(read));
      } catch (error) {
        if (error.name === "AbortError") continue;
        version = null;
        tell(failures + 1);
        await pause(Math.min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE));
      }
    }
  }

  return { watch, unwatch, follow };
}
