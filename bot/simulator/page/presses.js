// A pressed key turns its spinner until the bot answers the press or the chat moves on.

import { press as sendPress } from "./server.js";

const LONGEST_WAIT = 15_000;

export function createPresses(person, showToast) {
  const waiting = new Map();

  const end = (key) => key.removeAttribute("aria-busy");

  async function press(key, messageId, data) {
    if (key.getAttribute("aria-busy") === "true") return;
    key.setAttribute("aria-busy", "true");
    setTimeout(() => end(key), LONGEST_WAIT);
    try {
      const { callback_query_id: query } = await sendPress(person.id, messageId, data);
      waiting.set(String(query), key);
      settle(latest);
    } catch {
      end(key);
      showToast("Not sent. Please try again.");
    }
  }

  // The answer can be here before the id of the press is.
  let latest = {};
  function settle(queries) {
    latest = queries;
    for (const [query, key] of waiting) {
      const state = queries[query];
      if (!state?.answered) continue;
      end(key);
      waiting.delete(query);
      if (state.text) showToast(state.text);
    }
  }

  const release = () => waiting.forEach(end);

  return { press, settle, release };
}
