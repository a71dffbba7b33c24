// Dates and times as the page shows them: in the city's time zone, in English.

export function timesIn(timeZone) {
  const format = (options) => new Intl.DateTimeFormat("en-GB", { timeZone, ...options });
  const day = format({ weekday: "long", day: "numeric", month: "long" });
  const time = format({ hour: "2-digit", minute: "2-digit" });
  const at = (formatter) => (seconds) => formatter.format(new Date(seconds * 1000));
  return { day: at(day), time: at(time) };
}
