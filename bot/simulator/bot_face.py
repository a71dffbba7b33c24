"""What a phone shows of the bot itself: its photo, its texts, its commands."""

from aiohttp import web

from bot.simulator.profile import Profile
from bot.simulator.world import World


class BotFace:
    """Reads for people what the bot has told of itself."""

    def __init__(self, world: World, profile: Profile) -> None:
        self._world = world
        self._profile = profile

    def add_routes(self, app: web.Application) -> None:
        """Commands and texts in the language of a person's phone; one photo for all."""
        app.router.add_get(r"/people/{id:-?\d+}/commands", self._commands)
        app.router.add_get(r"/people/{id:-?\d+}/profile", self._texts)
        app.router.add_get("/photo", self._photo)

    async def _commands(self, request: web.Request) -> web.Response:
        person_id, language = self._reader(request)
        return web.json_response(self._profile.commands_for(person_id, language))

    async def _texts(self, request: web.Request) -> web.Response:
        return web.json_response(self._profile.shown_to(self._reader(request)[1]))

    async def _photo(self, request: web.Request) -> web.Response:
        if self._profile.photo is None:
            return web.json_response({"error": "the bot has no photo"}, status=404)
        return web.Response(body=self._profile.photo, content_type="image/jpeg")

    def _reader(self, request: web.Request) -> tuple[int, str]:
        person_id = int(request.match_info["id"])
        chat = self._world.chats.get(person_id)
        user = chat.user if chat else None
        return person_id, (user or {}).get("language_code", "")
