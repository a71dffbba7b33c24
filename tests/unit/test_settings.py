"""Which Bot API is an example's, and which serves real people."""

import pytest

from bot.settings import Settings


@pytest.mark.parametrize(
    ("url", "is_local"),
    [
        ("https://api.telegram.org", False),
        ("https://API.telegram.org:443/", False),
        ("http://botapi.example.org:8081", False),
        ("http://127.0.0.1.example.org", False),
        ("http://10.0.0.5:8081", False),
        ("http://[", False),
        ("http://127.0.0.1:8081", True),
        ("http://localhost:8081", True),
        ("http://[::1]:8081", True),
    ],
)
def test_only_an_api_on_this_machine_is_an_example(url: str, is_local: bool) -> None:
    assert Settings(api_url=url).is_local is is_local
