// A short word over the chat that goes by itself.

import { direction } from "./direction.js";
import { element } from "./element.js";

const SHOWN_MILLISECONDS = 5000;

export function createToast() {
  const node = element("p", { class: "toast", role: "status" });
  let timer = null;

  function show(text) {
    clearTimeout(timer);
    node.dir = direction(text) ?? "auto";
    node.textContent = text;
    timer = setTimeout(() => (node.textContent = ""), SHOWN_MILLISECONDS);
  }

  return { node, show };
}
