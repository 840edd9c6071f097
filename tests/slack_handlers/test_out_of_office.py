"""A status that says "out of office", and the many that don't."""

from datetime import UTC, datetime
from typing import Any

import pytest

from slack_handlers.out_of_office import read_status

AT = datetime(2026, 12, 4, 23, tzinfo=UTC)


def status(text: str = "", emoji: str = "", expiration: Any = 0) -> tuple[bool, datetime | None]:
    return read_status({"status_text": text, "status_emoji": emoji, "status_expiration": expiration})


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        ("Vacationing", ":palm_tree:"),
        ("Out sick", ":face_with_thermometer:"),
        ("", ":palm_tree:"),
        ("", ":desert_island:"),
        ("Lisbon!", ":airplane:"),
        ("OOO", ""),
        ("ooo until Friday", ":calendar:"),
        ("I'm out of office", ""),
        ("I’m on vacation until 4 Jan", ""),
        ("Out of the office, back on Monday", ""),
        ("On parental leave", ":baby:"),
        ("on annual leave", ""),
        ("Urlaub", ""),
        ("Im Urlaub bis 4.1., zurück am 5.1.", ":snowflake:"),
        ("Elternzeit", ""),
        ("in Elternzeit", ""),
        ("abwesend", ""),
        ("heute krank", ""),
        ("Ich bin im Urlaub", ""),
    ],
)
def test_out_of_office(text: str, emoji: str) -> None:
    assert status(text, emoji) == (True, None)


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        ("", ""),
        ("In a meeting", ":spiral_calendar_pad:"),
        ("Working remotely", ":house_with_garden:"),
        ("Commuting", ":bus:"),
        ("Focus time", ":headphones:"),
        ("Back from vacation", ":palm_tree:"),
        ("Zurück aus dem Urlaub", ":palm_tree:"),
        ("Vacation planning", ""),
        ("Urlaub ab 5. Dezember", ""),
        ("Vacation next week", ""),
        ("Happy holidays!", ":christmas_tree:"),
        ("Leave me alone", ""),
        ("Ask me about out of office messages", ""),
        ("oooh", ""),
        ("Kranken House", ""),
        ("Urlaubsplanung", ""),
    ],
)
def test_at_work(text: str, emoji: str) -> None:
    assert status(text, emoji) == (False, None)


def test_the_end_is_read_where_slack_says_it() -> None:
    assert status("OOO", expiration=int(AT.timestamp())) == (True, AT)
    assert status("Lunch", expiration=int(AT.timestamp())) == (False, None)
    for wrong in (0, -1, None, "soon", 10**30, True):
        assert status("OOO", expiration=wrong) == (True, None)


def test_a_profile_without_a_status_is_at_work() -> None:
    assert read_status({}) == (False, None)
    assert read_status({"status_text": None, "status_emoji": None}) == (False, None)
