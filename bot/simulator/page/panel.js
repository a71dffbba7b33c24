// What opens above the composer: things to send, commands, places. One at a time; Escape closes.

import { direction } from "./direction.js";
import { element, icon } from "./element.js";

const detailNode = (text) =>
  element("span", { class: "detail", dir: direction(text) ?? "auto" }, text);

export function createPanel(label) {
  const node = element("div", { class: "panel", role: "group", "aria-label": label, hidden: true });
  let opener = null;

  function close() {
    const focused = node.contains(document.activeElement);
    node.hidden = true;
    opener?.setAttribute("aria-expanded", "false");
    if (focused && opener?.isConnected) opener.focus();
    opener = null;
  }

  function open(button, title, choices) {
    const again = opener === button;
    close();
    if (again) return;
    opener = button;
    opener.setAttribute("aria-expanded", "true");
    node.replaceChildren(element("p", { class: "label" }, title), list(choices));
    node.hidden = false;
    node.querySelector("button").focus({ preventScroll: true });
  }

  // A choice may itself open the panel again, so it is closed first.
  function list(choices) {
    return element("div", { class: "choices" }, choices.map(({ text, detail, picture, act }) => {
      const button = element(
        "button",
        { type: "button" },
        picture ? icon(picture) : null,
        element("span", {}, text),
        detail ? detailNode(detail) : null,
      );
      button.addEventListener("click", () => {
        const from = opener;
        close();
        act(from);
      });
      return button;
    }));
  }

  node.addEventListener("keydown", (event) => event.key === "Escape" && close());
  return { node, open, close };
}
