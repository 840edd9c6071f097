"""In which words somebody reads who presses, types or opens something."""

from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from db.sessions import Sessions
from slack_handlers.blocks.words import Words, words_for
from use_cases.read_locale import read_locale

log = structlog.get_logger()

WordsOf = Callable[[str], Words]
"""The words for a Slack user id. Ask after the use case: whoever joins is known only then."""


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
