// The case of a phone: the head stays, the conversation in it may become another person's.

import { element } from "./element.js";

export function createShell(role, head) {
  const body = element("div", { class: "body" });
  const node = element("section", { class: `phone ${role}` }, head, body);

  function hold(person, conversation) {
    node.dataset.person = person.id;
    node.setAttribute("aria-label", `Phone of ${person.first_name}`);
    body.replaceChildren(...conversation.nodes);
  }

  function glow() {
    node.classList.remove("glowing");
    requestAnimationFrame(() => node.classList.add("glowing"));
  }
  node.addEventListener("animationend", () => node.classList.remove("glowing"));

  const bringIntoView = () =>
    node.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "smooth" });

  return { node, body, hold, glow, bringIntoView };
}
