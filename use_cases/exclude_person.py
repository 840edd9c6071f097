""" "Rather not": two people are never introduced again, and this lunch won't happen. Nobody is told."""

from collections.abc import Collection
from datetime import datetime

from db.open_introductions import exclude, withdraw
from db.sessions import Sessions
from domain.messages import PrivateAnswer, PrivateStep
from use_cases.ask_privately import private_answer
from use_cases.compose_introductions import next_full_hour
from use_cases.find_table import find_table


def exclude_person(
    sessions: Sessions,
    introduction_id: str,
    slack_user_id: str,
    *,
    whom: Collection[str],
    now: datetime,
) -> PrivateAnswer:
    """Keep somebody apart from these people of their introduction for good, and give the lunch up."""
    with sessions.write() as session:
        # Whoever has given this lunch up may still say so.
        table = find_table(session, introduction_id, slack_user_id, now, although_given_up=True)
        answer = private_answer(session, table, PrivateStep.NEVER_AGAIN, whom=whom, now=now)
        unwanted = {card.slack_user_id for card in answer.about}
        for member in table.members:
            if member.id != table.person.id and member.slack_user_id in unwanted:
                exclude(session, table.person.id, member.id, now)
        if not answer.is_past:
            withdraw(
                session,
                table.introduction.id,
                table.person.id,
                wants_another=True,
                takes_effect_at=next_full_hour(now),
            )
        return answer
