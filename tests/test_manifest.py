"""The manifest asks Slack for what the code uses, and for nothing else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from sandbox.methods import METHODS
from web.sign_in import CALLBACK
from web.slack_openid import SCOPE

ROOT = Path(__file__).parent.parent
# Of the scopes that a method takes, the app writes to group DMs and to one person, and looks into group DMs
# alone; tests/end_to_end/test_interrupted_posts.py holds that with these scopes nothing is refused.
NARROWED = {
    "conversations.open": {"mpim:write", "im:write"},
    "conversations.history": {"mpim:history"},
}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yaml").read_text())
    return loaded


def sources() -> Iterator[Path]:
    yield ROOT / "app.py"
    yield from (ROOT / "slack_handlers").rglob("*.py")


def called_methods() -> set[str]:
    """Every Web API method whose client function is handed to `call`."""
    names = {method.replace(".", "_").lower(): {method} for method in METHODS}
    # One function of the client for three steps.
    names["files_upload_v2"] = {"files.getUploadURLExternal", "files.completeUploadExternal"}
    return {
        method
        for source in sources()
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "call"
        for argument in node.args[:1]
        if isinstance(argument, ast.Attribute)
        for method in names[argument.attr.lower()]
    }


def registered(decorator: str) -> set[str]:
    text = "\n".join(source.read_text() for source in sources())
    return set(re.findall(rf'app\.{decorator}\("([^"]+)"\)', text))


def test_every_scope_is_used_and_none_is_missing(manifest: dict[str, Any]) -> None:
    methods = called_methods()
    assert {"chat.postMessage", "conversations.open", "users.list", "views.publish"} <= methods
    of_the_bot = {one for one in methods if not METHODS[one].app_level}
    needed = set().union(*(NARROWED.get(one, set(METHODS[one].scopes)) for one in of_the_bot))
    scopes = manifest["oauth_config"]["scopes"]
    optional = {"mpim:history", "usergroups:read", "users.profile:read", "users:read.email"}
    assert set(scopes["bot_optional"]) == optional
    # Slack wants optional scopes in both lists: https://docs.slack.dev/reference/app-manifest
    # Commands need a scope, and no method.
    assert set(scopes["bot"]) == needed | optional | {"commands"}


def test_every_event_and_command_is_listened_to(manifest: dict[str, Any]) -> None:
    assert set(manifest["settings"]["event_subscriptions"]["bot_events"]) == registered("event")
    commands = {command["command"] for command in manifest["features"]["slash_commands"]}
    assert commands == registered("command")


def test_interactivity_and_the_home_tab_are_on(manifest: dict[str, Any]) -> None:
    assert manifest["settings"]["interactivity"]["is_enabled"]
    assert manifest["features"]["app_home"]["home_tab_enabled"]


def test_signing_in_asks_for_who_somebody_is_and_nothing_else() -> None:
    asked = yaml.safe_load((ROOT / "manifest-sign-in.yaml").read_text())
    assert asked["oauth_config"]["scopes"] == {"user": [SCOPE]}
    [address] = asked["oauth_config"]["redirect_urls"]
    assert address == f"https://lunch.example.com{CALLBACK}"
    assert "features" not in asked
