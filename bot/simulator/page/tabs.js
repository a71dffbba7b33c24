// One tab a phone, for screens that show one phone at a time.

import { element } from "./element.js";

const ROLES = { client: "Client", case_manager: "Case manager", mail: "The offices" };

export function addTab(role, phone) {
  const name = element("span");
  const spoken = element("span", { class: "unseen" }, "new");
  const dot = element("span", { class: "dot", hidden: true }, spoken);
  const tab = element(
    "button",
    { type: "button", class: "tab", "aria-pressed": "false" },
    element("span", { class: "tab-name" }, name, dot),
    element("span", { class: "tab-role" }, ROLES[role]),
  );
  tab.addEventListener("click", () =>
    phone.scrollIntoView({ inline: "start", block: "nearest", behavior: "smooth" }),
  );
  document.querySelector(".tabs").append(tab);

  let visible = true;
  const watcher = new IntersectionObserver(
    ([entry]) => {
      visible = entry.intersectionRatio > 0.5;
      tab.setAttribute("aria-pressed", visible);
      if (visible) dot.hidden = true;
    },
    { root: document.querySelector(".phones"), threshold: [0.4, 0.6] },
  );
  return {
    setName: (text) => (name.textContent = text),
    watch: () => watcher.observe(phone),
    announce: () => (dot.hidden = visible),
  };
}
