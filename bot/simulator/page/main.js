// The demo's page: finds out who has a phone, sets up the phones, adds more.

import { startClock } from "./clock.js";
import { createPhone } from "./phone.js";
import { readDemo, readPeople, savePerson } from "./server.js";
import { addTab } from "./tabs.js";
import { timesIn } from "./times.js";

// Each phone holds a connection, and a browser opens six to one server.
const MOST_PHONES = 4;
const NEWCOMERS = [
  { first_name: "Olena", language_code: "uk" },
  { first_name: "Karim", language_code: "fr" },
  { first_name: "Ioana", language_code: "ro" },
  { first_name: "Farid", language_code: "ar" },
];

const byId = (id) => document.getElementById(id);
const phones = document.querySelector(".phones");

function complain(text) {
  byId("trouble").textContent = text;
  byId("trouble").hidden = false;
}

const fields = ({ id, first_name, language_code }) => ({ id, first_name, language_code });
const full = () => phones.children.length >= MOST_PHONES;

function addPhone(demo, person) {
  const times = timesIn(demo.time_zone);
  const tab = addTab(person, () => phone.node);
  const phone = createPhone({ person, places: demo.places, times, onNews: tab.announce });
  phones.append(phone.node);
  tab.watch(phone.node);
  byId("add-phone").setAttribute("aria-disabled", full());
  return phone;
}

async function addNewcomer(demo) {
  if (full()) {
    byId("add-hint").textContent = "Four phones are as many as fit here.";
    return;
  }
  const newcomer = NEWCOMERS[(phones.children.length - demo.people.length) % NEWCOMERS.length];
  const { id } = await savePerson(newcomer);
  const phone = addPhone(demo, { role: "client", note: "", ...newcomer, id });
  phone.node.scrollIntoView({ behavior: "smooth", inline: "nearest", block: "nearest" });
  phone.focus();
}

// The demo's own people first; whoever was added before this page was loaded after them.
async function cast(demo) {
  const known = new Map((await readPeople()).map((person) => [person.id, person]));
  for (const person of demo.people) {
    if (!known.has(person.id)) await savePerson(fields(person));
  }
  const own = demo.people.map((person) => ({ ...person, ...known.get(person.id) }));
  const ids = new Set(demo.people.map((person) => person.id));
  const added = [...known.values()].filter((person) => !ids.has(person.id));
  return [...own, ...added.map((person) => ({ role: "client", note: "", ...person }))];
}

async function start() {
  const demo = await readDemo();
  document.title = demo.title;
  byId("title").textContent = demo.title;
  startClock(timesIn(demo.time_zone), demo.now);
  (await cast(demo)).slice(0, MOST_PHONES).forEach((person) => addPhone(demo, person));
  byId("add-phone").addEventListener("click", () =>
    addNewcomer(demo).catch(() => complain("The phone could not be added. Please try again.")),
  );
}

start().catch(() => complain("The demo does not answer. Start it, then load this page again."));
