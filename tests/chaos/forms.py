"""What a page of the staff asks a browser to send: its links, its forms, and odd things in them."""

import random
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from urllib.parse import parse_qsl, quote, urlsplit

DAYS = (
    *("0001-01-01", "1969-12-31", "1970-01-01", "2025-10-20", "2026-02-30", "2026-11-09"),
    *("2026-11-23", "2026-11-24", "2027-11-23", "2027-11-24", "2027-12-28", "2027-12-29"),
    *("2100-01-01", "9999-12-31", "10000-01-01", "20261124", "2026-W48-2", "-2026-11-24"),
)
NUMBERS = (
    *("0", "1", "-1", "5", "6", "7", "20", "21", "22", "24", "1e3", "1.5", "0x10", "1_0", " 1"),
    *("9" * 15, "9" * 16, "9" * 401, "9223372036854775808", "٣", "²"),
)
TEXTS = (
    *("", " ", "yes", "x", "x" * 201, "x" * 3500, "\x00", "a\x00b", "\ud800", "\udcff"),
    *("\u202egnp", "\u200f", "ä", "😀" * 40, "\r\nSet-Cookie: a=b", "'; DROP TABLE persons --"),
    *("<script>", "{0} %s {{ x }}", "K7PM", "k7pm", "de", "xx", "mohammad", "nobody", "away"),
    *("mohammad.0", "mohammad.fffffff", "mohammad.ffffffffffff", "nobody.1", ".", "block", "book"),
)
ODD = (*DAYS, *NUMBERS, *TEXTS)
RAW = (b"\xff", b"a=%zz&b", b"&&&==", b"a=1&" * 30, b"%00=%00", b"\x00", b"x" * 4097, b"")


@dataclass(frozen=True)
class Sending:
    """A link or a filled-in form; `values` are those a field offers, by its name."""

    method: str
    path: str
    fields: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def shape(self) -> tuple[object, ...]:
        """The same for all that differ only in what they name."""
        parts = tuple(part if part.isalpha() else "…" for part in self.path.split("/")[3:])
        return self.method, parts, tuple(sorted({name for name, _ in self.fields}))

    @property
    def encoded(self) -> str:
        """The fields as they are sent."""
        return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in self.fields)

    def filled(self, chosen: random.Random) -> "Sending":
        """As somebody fills it in who takes what it offers."""
        offered = dict(self.values)
        fields = ((name, chosen.choice(offered.get(name, (was,)))) for name, was in self.fields)
        return replace(self, fields=tuple(fields))

    def broken(self, chosen: random.Random) -> "Sending":
        """With one thing that no form of ours sends."""
        fields, way = list(self.fields), chosen.randrange(10)
        if not fields or way == 0:
            return replace(self, path=_bent(self.path, chosen))
        number = chosen.randrange(len(fields))
        name, value = fields[number]
        if way == 1:
            del fields[number]
        elif way == 2:
            fields.insert(number, (name, chosen.choice(ODD)))
        elif way == 3:
            fields.append((chosen.choice(TEXTS), chosen.choice(ODD)))
        elif way == 4:
            fields[number] = (f"{name}[]", value)
        else:
            fields[number] = (name, chosen.choice(ODD))
        return replace(self, fields=tuple(fields))


def _bent(path: str, chosen: random.Random) -> str:
    """With another last part, or one part more; what is signed in it stays."""
    root = path.rpartition("/")[0]
    odd = _quoted(chosen.choice(ODD))
    return f"{path}/{odd}" if path.count("/") < 4 or chosen.random() < 0.2 else f"{root}/{odd}"


def _quoted(text: str) -> str:
    return quote(text, safe="", errors="surrogatepass")


class Forms(HTMLParser):
    """Finds all that a page lets somebody send."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Sending] = []
        self._form: tuple[str, str] | None = None
        self._fields: dict[str, list[str]] = {}
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        match tag:
            case "a" if given.get("href", "").startswith("/"):
                link = urlsplit(given["href"])
                query = parse_qsl(link.query, keep_blank_values=True)
                self.found.append(Sending("GET", link.path, tuple(query)))
            case "form":
                self._form = given.get("method", "get").upper(), given.get("action", "")
                self._fields = {}
            case "select":
                self._select = name
            case "option":
                self._fields.setdefault(self._select, []).append(value)
            case "input" | "button" if name:
                self._fields.setdefault(name, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form is not None:
            fields = tuple((name, values[0]) for name, values in self._fields.items())
            values = tuple((name, tuple(each)) for name, each in self._fields.items())
            self.found.append(Sending(*self._form, fields, values))
            self._form = None
