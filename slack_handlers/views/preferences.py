"""The preferences that somebody saves."""

import re
from collections.abc import Sequence
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from db.sessions import Sessions
from domain.errors import UnmetWish
from domain.ports import Clock
from domain.preferences import LunchFormat, PreferenceField, Preferences
from slack_handlers.blocks.preferences import (
    DIRECTORY,
    PICKED,
    chosen_values,
    office_value,
    preferences_saved,
)
from slack_handlers.home import publish_home
from slack_handlers.readers import HomeOf, WordsOf
from use_cases.ask_preferences import ask_preferences
from use_cases.change_preferences import change_preferences
from use_cases.show_status import show_status

Values = dict[str, dict[str, dict[str, Any]]]


def preferences(
    ack: Ack,
    client: WebClient,
    body: dict[str, Any],
    view: dict[str, Any],
    sessions: Sessions,
    clock: Clock,
    workspace_id: int,
    words_of: WordsOf,
    home_of: HomeOf,
) -> None:
    """Store them, or say under each field why it can't be."""
    user, now = body["user"]["id"], clock.now()
    try:
        question = ask_preferences(sessions, user, workspace_id=workspace_id)
    except UnmetWish as error:
        # Whoever was forgotten while it lay open: without this Slack would say that the app is down.
        ack(response_action="errors", errors={PreferenceField.FORMAT.value: words_of(user).say_error(error)})
        return
    offices = [*question.offices, *([question.said.office] if question.said.office else [])]
    values: Values = view["state"]["values"]
    picked = set(_picked(values, PreferenceField.LEFT_OUT).get("selected_users") or ())
    shown = _shown(view["blocks"])
    saved = change_preferences(
        sessions,
        user,
        _said(values, offices),
        added=sorted(picked - shown),
        removed=sorted(shown - picked),
        workspace_id=workspace_id,
        now=now,
    )
    words = words_of(user)
    if saved.refused:
        errors = {field.value: words.say_error(error) for field, error in saved.refused.items()}
        ack(response_action="errors", errors=errors)
    elif view["private_metadata"]:
        ack()
        result = show_status(sessions, user, workspace_id=workspace_id, now=now)
        publish_home(client, user, words, result, home_of(user))
    else:
        ack(response_action="update", view=preferences_saved(words, saved))


def _said(values: Values, offices: Sequence[str]) -> Preferences:
    """What stands in the modal now; a field that was emptied is left at its default."""
    usual = Preferences()
    hours = [int(one) for one in _many(values, PreferenceField.LUNCH_HOURS)]
    interests = re.split(r"[,\n]", _picked(values, PreferenceField.INTERESTS).get("value") or "")
    return Preferences(
        format=LunchFormat(_one(values, PreferenceField.FORMAT) or usual.format),
        office=_office(_one(values, PreferenceField.OFFICE), offices),
        weekdays=frozenset(int(one) for one in _many(values, PreferenceField.WEEKDAYS)) or usual.weekdays,
        lunch_hours=frozenset(hours) or usual.lunch_hours,
        names_hours=bool(hours),
        languages=tuple(_many(values, PreferenceField.LANGUAGES)),
        ask_about=_picked(values, PreferenceField.ASK_ABOUT).get("value"),
        interests=_each_once(interests),
        every_rounds=int(_one(values, PreferenceField.EVERY_ROUNDS) or usual.every_rounds),
        heads_up=bool(_many(values, PreferenceField.HEADS_UP)),
    )


def _office(value: str | None, offices: Sequence[str]) -> str | None:
    if value in (None, DIRECTORY):
        return None
    # What no office has as its value any more is refused where it is stored.
    return next((office for office in offices if office_value(office) == value), value)


def _each_once(parts: Sequence[str]) -> tuple[str, ...] | None:
    named = {" ".join(part.split()).casefold(): " ".join(part.split()) for part in reversed(parts)}
    return tuple(reversed([one for one in named.values() if one])) or None


def _shown(blocks: list[dict[str, Any]]) -> set[str]:
    """Whom the list named when it was opened: only what changes since is stored."""
    [element] = [each["element"] for each in blocks if each["block_id"] == PreferenceField.LEFT_OUT]
    return set(element.get("initial_users") or ())


def _picked(values: Values, field: PreferenceField) -> dict[str, Any]:
    return values[field][PICKED]


def _one(values: Values, field: PreferenceField) -> str | None:
    option = _picked(values, field)["selected_option"]
    return option and str(option["value"])


def _many(values: Values, field: PreferenceField) -> list[str]:
    return chosen_values(_picked(values, field)["selected_options"])
