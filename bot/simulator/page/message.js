// One message: what it carries, its text, its time, and its keys exactly as sent.

import { fileCard, kindCard, pinCard } from "./cards.js";
import { direction } from "./direction.js";
import { element, icon } from "./element.js";
import { plain, rich, startPayload } from "./rich.js";

function cards(message, personId) {
  const location = message.venue?.location ?? message.location;
  if (location || message.venue) return pinCard(location, message.venue);
  if (message.file && message.from === "bot") return fileCard(personId, message.file);
  return message.kind && message.kind !== "text" ? kindCard(message.kind) : null;
}

// As phones do: the secret of the link that somebody came by is not shown.
const LINK_FOLLOWED = /^\/start \S+$/;

function text(message, onStart) {
  const words = message.text || message.file?.caption || "";
  if (!words) return null;
  if (message.from === "person" && LINK_FOLLOWED.test(words)) {
    return element("div", { class: "text", dir: "ltr" }, "/start");
  }
  const html = message.html || message.file?.caption_html;
  const lines = html ? rich(html, onStart) : plain(words, onStart);
  return element("div", { class: "text", dir: direction(words) ?? "auto" }, lines);
}

function meta(message, times) {
  // A bot's screens change all the time: only a person's edit is worth a word.
  const edited = message.edited && message.from === "person" ? "edited" : null;
  const silent = message.silent ? "without a sound" : null;
  const notes = [edited, silent, times.time(message.date)].filter(Boolean);
  return element("p", { class: "meta" }, notes.join(" · "));
}

function copyKey(button, dir, onCopy) {
  const look = { class: "key copies", type: "button", dir, "data-style": button.style };
  const node = element("button", look, button.text, icon("copy"));
  node.addEventListener("click", () => onCopy(button.copies));
  return node;
}

function key(button, { press, onStart, onCopy }) {
  const dir = direction(button.text) ?? "auto";
  if (button.copies) return copyKey(button, dir, onCopy);
  const payload = button.url ? startPayload(button.url) : null;
  if (button.url && payload === null) {
    const attributes = { class: "key", dir, href: button.url, target: "_blank", rel: "noopener" };
    return element("a", attributes, button.text, icon("link"));
  }
  const look = { class: "key", type: "button", dir, "data-style": button.style };
  const node = element("button", look, button.text);
  node.addEventListener("click", () =>
    payload === null ? press(node, button.data ?? "") : onStart(payload),
  );
  return node;
}

function keyRow(buttons, acts) {
  const keys = buttons.map((button) => key(button, acts));
  const row = element("div", { class: "row" }, keys);
  row.style.setProperty("--keys", buttons.length);
  return row;
}

function keyboard(message, acts) {
  if (!message.buttons?.length) return null;
  const rows = message.buttons.map((buttons) => keyRow(buttons, acts));
  return element("div", { class: "keys", role: "group", "aria-label": "Buttons" }, rows);
}

const reaction = ({ reaction: emoji }) =>
  emoji ? element("p", { class: "reaction" }, emoji) : null;

export function messageNode(message, { person, times, onPress, onStart, onCopy }) {
  const fromBot = message.from === "bot";
  const press = (node, data) => onPress(node, message.message_id, data);
  return element(
    "article",
    { class: `message ${fromBot ? "bot" : "person"}`, "data-message-id": message.message_id },
    element(
      "div",
      { class: "bubble" },
      element("span", { class: "unseen" }, fromBot ? "Lotse: " : `${person.first_name}: `),
      cards(message, person.id),
      text(message, onStart),
      meta(message, times),
      reaction(message),
    ),
    keyboard(message, { press, onStart, onCopy }),
  );
}
