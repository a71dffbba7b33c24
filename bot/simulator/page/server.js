// The HTTP interface of the simulator and of the demo, one function a request.

const MOST_MESSAGES = 200;

export class Refusal extends Error {
  constructor(status, reason) {
    super(reason);
    this.status = status;
  }
}

async function call(path, { body, signal } = {}) {
  const response = await fetch(path, {
    method: body === undefined ? "GET" : "POST",
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: "no-store",
    signal,
  });
  const text = await response.text();
  if (!response.ok) throw new Refusal(response.status, text);
  return text ? JSON.parse(text) : null;
}

const chatOf = (id) => `/people/${id}`;

export const readDemo = () => call("/demo");
export const readMails = () => call("/demo/mails");
export const moveClock = (move) => call("/demo/clock", { body: move });
export const readPeople = () => call("/people");
export const savePerson = (person) => call("/people", { body: person });
export const sendMessage = (id, message) => call(`${chatOf(id)}/messages`, { body: message });
export const press = (id, messageId, data) =>
  call(`${chatOf(id)}/presses`, { body: { message_id: messageId, data } });
export const react = (id, messageId, emoji) =>
  call(`${chatOf(id)}/reactions`, { body: { message_id: messageId, emoji } });
export const setBlocked = (id, blocked) =>
  call(`${chatOf(id)}/${blocked ? "block" : "unblock"}`, { body: {} });

// Without a version the server answers at once; with one it waits for something newer.
export function readChanges(version, wait, signal) {
  const query = version === null ? "" : `?after=${version}&wait=${wait}`;
  return call(`/changes${query}`, { signal });
}

export const readChat = (id) => call(`${chatOf(id)}/chat?last=${MOST_MESSAGES}`);

export const readCommands = (id) => call(`${chatOf(id)}/commands`);

export const readProfile = (id) => call(`${chatOf(id)}/profile`);
export const PHOTO = "/photo";

export const fileAddress = (id, fileId) => `${chatOf(id)}/files/${encodeURIComponent(fileId)}`;
export const readFile = async (address) => {
  const response = await fetch(address);
  if (!response.ok) throw new Refusal(response.status, await response.text());
  return response.text();
};
