// The log of one phone: messages change in place, the reader's place is kept.

import { element, icon } from "./element.js";
import { messageNode } from "./message.js";

const NEAR_THE_END = 48;

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
  let atEnd = true;

  const goToEnd = () => {
    log.scrollTop = log.scrollHeight;
    atEnd = true;
    news.hidden = true;
  };

  log.addEventListener("scroll", () => {
    atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_THE_END;
    if (atEnd) news.hidden = true;
  });
  news.addEventListener("click", () => {
    goToEnd();
    log.focus({ preventScroll: true });
  });
  // The log shrinks when a panel opens below it.
  new ResizeObserver(() => atEnd && goToEnd()).observe(log);

  // New or changed, and below what the reader sees.
  const outOfSight = (node) => node.offsetTop > log.scrollTop + log.clientHeight - NEAR_THE_END;

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

  function show(messages) {
    const hadFocus = log.contains(document.activeElement);
    const following = atEnd;
    const fresh = [];
    arrange(nodes(messages, fresh));
    keepFocus(hadFocus);
    if (following) goToEnd();
    else if (fresh.some(outOfSight)) news.hidden = false;
  }

  return { log, news, show, goToEnd };
}
