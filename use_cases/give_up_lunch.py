"""Somebody can't, or would like somebody else: the lunch is given up, and the others are freed."""

from datetime import datetime

from db.open_introductions import withdraw
from db.sessions import Sessions
from domain.messages import PrivateAnswer, PrivateStep
from use_cases.ask_privately import check_ahead, private_answer
from use_cases.compose_introductions import next_full_hour
from use_cases.find_table import find_table


def give_up_lunch(
    sessions: Sessions, introduction_id: str, slack_user_id: str, *, wants_another: bool, now: datetime
) -> PrivateAnswer:
    """Note it; it takes effect at the full hour, as everything does that others may read.

    Who `wants_another` is matched anew in the same round, if anybody is free; who can't is left in peace.
    """
    with sessions.write() as session:
        table = find_table(session, introduction_id, slack_user_id, now)
        check_ahead(session, table, now)
        step = PrivateStep.SOMEBODY_NEW if wants_another else PrivateStep.GIVEN_UP
        answer = private_answer(session, table, step, now=now)
        withdraw(
            session,
            table.introduction.id,
            table.person.id,
            wants_another=wants_another,
            takes_effect_at=next_full_hour(now),
        )
        return answer
