"""One line for each event, readable and made of words of ours; nobody's words get in."""

import ast
import json
import logging
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bot.observability import logs

SECRET = "Anastasija Geheim, 123456:token"
ROOT = Path(__file__).parents[2]
LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}


def line(name: str, told: str, *args: object, **more: object) -> str:
    """What is written of a record."""
    record = logging.LogRecord(name, logging.ERROR, __file__, 20, told, args, None)
    vars(record).update(more)
    return logs.Lines().format(record)


def pairs(text: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in shlex.split(text))


def raised() -> Exception:
    """A bug within the handling of another one."""
    with pytest.raises(KeyError) as caught:
        try:
            json.loads(f'"{SECRET}')
        except ValueError:
            raise KeyError(SECRET)  # noqa: B904
    return caught.value


def test_an_event_is_one_line_of_key_and_value() -> None:
    told = line(
        "bot.services.updates", "an update failed", **logs.fields(kind="screen", attempts=3)
    )
    found = pairs(told)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", found.pop("time"))
    assert found == {
        "level": "error",
        "event": "an update failed",
        "logger": "bot.services.updates",
        "kind": "screen",
        "attempts": "3",
    }


def test_whatever_a_value_holds_the_line_stays_one() -> None:
    told = line("bot", "x", **logs.fields(problem='two\nlines = "quoted"', nothing=""))
    assert "\n" not in told
    assert told.endswith(r'problem="two\nlines = \"quoted\"" nothing=""')


def test_events_of_one_request_carry_its_random_id() -> None:
    with logs.request():
        first, second = pairs(line("bot", "a")), pairs(line("bot", "b"))
    with logs.request():
        other = pairs(line("bot", "a"))
    assert re.fullmatch(r"[0-9a-f]{8}", first["request"])
    assert first["request"] == second["request"] != other["request"]
    assert "request" not in pairs(line("bot", "a"))


def test_an_exception_is_told_by_its_type_and_places_and_never_by_its_words() -> None:
    error = raised()
    told = line("bot", "an update failed", exc_info=(type(error), error, error.__traceback__))
    assert SECRET not in told
    found = pairs(told)
    assert (found["error"], found["after"]) == ("KeyError", "JSONDecodeError")
    assert re.fullmatch(r"tests/unit/test_logs\.py:\d+", found["at"])


def test_of_a_group_the_first_exception_is_told() -> None:
    group = ExceptionGroup(SECRET, [ExceptionGroup(SECRET, [raised()])])
    found = logs.outline(group)
    assert (found["error"], SECRET in str(found)) == ("KeyError", False)


def test_what_a_library_says_is_not_written_but_where_it_says_it() -> None:
    told = line("aiohttp.server", f"{SECRET} %s", SECRET)
    assert "Anastasija" not in told
    assert pairs(told)["logger"] == "aiohttp.server"
    assert pairs(told)["place"] == "tests/unit/test_logs.py:20"


ENDINGS = {
    "uncaught": "raise ValueError(SECRET)",
    "in a group": "raise ExceptionGroup(SECRET, [ValueError(SECRET)])",
    "in a thread": "import threading; t = threading.Thread(target=int, args=[SECRET]); t.start()",
    "in a destructor": "type('T', (), {'__del__': lambda self: int(SECRET)})()",
    "in a task": "import asyncio\n"
    "async def f(): asyncio.get_running_loop().create_task(g())\n"
    "async def g(): raise ValueError(SECRET)\n"
    "async def h():\n  await f(); await asyncio.sleep(0)\n  import gc; gc.collect()\n"
    "asyncio.run(h())",
    "in a callback": "import asyncio\n"
    "async def f():\n  asyncio.get_running_loop().call_soon(int, SECRET); await asyncio.sleep(0)\n"
    "asyncio.run(f())",
    "a warning": "import warnings; warnings.warn(SECRET)",
    "a broken log call": "import logging; logging.getLogger('bot').error('%d', SECRET)",
    "an exception of a library": "import logging\n"
    "try: int(SECRET)\nexcept ValueError: logging.getLogger('aiohttp').exception(SECRET)",
}


@pytest.mark.parametrize("how", ENDINGS)
def test_however_the_program_fails_its_output_quotes_nobody(how: str) -> None:
    code = f"from bot.observability import logs; logs.start(); SECRET = {SECRET!r}\n{ENDINGS[how]}"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    told = ended.stdout + ended.stderr
    assert "Anastasija" not in told and "token" not in told
    assert ended.returncode == (1 if "raise" in code.splitlines()[1] else 0)
    assert [each for each in told.splitlines() if not each.startswith("time=")] == []
    assert how == "a broken log call" or "level=" in told


def test_every_log_call_of_ours_is_constant_words() -> None:
    odd = [
        ast.unparse(node)
        for file in (ROOT / "bot").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in LEVELS
        and ast.unparse(node.func.value) == "log"
        and not (len(node.args) == 1 and isinstance(node.args[0], ast.Constant))
    ]
    # A city's id, and one of four constant sentences.
    assert sorted(odd) == [
        "log.info('Lotse serves %s', self.resources.city.id)",
        "log.warning(what)",
    ]
