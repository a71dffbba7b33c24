// The case managers' mail: each mail as it was sent, and the calendar its entries make.

import { element } from "./element.js";
import { readMails } from "./server.js";
import { createShell } from "./shell.js";
import { addTab } from "./tabs.js";

const PAUSE_MILLISECONDS = 1500;
const LINK = /https?:\/\/\S+/g;
const EMPTY = "No mail yet. Book an appointment on the client’s phone.";

function withLinks(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    const [address] = found;
    const link = { href: address, target: "_blank", rel: "noopener" };
    parts.push(text.slice(end, found.index), element("a", link, "Open the page"));
    end = found.index + address.length;
  }
  return [...parts, text.slice(end)];
}

export function createMailPane(times) {
  const calendar = element("ul", { class: "events" });
  const noEvents = element("p", { class: "note" }, "Nothing in the calendars.");
  const list = element("div", { class: "mails" }, element("p", { class: "note" }, EMPTY));
  const head = element(
    "header",
    { class: "head" },
    element("span", { class: "avatar", "aria-hidden": "true" }, "@"),
    element(
      "div",
      { class: "who" },
      element("h2", {}, "Mail"),
      element("p", { class: "role" }, "Of all case managers: no Telegram needed"),
    ),
  );
  const shell = createShell("mail", head);
  shell.node.setAttribute("aria-label", "Mail of the case managers");
  shell.body.append(
    element(
      "div",
      { class: "mailbox", tabindex: "0", role: "region", "aria-label": "Mails and calendars" },
      element("h3", {}, "Calendars"),
      noEvents,
      calendar,
      element("h3", {}, "Mails"),
      list,
    ),
  );
  const tab = addTab("mail", shell.node);
  tab.setName("Mail");
  let known = 0;

  function mailNode(mail) {
    return element(
      "details",
      {},
      element(
        "summary",
        {},
        element("strong", {}, mail.subject),
        element("span", { class: "note" }, `To ${mail.to}, ${times.time(mail.sent_at)}`),
      ),
      element("p", { class: "note" }, `From ${mail.from}`),
      element("p", { class: "text", lang: "de" }, withLinks(mail.text)),
    );
  }

  function eventNode({ title, to, starts_at: start, ends_at: end }) {
    const when = `${times.day(start)}, ${times.time(start)}–${times.time(end)}`;
    return element(
      "li",
      {},
      element("strong", {}, title),
      element("span", { class: "note" }, `${when}, ${to}`),
    );
  }

  // Mails that are there stay as they are, so that an open one does not close.
  function show({ mails, events }) {
    if (mails.length < known) known = 0;
    if (known === 0 && mails.length > 0) list.replaceChildren();
    list.prepend(...mails.slice(0, mails.length - known).map(mailNode));
    if (mails.length > known) {
      tab.announce();
      shell.glow();
    }
    known = mails.length;
    noEvents.hidden = events.length > 0;
    calendar.replaceChildren(...events.map(eventNode));
  }

  // A demo that is away for a moment is asked again; the phones say so.
  function follow() {
    const look = () => document.hidden || readMails().then(show, () => {});
    look();
    setInterval(look, PAUSE_MILLISECONDS);
  }

  return { node: shell.node, tab, follow };
}
