// The log of one phone: messages change in place, the reader's place is kept.

import { element, icon } from "./element.js";
import { messageNode } from "./message.js";

const NEAR = 48;
const ABOVE = 9;

export function createChat(context) {
  const { person, times } = context;
  const log = element("div", {
    class: "log",
    role: "log",
    "aria-live": "polite",
    "aria-label": `Chat of ${person.first_name}`,
    tabindex: 0,
  });
  const newsLook = { class: "news", type: "button", hidden: true };
  const news = element("button", newsLook, icon("down"), "New");
  const shown = new Map();
  let following = true;

  // The first message the bot has sent since the person last did something.
  let answer = null;
  const expectAnswer = () => (answer = null);

  function noteAnswer(messages, unasked) {
    if (unasked) expectAnswer();
    const isNew = ({ from, message_id: id }) => from === "bot" && !shown.has(id);
    if (shown.size > 0) answer ??= messages.find(isNew)?.message_id ?? null;
  }

  // Where a follower stands: at the end, but an answer taller than the log is read from its top.
  function restingPlace() {
    const end = log.scrollHeight - log.clientHeight;
    const answered = shown.get(answer)?.node;
    const top = answered?.isConnected ? answered : log.lastElementChild;
    return Math.max(0, Math.min(end, (top?.offsetTop ?? 0) - ABOVE));
  }

  function goToRest() {
    log.scrollTop = restingPlace();
    following = true;
    news.hidden = true;
  }

  // The browser itself scrolls when the log's size changes: that is not the reader's doing.
  let sizeBefore = "";
  const size = () => `${log.clientWidth} ${log.clientHeight}`;

  function fade() {
    const below = log.scrollHeight - log.clientHeight - log.scrollTop;
    log.classList.toggle("more", below > NEAR / 2);
  }

  log.addEventListener("scroll", () => {
    fade();
    if (size() !== sizeBefore) return;
    following = log.scrollTop > restingPlace() - NEAR;
    if (following) news.hidden = true;
  });
  news.addEventListener("click", () => {
    goToRest();
    log.focus({ preventScroll: true });
  });
  // The log shrinks when a panel opens below it.
  new ResizeObserver(() => {
    sizeBefore = size();
    if (following) goToRest();
    fade();
  }).observe(log);

  // New or changed, and below what the reader sees.
  const outOfSight = (node) => node.offsetTop > log.scrollTop + log.clientHeight - NEAR;

  function nodeOf(message, fresh) {
    const snapshot = JSON.stringify(message);
    const known = shown.get(message.message_id);
    if (known?.snapshot === snapshot) return known.node;
    const node = messageNode(message, context);
    if (known) node.classList.add("changed");
    fresh.push(node);
    shown.set(message.message_id, { snapshot, node });
    return node;
  }

  function dayNode(message) {
    const day = times.day(message.date);
    const id = `day ${day}`;
    if (!shown.has(id)) shown.set(id, { node: element("p", { class: "day" }, day) });
    return { day, node: shown.get(id).node };
  }

  function nodes(messages, fresh) {
    let lastDay = null;
    return messages.flatMap((message) => {
      const { day, node } = dayNode(message);
      const separator = day === lastDay ? [] : [node];
      lastDay = day;
      return [...separator, nodeOf(message, fresh)];
    });
  }

  function arrange(wanted) {
    const kept = new Set(wanted);
    [...log.children].filter((child) => !kept.has(child)).forEach((child) => child.remove());
    wanted.forEach((node, place) => {
      if (log.children[place] !== node) log.insertBefore(node, log.children[place] ?? null);
    });
  }

  // Whoever works by keyboard stays among the keys when the message they pressed is replaced.
  function keepFocus(had) {
    if (!had || log.contains(document.activeElement)) return;
    const keyboards = [...log.querySelectorAll(".keys")];
    (keyboards.at(-1)?.querySelector(".key") ?? log).focus({ preventScroll: true });
  }

  // A press that only ticks something leaves the reader where they are.
  let keysBefore = null;
  function isSameScreen(message) {
    const keys = message && `${message.message_id} ${message.buttons?.flat().length}`;
    const same = keys === keysBefore;
    keysBefore = keys;
    return same;
  }

  function show(messages, unasked) {
    const hadFocus = log.contains(document.activeElement);
    const [wasFollowing, place] = [following, log.scrollTop];
    const fresh = [];
    const same = isSameScreen(messages.at(-1));
    noteAnswer(messages, unasked);
    arrange(nodes(messages, fresh));
    keepFocus(hadFocus);
    if (wasFollowing && same) log.scrollTop = place;
    else if (wasFollowing) goToRest();
    else if (fresh.some(outOfSight)) news.hidden = false;
    fade();
  }

  return { log, news, show, expectAnswer, goToRest };
}
