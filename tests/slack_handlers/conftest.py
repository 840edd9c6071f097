"""A sandbox workspace for one test, and the clients that the app has."""

from collections.abc import Iterator

import pytest

from sandbox import Sandbox

TOKEN, SECRET = "xoxb-test", "signing-secret"


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """A workspace with Ada, Ben and Cleo, whose clock is fast enough for rate limits not to matter."""
    with Sandbox(signing_secret=SECRET, bot_token=TOKEN, speed=100_000) as sandbox:
        sandbox.add_users({"id": f"U0{name.upper()}", "name": name} for name in ("Ada", "Ben", "Cleo"))
        yield sandbox
