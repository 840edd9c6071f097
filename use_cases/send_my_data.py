"""Somebody gets everything that is stored about them, as a file in the bot's own DM."""

from datetime import datetime

import structlog

from db.people import person_by_slack_id
from db.sessions import Sessions
from domain.errors import DataNotSent, MessengerError, NothingStored
from domain.messages import PersonalFile
from domain.ports import Messenger
from use_cases.export_person import export_person

log = structlog.get_logger()

FILE_NAME = "lunchmates-my-data.json"


def send_my_data(
    sessions: Sessions, messenger: Messenger, slack_user_id: str, *, workspace_id: int, now: datetime
) -> None:
    """Send the file to nobody but the person whom it is about."""
    with sessions.read() as session:
        person = person_by_slack_id(session, workspace_id, slack_user_id)
        if person is None:
            raise NothingStored()
        file = PersonalFile(FILE_NAME, export_person(session, person, now=now), (person.locale,))
    try:
        messenger.send_file(messenger.open_conversation([slack_user_id]), file)
    except MessengerError as error:
        log.warning("file not sent", code=error.code)
        raise DataNotSent() from error
