"""In which words somebody reads who presses, types or opens something."""

from collections.abc import Callable

from db.sessions import Sessions
from slack_handlers.blocks.words import Words, words_for
from use_cases.read_locale import read_locale

WordsOf = Callable[[str], Words]
"""The words for a Slack user id. Ask after the use case: whoever joins is known only then."""


def words_of_readers(sessions: Sessions, *, workspace_id: int) -> WordsOf:
    """What listeners ask for as `words_of`."""

    def words_of(slack_user_id: str) -> Words:
        return words_for(read_locale(sessions, slack_user_id, workspace_id=workspace_id))

    return words_of
