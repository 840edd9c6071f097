"""What is read about somebody who presses, types or opens something: their language, and their Home tab."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from db.sessions import Sessions
from domain.calendar_files import CalendarFiles
from domain.home import Home
from domain.ports import Clock
from insights import FirstScreen
from slack_handlers.blocks.words import Words, words_for
from use_cases.read_locale import read_locale
from use_cases.show_home import show_home
from use_cases.show_stats import show_stats

log = structlog.get_logger()

WordsOf = Callable[[str], Words]
"""The words for a Slack user id. Ask after the use case: whoever joins is known only then."""


@dataclass(frozen=True, slots=True)
class HomeTab:
    """What the Home tab of one person shows besides where they stand."""

    home: Home | None = None
    screen: FirstScreen | None = None
    """HR's numbers, for HR alone."""
    site: str | None = None
    """Where the pages on the web are, if there are any."""


HomeOf = Callable[[str], HomeTab]
"""For a Slack user id. Ask after the use case, too."""


def home_of_readers(
    sessions: Sessions,
    is_hr: Callable[[str], bool],
    *,
    workspace_id: int,
    clock: Clock,
    calendar: CalendarFiles,
    site: str | None,
) -> HomeOf:
    """What listeners ask for as `home_of`."""

    def home_of(slack_user_id: str) -> HomeTab:
        here: Any = {"workspace_id": workspace_id, "now": clock.now()}
        return HomeTab(
            show_home(sessions, slack_user_id, calendar=calendar, **here),
            show_stats(sessions, is_hr, slack_user_id, where="Home tab", **here),
            site,
        )

    return home_of


def words_of_readers(sessions: Sessions, *, workspace_id: int) -> WordsOf:
    """What listeners ask for as `words_of`."""

    def words_of(slack_user_id: str) -> Words:
        try:
            return words_for(read_locale(sessions, slack_user_id, workspace_id=workspace_id))
        except SQLAlchemyError as error:
            # What was asked for is done by now: it is told in English rather than not at all.
            log.warning("language not read", error=type(error).__name__)
            return words_for()

    return words_of
