"""The shipped catalogues are complete, and code and catalogue know the same messages."""

import ast
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from seven_languages import LANGUAGES, LOCALES, WRITTEN

from bot.chat.profile import COMMANDS
from bot.conversation import history_lines, staff_lines
from bot.domain import talk_report
from bot.domain.actors import Role
from bot.domain.appointment import Reason, Status
from bot.domain.city import StepFree
from bot.domain.language_codes import Written
from bot.domain.open_matters import Matter
from bot.domain.staffing import StandIn
from bot.domain.talk_report import Breakdown, TalkOutcome
from bot.messages import notices
from bot.messages.notices import NoticeKind
from bot.rendering import catalogues
from bot.rendering.catalogue_checks import check
from bot.rendering.catalogues import STAFF
from bot.rendering.mail_actions import Action
from bot.web import appointment_page

SPEAKING = {"say", "Say", "_toggle", "text", "_lasting"}
KEY = re.compile(r"[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)+")

MAILED = {*NoticeKind} - {NoticeKind.COMING}
DYNAMIC = {
    *(f"refused.{reason}" for reason in Reason),
    *(f"card.step_free.{known}" for known in StepFree),
    *(f"command.{name}" for name in COMMANDS),
    *(f"data_export.{status}" for status in Status if status is not Status.CALLED_OFF),
    *(f"matter.{each}" for each in Matter),
    *(f"history.{what}" for what in history_lines.TOLD),
    *(f"history.by_{role}" for role in Role if role is not Role.CASE_MANAGER),
    *notices.TITLES.values(),
    *(f"mail.subject.{told}" for told in (*MAILED, "passed_to_other")),
    *(f"mail.about.{told}" for told in (*MAILED - {NoticeKind.NOT_REACHED}, "passed_to_other")),
    *(f"mail.if_unseen.{asked}" for asked in StandIn),
    *(f"mail.link.{action}" for action in Action),
    *(f"page.title.{done}" for done in appointment_page.TOLD.values()),
    *(f"page.done.{done}" for done in appointment_page.TOLD),
    *(f"page.done_by_phone.{done}" for done in appointment_page.TOLD_BY_PHONE),
    *(f"page.{what}.{act}" for what in ("ask", "question") for act in appointment_page.QUESTIONS),
    *staff_lines.LABELS.values(),
    *(f"emergency.{who}" for who in ("police", "fire", "women", "despair", "children", "doctor")),
    *(f"offices.speaks_{which}" for which in ("yes", "unknown")),
    *(f"report.by_{each}" for each in (*Breakdown, "month", "quarter")),
    *(f"report.outcome_{each}" for each in (*TalkOutcome, "cancelled", "not_come", "talks")),
    *(f"report.kind_{each}" for each in talk_report.KINDS),
    *(f"report.access_{each}" for each in ("telegram", "paper", "unknown")),
    *(f"report.moved_{each}" for each in ("moved", "as_booked", "unknown")),
    *(f"report.reminded_{each}" for each in ("reminded", "not_reminded", "unknown")),
    *("report.topic_none", "report.topic_unknown", "report.total"),
}
"""What the keys become that code looks up or puts together."""


FILES = ("city", "understanding")
EARLIER = ["staff.stretch"]
"""Keys of versions before, which stored screens may still have."""


@cache
def english() -> dict[str, str]:
    """Every message of the English catalogue by its key; of plurals, the last form."""
    texts = {}
    for message in (*catalogues.read(LOCALES, "en"), *catalogues.read(LOCALES, "en", STAFF)):
        if isinstance(message.id, tuple):
            texts[message.id[0]] = str((message.string or "")[-1])
        elif message.id:
            texts[str(message.id)] = str(message.string)
    return texts


@cache
def nodes() -> tuple[ast.AST, ...]:
    """All code but that of the files, which have dotted names of their own."""
    paths = (path for path in Path("bot").rglob("*.py") if path.parent.name not in FILES)
    return tuple(
        node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )


def speaking_calls(code: Iterable[ast.AST]) -> list[ast.Call]:
    """The calls whose first or, of Profile.text, second argument is a message key."""
    calls = (node for node in code if isinstance(node, ast.Call))
    return [call for call in calls if called(call) in SPEAKING]


def called(call: ast.Call) -> str | None:
    """The last part of the name that is called."""
    return getattr(call.func, "id", None) or getattr(call.func, "attr", None)


def keys_said(call: ast.Call) -> set[str]:
    """The literal keys of a call, those of both branches of a condition included."""
    nodes = [node for argument in call.args[:2] for node in branches(argument)]
    return {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value
    }


def branches(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.IfExp):
        return branches(node.body) + branches(node.orelse)
    return [node]


def patterns_said(call: ast.Call) -> set[str]:
    """A pattern for the keys that each f-string of a call can become."""
    return {
        "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[a-z_]+"
            for part in argument.values
        )
        for argument in call.args[:2]
        if isinstance(argument, ast.JoinedStr)
    }


def keys_written(code: Iterable[ast.AST], namespaces: set[str]) -> set[str]:
    """Every literal that looks like a key, wherever it stands: some go through a variable."""
    literals = (node.value for node in code if isinstance(node, ast.Constant))
    shaped = (text for text in literals if isinstance(text, str) and KEY.fullmatch(text))
    return {text for text in shaped if text.split(".")[0] in namespaces}


def keys_in_code() -> set[str]:
    namespaces = {key.split(".")[0] for key in english()}
    said = keys_written(nodes(), namespaces).union(*map(keys_said, speaking_calls(nodes())))
    return said.union(*map(keys_in_template, Path("bot/web/templates").glob("*.html")))


def keys_in_template(template: Path) -> set[str]:
    """What a page says around its facts."""
    code = template.read_text(encoding="utf-8")
    calls = re.findall(r"say\(([^()]*)\)", code) + re.findall(r"say\((.*?)\) }}", code)
    return {key for call in calls for key in re.findall(r'"([a-z_.]+)"', call) if "." in key}


def values_given(call: ast.Call) -> set[str | None]:
    """The names of the values a call of `say` or `Say` gives to its message."""
    if len(call.args) > 1 and isinstance(call.args[1], ast.Dict):
        return {ast.literal_eval(key) for key in call.args[1].keys if key is not None}
    return {keyword.arg for keyword in call.keywords}


def placeholders(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_shipped_catalogue_passes_all_checks() -> None:
    assert [str(problem) for problem in check(LOCALES, WRITTEN, LANGUAGES, ["de"])] == []


def test_there_is_a_catalogue_for_each_language_and_no_other() -> None:
    assert catalogues.available(LOCALES) == Written(tuple(sorted(LANGUAGES)), ("de", "en"))


def test_every_message_that_code_says_is_in_the_english_catalogue() -> None:
    said = keys_in_code()
    assert sorted((said | DYNAMIC) - english().keys()) == EARLIER
    assert len(said) > 100


def test_every_message_of_the_english_catalogue_is_said_somewhere() -> None:
    assert sorted(english().keys() - keys_in_code() - DYNAMIC) == []


def test_every_f_string_key_is_among_those_expanded_here() -> None:
    patterns = {pattern for call in speaking_calls(nodes()) for pattern in patterns_said(call)}
    unknown = {p for p in patterns if not any(re.fullmatch(p, key) for key in DYNAMIC)}
    assert unknown == set()
    assert len(patterns) > 5


def test_every_message_is_given_exactly_the_values_it_has_placeholders_for() -> None:
    texts = english()
    differing = {
        key: sorted(map(str, values_given(call) ^ placeholders(texts[key])))
        for call in speaking_calls(nodes())
        for key in keys_said(call) & texts.keys()
        if values_given(call) != placeholders(texts[key])
    }
    assert differing == {}


@pytest.mark.parametrize(
    ("code", "said", "patterns", "written"),
    [
        ('say("menu.book")', {"menu.book"}, set(), {"menu.book"}),
        ('say("a.b" if x else "a.c")', {"a.b", "a.c"}, set(), set()),
        ('say(f"menu.{x}_of.{y}")', set(), {r"menu\.[a-z_]+_of\.[a-z_]+"}, set()),
        ('self.text(code, "menu.book")', {"menu.book"}, set(), {"menu.book"}),
        ('key = "menu.absent"', set(), set(), {"menu.absent"}),
    ],
)
def test_keys_are_found_in_code(
    code: str, said: set[str], patterns: set[str], written: set[str]
) -> None:
    found = list(ast.walk(ast.parse(code)))
    calls = speaking_calls(found)
    assert {key for call in calls for key in keys_said(call)} == said
    assert {pattern for call in calls for pattern in patterns_said(call)} == patterns
    assert keys_written(found, {"menu"}) == written


def test_values_and_placeholders_are_found() -> None:
    by_name, by_mapping = (
        ast.parse(code, mode="eval").body
        for code in ('say("a.b", n=Count(1))', 'Say("a.b", {"n": Count(1)}, "de")')
    )
    assert isinstance(by_name, ast.Call)
    assert isinstance(by_mapping, ast.Call)
    assert values_given(by_name) == values_given(by_mapping) == placeholders("{n} adults") == {"n"}
