// A message's text: only Telegram's formatting survives, everything else becomes plain text.

import { direction } from "./direction.js";
import { element, icon } from "./element.js";

const KEPT = new Set(["b", "i", "u", "s", "code", "pre", "blockquote"]);
const SCHEMES = new Set(["http:", "https:", "tel:", "mailto:"]);
const ADDRESS = /https?:\/\/[^\s<>"\u2066-\u2069]*[^\s<>".,;:!?)\u2066-\u2069]/g;
const BOT = "/lotse_demo_bot";

function parsed(address) {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

// The payload of a link to this bot, or null for every other link.
export function startPayload(address) {
  const url = parsed(address);
  const ours = url?.hostname === "t.me" && url.pathname.toLowerCase() === BOT;
  return ours ? url.searchParams.get("start") : null;
}

function link(address, children, onStart) {
  const url = parsed(address);
  if (!url || !SCHEMES.has(url.protocol)) return element("span", {}, children);
  const payload = startPayload(address);
  const attributes = { href: url.href, target: "_blank", rel: "noopener noreferrer" };
  if (payload !== null) {
    attributes.click = (event) => {
      event.preventDefault();
      onStart(payload);
    };
  }
  return element("a", attributes, children);
}

function linked(text, onStart) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    parts.push(text.slice(end, match.index), link(match[0], [match[0]], onStart));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}

function rebuilt(node, onStart, insideLink) {
  if (node.nodeType === Node.TEXT_NODE) {
    return insideLink ? [node.data] : linked(node.data, onStart);
  }
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  const tag = node.localName;
  const children = inside(node, onStart, insideLink || tag === "a");
  if (tag === "a") return [link(node.getAttribute("href") ?? "", children, onStart)];
  if (node.matches("tg-spoiler, .tg-spoiler")) {
    return [element("span", { class: "spoiler", tabindex: 0 }, children)];
  }
  if (node.matches("blockquote[expandable]")) return [fold(children)];
  return KEPT.has(tag) ? [element(tag, {}, children)] : children;
}

const inside = (node, onStart, insideLink) =>
  [...node.childNodes].flatMap((child) => rebuilt(child, onStart, insideLink));

// As phones do: the first three lines, and all of it after a tap. Where three are enough, nothing folds.
function fold(children) {
  const text = element("div", { class: "fold-text" }, paragraphs(children));
  const toggle = element("button", { class: "unfold", type: "button" }, icon("down"));
  const quote = element("blockquote", { class: "fold" }, text, toggle);
  const found = direction(text.textContent);
  if (found) quote.dir = found;
  const show = (open) => {
    quote.classList.toggle("open", open);
    toggle.setAttribute("aria-expanded", open);
    toggle.setAttribute("aria-label", open ? "Show less" : "Show all");
  };
  quote.addEventListener("click", () => show(!quote.classList.contains("open")));
  new ResizeObserver(() => {
    const fits = text.scrollHeight <= text.clientHeight + 1;
    if (!quote.classList.contains("open")) quote.classList.toggle("short", fits);
  }).observe(text);
  show(false);
  return quote;
}

const isQuote = (node) => node instanceof Element && node.localName === "blockquote";

// Phones find a direction for each paragraph; one without letters goes the way of the whole text.
function paragraphs(nodes) {
  const lines = [[]];
  for (const node of nodes) {
    const pieces = typeof node === "string" ? node.split(/(?<=\n)/) : [node];
    for (const piece of pieces) {
      // A quote ends its line itself.
      if (piece === "\n" && isQuote(lines.at(-1).at(-1))) {
        lines.push([]);
        continue;
      }
      lines.at(-1).push(piece);
      if (typeof piece === "string" && piece.endsWith("\n")) lines.push([]);
    }
  }
  return lines.filter((line) => line.length > 0).map(paragraph);
}

function paragraph(line) {
  const node = element("div", {}, line);
  const found = direction(node.textContent);
  if (found) node.dir = found;
  return node;
}

export function plain(text, onStart) {
  return paragraphs(linked(text, onStart));
}

export function rich(html, onStart) {
  // A template's content is inert: nothing in it loads or runs.
  const template = document.createElement("template");
  template.innerHTML = html;
  return paragraphs(inside(template.content, onStart, false));
}
