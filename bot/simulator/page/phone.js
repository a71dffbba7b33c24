// A client's phone.

import { createConversation } from "./conversation.js";
import { createHead } from "./head.js";
import { savePerson } from "./server.js";
import { createShell } from "./shell.js";
import { addTab } from "./tabs.js";

export function createPhone({ person, places, times, feed }) {
  const head = createHead(person, (text) => conversation.showToast(text));
  const shell = createShell(person.role, head.node);
  const tab = addTab(person.role, shell.node);
  const conversation = createConversation({
    person,
    places,
    times,
    save: () => savePerson(head.fields()),
    onAct: shell.bringIntoView,
    onStarted: head.setStarted,
    // What nobody at this phone asked for makes the phone glow once.
    onNews: (byBot) => {
      tab.announce();
      if (byBot) shell.glow();
    },
  });
  tab.setName(person.first_name);
  shell.hold(person, conversation);
  feed.watch(conversation.watcher);
  return { node: shell.node, tab, bringIntoView: shell.bringIntoView, focus: head.focus };
}
