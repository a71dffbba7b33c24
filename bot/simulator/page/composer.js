// The line to write in, with what else a phone can send.

import { element, icon } from "./element.js";
import { readCommands } from "./server.js";

const USUAL = ["start", "help", "language"].map((command) => ({ command }));

async function commandsOf(person) {
  const offered = await readCommands(person.id).catch(() => []);
  return offered.length > 0 ? offered : USUAL;
}

export function createComposer({ person, panel, send, sharePlace, thumbsUp, block }) {
  const input = element("input", {
    type: "text",
    dir: "auto",
    autocomplete: "off",
    enterkeyhint: "send",
    placeholder: "Message",
    "aria-label": `Message from ${person.first_name}`,
  });

  const tool = (label, picture, open) => {
    const look = { type: "button", class: "tool", "aria-label": label, title: label };
    const button = element("button", { ...look, "aria-expanded": "false" }, icon(picture));
    button.addEventListener("click", () => open(button));
    return button;
  };

  const attach = tool("Share or send something", "attach", (opener) =>
    panel.open(opener, "Share or send", [
      { text: "Share a place", picture: "pin", act: sharePlace },
      { text: "Send a sticker", picture: "sticker", act: () => send({ sticker: true }) },
      { text: "Put 👍 on the last message", picture: "thumb", act: thumbsUp },
      { text: "Send a voice message", picture: "voice", act: () => send({ voice: true }) },
      { text: "Send a photo of a letter", picture: "photo", act: () => send({ photo: true }) },
      { text: "Send a contact", picture: "contact", act: () => send({ contact: true }) },
      { text: "Block the bot", picture: "block", act: block },
    ]),
  );
  const menu = tool("Commands", "menu", async (opener) => {
    const commands = await commandsOf(person);
    panel.open(opener, "Commands", commands.map(({ command, description }) => ({
      text: `/${command}`,
      detail: description,
      act: () => send({ text: `/${command}` }),
    })));
  });

  const sendLook = { type: "submit", class: "send", "aria-label": "Send", title: "Send" };
  const submit = element("button", sendLook, icon("send"));
  const node = element("form", { class: "composer" }, attach, menu, input, submit);
  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text && (await send({ text }))) input.value = "";
  });

  return { node, input };
}
