"""Posts of every kind are interrupted, and the manifest's scopes are all that the app needs to go on."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from app import SandboxedApp
from cli import deliveries as command
from cli import doctor
from domain.rounds import DeliveryKind, DeliveryState
from sandbox import Fault
from tests.end_to_end.company import ON_ITS_WAY, deliveries, posts, states
from tests.end_to_end.conftest import Start, with_three_people
from tests.end_to_end.serving import wait_until

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
MANIFEST = Path(__file__).parents[2] / "manifest.yaml"


def granted(*, optional: bool) -> tuple[str, ...]:
    scopes = yaml.safe_load(MANIFEST.read_text())["oauth_config"]["scopes"]
    return tuple(scope for scope in scopes["bot"] if optional or scope not in scopes["bot_optional"])


def interrupt(app: SandboxedApp, at: datetime, kind: DeliveryKind, fault: str) -> list[DeliveryState]:
    """Let the first post of a moment end like this, and go on until nothing moves any more."""
    app.clock.move_to(at + timedelta(seconds=1))
    app.installation.clockwork.run_rounds()
    app.slack.inject(Fault(fault, "chat.postMessage"))

    def is_settled() -> bool:
        app.installation.clockwork.run_deliveries()
        return not states(app.installation.sessions).keys() & ON_ITS_WAY

    wait_until(is_settled, every=0.05)
    app.slack.clear_faults()
    return sorted(one.state for one in deliveries(app.installation.sessions) if one.kind == kind)


@pytest.mark.parametrize("optional", [True, False], ids=["all scopes", "needed scopes"])
@pytest.mark.parametrize("fault", ["drop", "drop_after"])
def test_nothing_is_doubled_and_no_scope_is_missing(
    start: Start, optional: bool, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    app = with_three_people(start(scopes=granted(optional=optional), lease_seconds=0.3, lookup_seconds=0.1))
    week = timedelta(weeks=1)
    app.slack.command("U0ADA", "/lunch", "join")
    app.clock.move_to(MONDAY)
    app.installation.clockwork.run_rounds()
    notices = interrupt(app, MONDAY + timedelta(hours=1), DeliveryKind.NOTICE, fault)
    app.slack.command("U0BEN", "/lunch", "join")
    introductions = interrupt(app, MONDAY + week, DeliveryKind.INTRODUCTION, fault)
    check_ins = interrupt(app, MONDAY + week + timedelta(days=10, minutes=1), DeliveryKind.CHECK_IN, fault)

    assert notices == [DeliveryState.UNCERTAIN]
    assert introductions == [DeliveryState.SENT if optional else DeliveryState.UNCERTAIN]
    assert check_ins == [DeliveryState.SENT, DeliveryState.UNCERTAIN]
    assert all(len(messages) == 1 for messages in posts(app.slack).values())
    refused = {entry["method"] for entry in app.slack.traffic() if entry["error"] == "missing_scope"}
    assert refused == (set() if optional else {"conversations.history"})

    parts: Any = SimpleNamespace(storage=lambda: app.installation)
    capsys.readouterr()
    command.deliveries(SimpleNamespace(obj=parts))  # type: ignore[arg-type]
    printed = capsys.readouterr().out
    assert "Interrupted notes to one person: 2." in printed
    assert ("introduction" in printed) == (not optional)
    assert "check_in" not in printed
    assert all(good for good, _ in doctor._deliveries(parts)) == optional
