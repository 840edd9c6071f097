"""What the newest round came to: its values beside their bounds, and what became of its deliveries."""

from dataclasses import dataclass

from sqlalchemy import select

from db.deliveries import count_by_state
from db.sessions import Sessions
from db.tables import Introduction, IntroductionMember, Person, Program, Round
from domain.rounds import DeliveryState, RoundOutcome, RoundState


@dataclass(frozen=True, slots=True)
class RoundSummary:
    """A round, its deliveries by state, and who should have got which group DM."""

    outcome: RoundOutcome
    deliveries: dict[DeliveryState, int]
    introduced: tuple[frozenset[str], ...]
    """Slack ids of each active introduction."""


def summarise_round(sessions: Sessions, *, workspace_id: int) -> RoundSummary | None:
    """The newest round that took place, even with nobody in it, or None where there was none yet."""
    with sessions.read() as session:
        round_ = session.scalars(
            select(Round)
            .join(Program, Program.id == Round.program_id)
            .where(
                Program.workspace_id == workspace_id,
                Round.state.in_([RoundState.MATCHED, RoundState.CLOSED, RoundState.SKIPPED]),
            )
            .order_by(Round.id.desc())
            .limit(1)
        ).one_or_none()
        if round_ is None or round_.outcome is None:
            return None
        members: dict[int, set[str]] = {}
        for introduction_id, slack_id in session.execute(
            select(IntroductionMember.introduction_id, Person.slack_user_id)
            .join(Person, Person.id == IntroductionMember.person_id)
            .join(Introduction, Introduction.id == IntroductionMember.introduction_id)
            .where(Introduction.round_id == round_.id, Introduction.active)
        ):
            members.setdefault(introduction_id, set()).add(slack_id or "")
        return RoundSummary(
            outcome=RoundOutcome(**round_.outcome),
            deliveries=count_by_state(session, round_.id),
            introduced=tuple(frozenset(people) for people in members.values()),
        )
