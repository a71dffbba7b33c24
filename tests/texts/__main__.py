"""`python -m tests.texts`, a part of `make check`: every slip a line, and the hardest texts."""

import sys
from itertools import chain

from . import hardness, readable, spelling, translation_slips


def main() -> int:
    """Print what is wrong; 1 if any of it is more than a warning."""
    texts = readable.everything()
    checks = (spelling.check(texts), translation_slips.check(), hardness.check(texts))
    problems = list(chain(*checks))
    for problem in problems:
        print(problem)
    print("The German texts hardest to read (docs/translating.md):")
    for measured in hardness.hardest(texts):
        print(f"  {measured}")
    return int(any(problem.severity == "error" for problem in problems))


if __name__ == "__main__":
    sys.exit(main())
