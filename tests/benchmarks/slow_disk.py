"""A disk that takes 5 ms to keep what was written: a library put before the system's own.

It waits out the rest of 5 ms after each fsync and fdatasync of the process it is loaded into.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SOURCE = Path(__file__).with_name("slow_fsync.c")
FSYNC_MS = 5
COMMITS = 5
PROBE = f"""
import sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (n)")
def commit():
    began = time.perf_counter()
    database.execute("INSERT INTO t VALUES (1)")
    return time.perf_counter() - began
print(min(commit() for _ in range({COMMITS})) * 1000)
"""


class NoSlowDisk(Exception):  # noqa: N818  (a state of the machine)
    """There is none to be had on this machine, and why."""


@contextmanager
def slow_disk() -> Iterator[dict[str, str]]:
    """What to set for a process whose fsync takes 5 ms. Raises NoSlowDisk."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise NoSlowDisk("no C compiler to build a slow fsync with (apt-get install gcc)")
    with tempfile.TemporaryDirectory(prefix="lotse-bench-") as folder:
        library = Path(folder) / "slow_fsync.so"
        made = subprocess.run(
            [compiler, "-shared", "-fPIC", "-O2", "-o", library, SOURCE, "-ldl"],
            capture_output=True,
            text=True,
        )
        if made.returncode:
            raise NoSlowDisk(f"no slow fsync could be built: {made.stderr.strip()}")
        settings = {"LD_PRELOAD": str(library)}
        if (taken := _commit_ms(Path(folder) / "probe.db", settings)) < FSYNC_MS:
            raise NoSlowDisk(f"a commit takes {taken:.1f} ms in spite of a slow fsync")
        yield settings


def _commit_ms(file: Path, settings: dict[str, str]) -> float:
    command = [sys.executable, "-c", PROBE, str(file)]
    told = subprocess.run(command, env=os.environ | settings, stdout=subprocess.PIPE, check=True)
    return float(told.stdout)
