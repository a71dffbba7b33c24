// The offices' mail: each mail as it was sent, and the calendars its entries make.

import { element } from "./element.js";
import { readMails } from "./server.js";
import { createShell } from "./shell.js";
import { addTab } from "./tabs.js";

const PAUSE_MILLISECONDS = 1500;
const LINK = /https?:\/\/\S+/g;
const EMPTY = "No mail yet. Book an appointment on the client’s phone.";
const SUBSCRIBING =
  "To subscribe instead: whoever runs the bot makes the address of a case manager’s calendar, " +
  "with “staff feed”.";

function withLinks(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    const [address] = found;
    const link = { href: address, target: "_blank", rel: "noopener" };
    parts.push(text.slice(end, found.index), element("a", link, address));
    end = found.index + address.length;
  }
  return [...parts, text.slice(end)];
}

// The page of the mail runs no script, so that this page may look how high it is.
function pageOf(mail) {
  const frame = element("iframe", {
    src: `/demo/mails/${mail.number}`,
    title: mail.subject,
    sandbox: "allow-same-origin allow-popups allow-popups-to-escape-sandbox",
  });
  const fit = () => {
    frame.style.height = `${frame.contentDocument.documentElement.offsetHeight}px`;
  };
  frame.addEventListener("load", () => {
    fit();
    new ResizeObserver(fit).observe(frame);
  });
  return frame;
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
      element("p", { class: "role" }, "Of case managers and front desks: no Telegram needed"),
    ),
  );
  const shell = createShell("mail", head);
  shell.node.setAttribute("aria-label", "Mail of the offices");
  shell.body.append(
    element(
      "div",
      { class: "mailbox", tabindex: "0", role: "region", "aria-label": "Mails and calendars" },
      element("h3", {}, "Calendars"),
      noEvents,
      calendar,
      element("p", { class: "note" }, SUBSCRIBING),
      element("h3", {}, "Mails"),
      list,
    ),
  );
  const tab = addTab("mail", shell.node);
  tab.setName("Mail");
  let known = 0;

  function mailNode(mail) {
    const sent = `${times.day(mail.sent_at)}, ${times.time(mail.sent_at)}`;
    const node = element(
      "details",
      {},
      element(
        "summary",
        {},
        element("strong", {}, mail.subject),
        element("span", { class: "note" }, `To ${mail.to}, ${sent}`),
      ),
    );
    const letter = [
      element("p", { class: "note" }, `From ${mail.from}`),
      pageOf(mail),
      element(
        "details",
        { class: "plain" },
        element("summary", {}, "The same as plain text"),
        element("p", { class: "text", lang: "de" }, withLinks(mail.text)),
      ),
    ];
    node.addEventListener("toggle", () => node.append(...letter), { once: true });
    return node;
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
