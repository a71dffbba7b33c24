// The keyboard a bot can show in place of the phone's own, here as large buttons.

import { direction } from "./direction.js";
import { element, icon } from "./element.js";

const rowsOf = (keyboard) => keyboard?.keyboard ?? (Array.isArray(keyboard) ? keyboard : []);

export function createOffer(send, sharePlace) {
  const look = { class: "offer", role: "group", "aria-label": "Offered by the bot" };
  const node = element("div", { ...look, hidden: true });
  let before = "";

  function act(button, key) {
    if (button.request_location) sharePlace(key);
    else if (button.request_contact) send({ contact: true });
    else send({ text: button.text });
  }

  function keyNode(given) {
    const button = typeof given === "string" ? { text: given } : given;
    const main = Boolean(button.request_location);
    const key = element(
      "button",
      { type: "button", dir: direction(button.text) ?? "auto", class: main ? "main" : null },
      main ? icon("pin") : null,
      button.text,
    );
    key.addEventListener("click", () => act(button, key));
    return key;
  }

  function show(keyboard) {
    const now = JSON.stringify(keyboard ?? null);
    if (now === before) return;
    before = now;
    const rows = rowsOf(keyboard);
    node.hidden = rows.length === 0;
    node.replaceChildren(...rows.map((keys) => {
      const row = element("div", { class: "row" }, keys.map(keyNode));
      row.style.setProperty("--keys", keys.length);
      return row;
    }));
  }

  return { node, show };
}
