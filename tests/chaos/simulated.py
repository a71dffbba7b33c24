"""What the simulated Telegram is asked for and what it has recorded."""

from typing import Any

from stage import World


async def faults(world: World, **wanted: Any) -> None:
    async with world.session.put(f"{world.simulator.url}/faults", json=wanted) as answer:
        answer.raise_for_status()


async def sends(world: World, after: int = 0) -> int:
    """How many messages were sent or edited."""
    return sum(call["ok"] for call in await calls(world, after))


async def calls(world: World, after: int = 0) -> list[dict[str, Any]]:
    url = f"{world.simulator.url}/record?after={after}"
    async with world.session.get(url) as answer:
        made = (await answer.json())["calls"]
    return [call for call in made if call["method"].startswith(("send", "edit"))]
