// The case managers' phone: it shows one of them at a time and turns to whoever gets a message.

import { createConversation } from "./conversation.js";
import { createDeskHead } from "./desk_head.js";
import { savePerson } from "./server.js";
import { createShell } from "./shell.js";
import { addTab } from "./tabs.js";

const fieldsOf = ({ id, first_name, language_code }) => ({ id, first_name, language_code });

export function createDesk({ people, places, times, feed }) {
  const head = createDeskHead(people, open);
  const shell = createShell("case_manager", head.node);
  const tab = addTab("case_manager", shell.node);
  const seen = new Map();
  let conversation = null;
  let shown = null;

  function open(person) {
    const hadFocus = shell.body.contains(document.activeElement);
    if (conversation) feed.unwatch(conversation.watcher);
    shown = person;
    conversation = createConversation({
      person,
      places,
      times,
      save: () => savePerson(fieldsOf(person)),
      onAct: () => {
        head.say(null);
        shell.bringIntoView();
      },
      onStarted: () => {},
      onNews: (byBot) => {
        tab.announce();
        if (byBot) shell.glow();
      },
    });
    shell.hold(person, conversation);
    head.show(person);
    head.say(null);
    tab.setName(person.first_name);
    feed.watch(conversation.watcher);
    if (hadFocus) conversation.focus();
  }

  function announce(person) {
    if (conversation.isBusy()) {
      head.mark(person);
    } else {
      open(person);
      shell.glow();
    }
    tab.announce();
    head.say(`${person.first_name}, ${person.provider}: new message`);
  }

  // Who has the most in their chat when the page opens is whom it shows first.
  function openFirst(changes) {
    const length = ({ id }) => changes[id]?.version ?? 0;
    open(people.reduce((most, person) => (length(person) > length(most) ? person : most)));
  }

  function onChanges(changes, anew) {
    const changed = people.filter(({ id }) => id in changes);
    const told = changed.filter(({ id }) => changes[id].bot > (seen.get(id) ?? 0));
    if (anew) seen.clear();
    changed.forEach(({ id }) => seen.set(id, changes[id].bot));
    if (!conversation) openFirst(changes);
    if (!anew) told.filter((person) => person !== shown).forEach(announce);
  }

  return { node: shell.node, tab, onChanges };
}
