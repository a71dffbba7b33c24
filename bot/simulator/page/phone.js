// One person's phone: head, chat, what the bot offers instead of a keyboard, and the composer.

import { createChat } from "./chat.js";
import { createComposer } from "./composer.js";
import { element } from "./element.js";
import { followChat } from "./feed.js";
import { createHead } from "./head.js";
import { createPanel } from "./panel.js";
import { createPresses } from "./presses.js";
import { createOffer } from "./offer.js";
import { savePerson, sendMessage, setBlocked } from "./server.js";
import { createToast } from "./toast.js";

// What comes later than this after the person's own last act came by itself.
const ANSWER_MILLISECONDS = 3000;

export function createPhone({ person, places, times, onNews }) {
  const toast = createToast();
  const panel = createPanel(`More for ${person.first_name}`);
  const presses = createPresses(person, toast.show);
  let lastAct = -Infinity;
  function act() {
    lastAct = performance.now();
    node.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "smooth" });
  }

  async function send(message) {
    act();
    chat.goToEnd();
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
      showBlocked(blocked);
    } catch {
      toast.show("That did not work. Please try again.");
    }
  }

  const onPress = (...pressed) => {
    act();
    presses.press(...pressed);
  };
  const chat = createChat({ person, times, onPress, onStart: sendStart });
  const head = createHead(person, toast.show);
  const offer = createOffer(send, sharePlace);
  const composer = createComposer({ person, panel, send, sharePlace, block: () => block(true) });
  const start = element("button", { class: "start", type: "button" }, "Start");
  const empty = element(
    "div",
    { class: "empty", hidden: true },
    element("p", {}, "The chat is empty. Somebody who finds the bot by a link or a poster taps:"),
    start,
  );
  const unblock = element("button", { type: "button" }, "Unblock the bot");
  const blocked = element("div", { class: "blocked", hidden: true },
    element("p", {}, `${person.first_name} has blocked the bot.`), unblock);
  const reconnecting = element("p", { class: "reconnecting", role: "status" });

  const node = element(
    "section",
    {
      class: `phone ${person.role}`,
      "data-person": person.id,
      "aria-label": `Phone of ${person.first_name}`,
    },
    head.node,
    element("div", { class: "chat" }, reconnecting, chat.log, empty, chat.news, toast.node),
    offer.node,
    panel.node,
    blocked,
    composer.node,
  );

  function showBlocked(isBlocked) {
    blocked.hidden = !isBlocked;
    composer.node.hidden = isBlocked;
    if (isBlocked) panel.close();
    (isBlocked ? unblock : composer.input).focus({ preventScroll: true });
  }

  start.addEventListener("click", () => sendStart(null));
  unblock.addEventListener("click", () => block(false));

  let before = null;
  function show(state) {
    presses.settle(state.queries ?? {});
    offer.show(state.reply_keyboard);
    const now = JSON.stringify(state.messages);
    if (now === before) return;
    presses.release();
    const started = state.messages.length > 0;
    if (started && document.activeElement === start) chat.log.focus({ preventScroll: true });
    empty.hidden = started;
    head.setStarted(started);
    chat.show(state.messages);
    const unasked = performance.now() - lastAct > ANSWER_MILLISECONDS;
    if (before !== null && unasked) arrived(state.messages);
    before = now;
  }

  // What nobody at this phone asked for makes the phone glow once.
  function arrived(messages) {
    onNews();
    if (messages.at(-1)?.from !== "bot") return;
    node.classList.remove("glowing");
    requestAnimationFrame(() => node.classList.add("glowing"));
  }
  node.addEventListener("animationend", () => node.classList.remove("glowing"));

  if (person.blocked) {
    blocked.hidden = false;
    composer.node.hidden = true;
  }
  followChat(person.id, {
    onChat: show,
    onMissing: () => savePerson(head.fields()),
    onConnection: (fine) => (reconnecting.textContent = fine ? "" : "Reconnecting…"),
  });
  return { node, focus: () => head.focus() };
}
