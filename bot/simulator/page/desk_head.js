// Whose phone the case managers' phone is at the moment.

import { element } from "./element.js";

const MARK = "● ";
const USUAL = "This phone turns to whoever gets a message.";

function groupedByProvider(people, optionOf) {
  const providers = [...new Set(people.map(({ provider }) => provider))];
  return providers.map((provider) =>
    element(
      "optgroup",
      { label: provider },
      people.filter((person) => person.provider === provider).map(optionOf),
    ),
  );
}

export function createDeskHead(people, onChoice) {
  const options = new Map(
    people.map((person) => [
      person,
      element("option", { value: person.id }, person.first_name),
    ]),
  );
  const select = element("select", {}, groupedByProvider(people, (each) => options.get(each)));
  const avatar = element("span", { class: "avatar", "aria-hidden": "true" });
  const provider = element("span", {});
  const note = element("p", { class: "note" });
  const status = element("p", { class: "note", role: "status" }, USUAL);
  const node = element(
    "header",
    { class: "head desk" },
    avatar,
    element(
      "div",
      { class: "who" },
      element("h2", { class: "role" }, "Case manager, ", provider),
      element(
        "label",
        { class: "whose" },
        element("span", { class: "label" }, "Whose phone?"),
        select,
      ),
    ),
    note,
    status,
  );

  select.addEventListener("change", () =>
    onChoice(people.find(({ id }) => String(id) === select.value)),
  );

  function show(person) {
    avatar.textContent = [...person.first_name][0];
    provider.textContent = person.provider;
    note.textContent = person.note;
    select.value = person.id;
    options.get(person).textContent = person.first_name;
  }

  const mark = (person) => (options.get(person).textContent = MARK + person.first_name);

  function say(news) {
    status.textContent = news ?? USUAL;
    status.classList.toggle("fresh", news !== null);
  }

  return { node, show, mark, say };
}
