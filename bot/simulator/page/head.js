// Whose phone a client's is, and the language the phone is set to.

import { element } from "./element.js";
import { savePerson } from "./server.js";

const LANGUAGES = {
  de: "Deutsch",
  en: "English",
  uk: "Українська",
  ru: "Русский",
  fr: "Français",
  ro: "Română",
  ar: "العربية",
};
const BEFORE_START = "Set it now: the bot reads the phone’s language at the first Start.";
const AFTER_START = "Counted at the first Start only. Now use /language in the chat.";

export function createHead(person, showToast) {
  const hintId = `language-hint-${person.id}`;
  const select = element(
    "select",
    { "aria-describedby": hintId },
    Object.entries(LANGUAGES).map(([value, name]) =>
      element("option", { value, lang: value }, name),
    ),
  );
  select.value = person.language_code in LANGUAGES ? person.language_code : "en";
  const hint = element("p", { id: hintId, class: "note" }, BEFORE_START);
  const fields = () => ({
    id: person.id,
    first_name: person.first_name,
    language_code: select.value,
  });

  select.addEventListener("change", () =>
    savePerson(fields()).catch(() => showToast("The language could not be changed.")),
  );

  const label = element("span", { class: "label" }, "Phone language");
  const node = element(
    "header",
    { class: "head" },
    element("span", { class: "avatar", "aria-hidden": "true" }, [...person.first_name][0]),
    element(
      "div",
      { class: "who" },
      element("h2", {}, person.first_name),
      element("p", { class: "role" }, "Client"),
    ),
    element("label", { class: "language" }, label, select),
    person.note ? element("p", { class: "note" }, person.note) : null,
    hint,
  );
  const setStarted = (started) => {
    node.classList.toggle("started", started);
    hint.textContent = started ? AFTER_START : BEFORE_START;
  };

  return { node, fields, setStarted, focus: () => select.focus({ preventScroll: true }) };
}
