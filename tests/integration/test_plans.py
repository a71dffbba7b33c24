"""No statement reads what grows with what it does not touch: each one's plan, on both engines."""

import pytest
from plans import Noting, read_whole
from whole_life import live

from bot.storage.engine.database import Tx
from bot.storage.engine.migrations import open_newest

SMALL: dict[str, str] = {}


def of_a_life(tx: Tx) -> Noting:
    noting = Noting(tx)
    live(noting)
    return noting


async def test_no_statement_reads_a_large_table_from_end_to_end(url: str) -> None:
    async with open_newest(url) as database:
        engine = database.dialect.name

        def plans(tx: Tx) -> dict[str, set[str]]:
            noting = of_a_life(tx)
            if engine == "postgresql":
                tx.run("SET LOCAL enable_seqscan = off")
            return {
                sql: read_whole(tx, engine, sql, values)
                for sql, values in noting.statements.items()
            }

        found = await database.run(plans)
    for sql, whole in found.items():
        if whole: print(whole, sql[:1000])
    assert 0
