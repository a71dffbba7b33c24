// The demo's page: finds out who is there, sets up the phones, adds more.

import { startClock } from "./clock.js";
import { createDesk } from "./desk.js";
import { createFeed } from "./feed.js";
import { createMailPane } from "./mail.js";
import { createPhone } from "./phone.js";
import { readDemo, readPeople, savePerson } from "./server.js";
import { timesIn } from "./times.js";

const NEWCOMERS = [
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

// The demo's own people as they are by now, then whoever was added before this page was loaded.
async function cast(demo) {
  const known = new Map((await readPeople()).map((person) => [person.id, person]));
  const own = demo.people.map((person) => ({ ...person, ...known.get(person.id) }));
  own.forEach(({ id }) => known.delete(id));
  const added = [...known.values()].map((person) => ({ role: "client", note: "", ...person }));
  return { own, added };
}

function place(phone) {
  phones.append(phone.node);
  phone.tab.watch();
  return phone;
}

function adding(newClients, addClient) {
  let added = 0;
  return async () => {
    const person = newClients.shift() ?? {
      role: "client",
      note: "",
      ...(await savePerson(NEWCOMERS[added++ % NEWCOMERS.length])),
    };
    const phone = addClient(person);
    phone.bringIntoView();
    phone.focus();
  };
}

async function start() {
  const demo = await readDemo();
  const { own, added } = await cast(demo);
  document.title = demo.title;
  byId("title").textContent = demo.title;
  startClock(timesIn(demo.time_zone), demo.now);

  const feed = createFeed();
  const context = { places: demo.places, times: timesIn(demo.time_zone), feed };
  const addClient = (person) => place(createPhone({ person, ...context }));
  const [first, ...others] = own.filter(({ role }) => role === "client");
  const people = own.filter(({ role }) => role === "case_manager");
  if (first) addClient(first);
  const desk = people.length > 0 ? place(createDesk({ people, ...context })) : null;
  if (desk) place(createMailPane(context.times)).follow();
  [...others.filter(({ started }) => started), ...added].forEach(addClient);

  const add = adding(others.filter(({ started }) => !started), addClient);
  byId("add-phone").addEventListener("click", () =>
    add().catch(() => complain("The phone could not be added. Please try again.")),
  );
  await feed.follow(desk ? desk.onChanges : () => {});
}

start().catch(() => complain("The demo does not answer. Start it, then load this page again."));
