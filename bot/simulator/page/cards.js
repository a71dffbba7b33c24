// What a message carries besides text: a pin, a file, or something a bot cannot read.

import { direction } from "./direction.js";
import { element, icon } from "./element.js";
import { fileAddress, readFile } from "./server.js";

const KINDS = {
  sticker: "Sticker",
  photo: "Photo",
  voice: "Voice message",
  video: "Video",
  video_note: "Video message",
  poll: "Poll",
  contact: "Contact",
  document: "Document",
};
const DRAWN = { document: "file", video_note: "video", poll: "menu" };
const READABLE = /\.(ics|txt|csv)$/i;

const card = (picture, ...lines) =>
  element("div", { class: "card" }, icon(picture), element("div", { class: "card-text" }, lines));

const line = (kind, text) =>
  element("p", { class: kind, dir: direction(text) ?? "auto" }, text);

const degrees = ({ latitude, longitude }) => `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;

export function pinCard(location, venue) {
  const lines = [line("card-title", venue?.title || "Location")];
  if (venue?.address) lines.push(line("card-line", venue.address));
  if (location) lines.push(line("card-small", degrees(location)));
  return card("pin", lines);
}

const size = (bytes) => (bytes < 1024 ? `${bytes} bytes` : `${(bytes / 1024).toFixed(1)} kB`);

function unfolded(address) {
  const text = element("pre", { class: "file-text", tabindex: 0 }, "…");
  const details = element("details", {}, element("summary", {}, "Show what is inside"), text);
  async function read() {
    text.textContent = await readFile(address).catch(() => "The file could not be read.");
    details.scrollIntoView({ block: "nearest" });
  }
  details.addEventListener("toggle", () => details.open && read());
  return details;
}

export function fileCard(personId, file) {
  const address = fileAddress(personId, file.file_id);
  const name = file.name || "file";
  return element(
    "div",
    { class: "file" },
    card(
      /\.ics$/i.test(name) ? "calendar" : "file",
      line("card-title", name),
      element(
        "p",
        { class: "card-line" },
        element("a", { href: address, download: name }, "Download"),
        file.size == null ? null : ` · ${size(file.size)}`,
      ),
    ),
    READABLE.test(name) ? unfolded(address) : null,
  );
}

export function kindCard(kind) {
  if (!(kind in KINDS)) return card("file", line("card-title", kind));
  return card(DRAWN[kind] ?? kind, line("card-title", KINDS[kind]));
}
