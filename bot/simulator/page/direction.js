// The direction of a text as phones find it: by the first letter that stands outside isolates.
// (dir="auto" looks into isolates: an Arabic line that begins with a street would turn around.)

const INNERMOST_ISOLATE = /[\u2066-\u2068][^\u2066-\u2069]*\u2069/g;
const FIRST_STRONG = /[\p{L}\u200e\u200f]/u;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc]/;

function outsideIsolates(text) {
  const shorter = text.replace(INNERMOST_ISOLATE, "");
  return shorter === text ? text : outsideIsolates(shorter);
}

export function direction(text) {
  const strong = outsideIsolates(text).match(FIRST_STRONG);
  if (!strong) return null;
  return RIGHT_TO_LEFT.test(strong[0]) ? "rtl" : "ltr";
}
