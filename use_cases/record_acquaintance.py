""" "We already know each other": noted as a meeting; whether they have lunch all the same is asked then."""

from collections.abc import Collection
from datetime import datetime

from db.open_introductions import add_acquaintance
from db.sessions import Sessions
from domain.messages import PrivateAnswer, PrivateStep
from use_cases.ask_privately import private_answer
from use_cases.find_table import find_table


def record_acquaintance(
    sessions: Sessions,
    introduction_id: str,
    slack_user_id: str,
    *,
    whom: Collection[str] = (),
    now: datetime,
) -> PrivateAnswer:
    """Note that somebody knows these people of their introduction; of several it is asked first which."""
    with sessions.write() as session:
        table = find_table(session, introduction_id, slack_user_id, now)
        answer = private_answer(session, table, PrivateStep.KNOWN, whom=whom, now=now)
        if answer.step == PrivateStep.KNOWN:
            known = {card.slack_user_id for card in answer.about}
            for member in table.members:
                if member.id != table.person.id and member.slack_user_id in known:
                    add_acquaintance(session, table.person, member, now)
        return answer
