"""The whole tree as it was at another commit, for as long as it is compared with."""

import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from .contenders import ROOT, Contender, lotse_of


class UnknownRevision(Exception):  # noqa: N818
    """There is no such commit here, or no repository."""


@contextmanager
def lotse_at(revision: str) -> Iterator[Contender]:
    """Lotse of that commit, run in the environment of today. Raises UnknownRevision."""
    found = _git("rev-parse", "--verify", "--short", "--end-of-options", f"{revision}^{{commit}}")
    commit = found.decode().strip()
    tree = _git("archive", "--format=tar", commit)
    with tempfile.TemporaryDirectory(prefix="lotse-bench-") as folder:
        with tarfile.open(fileobj=BytesIO(tree)) as archive:
            archive.extractall(folder, filter="data")
        yield lotse_of(commit, Path(folder))


def _git(*arguments: str) -> bytes:
    program = shutil.which("git")
    if program is None:
        raise UnknownRevision("git is not installed")
    done = subprocess.run([program, *arguments], cwd=ROOT, capture_output=True)
    if done.returncode:
        raise UnknownRevision(f"git {arguments[0]}: {done.stderr.decode().strip()}")
    return done.stdout
