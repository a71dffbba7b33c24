// What one person sees and does: the chat, what the bot offers, and the composer below.

import { createChat } from "./chat.js";
import { createComposer } from "./composer.js";
import { element } from "./element.js";
import { createPanel } from "./panel.js";
import { createPresses } from "./presses.js";
import { createOffer } from "./offer.js";
import { PHOTO, react, readProfile, sendMessage, setBlocked } from "./server.js";
import { createToast } from "./toast.js";
import { direction } from "./direction.js";

// What comes later than this after the person's own last act came by itself.
const ANSWER_MILLISECONDS = 3000;
// Nobody who has acted so lately is called away to another chat.
const BUSY_MILLISECONDS = 10_000;

// onAct: the person did something; onNews(byBot): something came by itself.
export function createConversation({ person, places, times, save, onAct, onNews, onStarted }) {
  const toast = createToast();
  const panel = createPanel(`More for ${person.first_name}`);
  const presses = createPresses(person, toast.show);
  let lastAct = -Infinity;
  const actedWithin = (milliseconds) => performance.now() - lastAct < milliseconds;
  function act() {
    lastAct = performance.now();
    chat.expectAnswer();
    onAct();
  }

  async function send(message) {
    act();
    chat.goToRest();
    try {
      await sendMessage(person.id, message);
      return true;
    } catch {
      toast.show("Not sent. Please try again.");
      return false;
    }
  }
  const sendStart = (payload) => send({ text: payload ? `/start ${payload}` : "/start" });

  const sharePlace = (opener) =>
    panel.open(opener, "Where is this phone?", places.map(({ name, latitude, longitude }) => ({
      text: name,
      picture: "pin",
      act: () => send({ location: { latitude, longitude } }),
    })));

  async function block(blocked) {
    try {
      await setBlocked(person.id, blocked);
      person.blocked = blocked;
      showBlocked(blocked);
      (blocked ? unblock : composer.input).focus({ preventScroll: true });
    } catch {
      toast.show("That did not work. Please try again.");
    }
  }

  const onPress = (...pressed) => {
    act();
    presses.press(...pressed);
  };
  async function copy(text) {
    const copied = await navigator.clipboard.writeText(text).then(() => true, () => false);
    toast.show(copied ? `Copied: ${text}` : `Not copied, the browser does not allow it: ${text}`);
  }

  async function thumbsUp() {
    const last = latest.findLast(({ from }) => from === "bot");
    if (!last) return toast.show("The bot has not written yet.");
    act();
    await react(person.id, last.message_id, "👍").catch(() => toast.show("Not sent. Please try again."));
  }

  const chat = createChat({ person, times, onPress, onStart: sendStart, onCopy: copy });
  const offer = createOffer(send, sharePlace);
  const composer = createComposer({
    ...{ person, panel, send, sharePlace, thumbsUp },
    block: () => block(true),
  });
  const start = element("button", { class: "start", type: "button" }, "Start");
  const face = element("img", { class: "face", alt: "The bot’s photo", hidden: true });
  const about = element("p", { class: "about" });
  const empty = element(
    "div",
    { class: "empty", hidden: true },
    face,
    about,
    element("p", {}, "The chat is empty. Somebody who finds the bot by a link or a poster taps:"),
    start,
  );
  const unblock = element("button", { type: "button" }, "Unblock the bot");
  const blockedNote = element("div", { class: "blocked", hidden: true },
    element("p", {}, `${person.first_name} has blocked the bot.`), unblock);
  const reconnecting = element("p", { class: "reconnecting", role: "status" });

  const nodes = [
    element("div", { class: "chat" }, reconnecting, chat.log, empty, chat.news, toast.node),
    offer.node,
    panel.node,
    blockedNote,
    composer.node,
  ];

  function showBlocked(blocked) {
    blockedNote.hidden = !blocked;
    composer.node.hidden = blocked;
    if (blocked) panel.close();
  }

  start.addEventListener("click", () => sendStart(null));
  unblock.addEventListener("click", () => block(false));
  showBlocked(Boolean(person.blocked));

  // What Telegram shows of a bot that nobody has written to yet, in the phone's language.
  async function introduce() {
    const told = await readProfile(person.id).catch(() => ({}));
    about.textContent = told.description ?? "";
    about.dir = direction(about.textContent) ?? "auto";
    face.hidden = !told.has_photo;
    if (told.has_photo && !face.src) face.src = PHOTO;
  }

  let before = null;
  let latest = [];
  function show(state) {
    latest = state.messages;
    presses.settle(state.queries ?? {});
    offer.show(state.reply_keyboard);
    const now = JSON.stringify(state.messages);
    if (now === before) return;
    presses.release();
    const started = state.messages.length > 0;
    if (started && document.activeElement === start) focus();
    empty.hidden = started;
    if (!started) introduce();
    onStarted(started);
    const unasked = before !== null && !actedWithin(ANSWER_MILLISECONDS);
    chat.show(state.messages, unasked);
    if (unasked) onNews(state.messages.at(-1)?.from === "bot");
    before = now;
  }

  const focus = () => chat.log.focus({ preventScroll: true });
  const watcher = {
    id: person.id,
    onChat: show,
    onMissing: save,
    onConnection: (fine) => (reconnecting.textContent = fine ? "" : "Reconnecting…"),
  };
  const isBusy = () => actedWithin(BUSY_MILLISECONDS) || composer.input.value !== "";
  return { nodes, watcher, isBusy, focus, showToast: toast.show };
}
