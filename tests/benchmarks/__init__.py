"""What is done how fast: the bot beside two bare bots, and beside itself where there is more.

`make bench`. Imports within are relative: `tests` is no package, for pytest's sake. What pytest
finds in the folder above by its own path is made findable here: the PostgreSQL of the tests.
"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent))
