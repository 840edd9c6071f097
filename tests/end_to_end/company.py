"""A company in the sandbox, and what the app has stored about it."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cli.parts import Installation
from db.introductions import members_of
from db.sessions import Sessions
from db.tables import Base, Delivery, Introduction, IntroductionMember, Participant, Person, Program
from domain.programs import ParticipantState
from domain.rounds import DeliveryKind, DeliveryState
from sandbox import Sandbox
from settings import WEEKDAYS
from use_cases.accept_time import accept_time
from use_cases.propose_time import propose_time
from use_cases.run_round import run_round
from use_cases.start_due_rounds import start_round_now

ON_ITS_WAY = {DeliveryState.PENDING, DeliveryState.OPENED, DeliveryState.SENDING}


def people(count: int) -> list[dict[str, str]]:
    """Users for the sandbox."""
    return [{"id": f"U0P{number:04}", "name": f"Person {number}"} for number in range(count)]


def far_weekday() -> str:
    """A weekday on which the program's own round does not come into a test's way."""
    return WEEKDAYS[(datetime.now(UTC) + timedelta(days=3)).weekday()]


def join(session: Session, program: Program, people: Iterable[Person]) -> None:
    """These take part from the program's first day on."""
    session.add_all(
        Participant(
            program_id=program.id,
            person_id=person.id,
            state=ParticipantState.ACTIVE,
            joined_at=program.schedule_changed_at,
            changed_at=program.schedule_changed_at,
        )
        for person in people
    )


def everybody_joins(sessions: Sessions, departments: int = 5) -> None:
    """Everybody in the directory takes part, in departments of about the same size."""
    with sessions.write() as session:
        program = session.scalars(select(Program)).one()
        people = session.scalars(select(Person).order_by(Person.slack_user_id)).all()
        for number, person in enumerate(people):
            person.department = f"Department {number % departments}"
        join(session, program, people)


def match_now(installed: Installation) -> int:
    """Match this period's round; how many introductions are owed. None is sent yet."""
    now = installed.clock.now()
    claim = start_round_now(
        installed.sessions,
        workspace_id=installed.workspace_id,
        now=now,
        timing=installed.clockwork.timing,
        actor="test",
    )
    outcome = run_round(installed.sessions, claim, now=now)
    assert outcome is not None
    return outcome.introductions


def everybody_agrees(installed: Installation, at: datetime) -> None:
    """The people of each introduction agree on a time."""
    sessions, now = installed.sessions, installed.clock.now()
    with sessions.read() as session:
        people = {
            introduction.public_id: sorted(
                str(person.slack_user_id) for person in members_of(session, introduction.id)
            )
            for introduction in session.scalars(select(Introduction).where(Introduction.active))
        }
    for introduction_id, (first, *others) in people.items():
        shown = propose_time(sessions, introduction_id, first, at, now=now).message
        assert shown.suggested is not None
        for other in others:
            accept_time(sessions, introduction_id, shown.suggested.proposal_id, other, now=now)


def dump(sessions: Sessions) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with sessions.read() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
        }


def joined(sessions: Sessions) -> set[str]:
    """Slack ids of everybody who takes part."""
    with sessions.read() as session:
        return {
            str(slack_user_id)
            for slack_user_id in session.scalars(
                select(Person.slack_user_id)
                .join(Participant, Participant.person_id == Person.id)
                .where(Participant.state == ParticipantState.ACTIVE)
            )
        }


def deliveries(sessions: Sessions) -> list[Delivery]:
    with sessions.read() as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.id)))


def states(sessions: Sessions) -> Counter[DeliveryState]:
    """How many deliveries are in each state."""
    return Counter(delivery.state for delivery in deliveries(sessions))


def audience(sessions: Sessions) -> dict[str, frozenset[str]]:
    """Who should read each delivery: its opaque id, and the Slack ids of its people."""
    with sessions.read() as session:
        slack_ids = {person.id: str(person.slack_user_id) for person in session.scalars(select(Person))}
        members: dict[int, set[str]] = {}
        for member in session.scalars(select(IntroductionMember)):
            members.setdefault(member.introduction_id, set()).add(slack_ids[member.person_id])
        return {
            delivery.public_id: frozenset({slack_ids[delivery.person_id]})
            if delivery.person_id
            else frozenset(members[delivery.introduction_id or 0])
            for delivery in session.scalars(select(Delivery))
        }


def posts(slack: Sandbox) -> dict[str, list[dict[str, Any]]]:
    """What the app has posted, by the delivery id that each message carries; each with its readers."""
    bot = {slack.app_state()["bot_user_id"]}
    readers = {channel["id"]: frozenset(channel["members"]) - bot for channel in slack.channels()}
    found: dict[str, list[dict[str, Any]]] = {}
    for message in slack.messages():
        delivery_id = message["metadata"]["event_payload"]["delivery_id"]
        found.setdefault(delivery_id, []).append({**message, "readers": readers[message["channel"]]})
    return found


def check_delivered(slack: Sandbox, sessions: Sessions, *, exactly: bool) -> None:
    """Every delivery was posted to its people and nobody else, once; or, if not `exactly`, never twice.

    What is stored is what Slack has: nothing is lost, and what is uncertain is known to be.
    """
    found, expected = posts(slack), audience(sessions)
    assert found.keys() <= expected.keys()
    twice = [delivery_id for delivery_id, messages in found.items() if len(messages) > 1]
    assert twice == []
    for delivery_id, [message] in found.items():
        assert message["readers"] == expected[delivery_id]
    for delivery in deliveries(sessions):
        if delivery.state == DeliveryState.SENT:
            [message] = found[delivery.public_id]
            assert (delivery.channel_id, delivery.message_ts) == (message["channel"], message["ts"])
        else:
            assert not exactly
            assert delivery.state == DeliveryState.UNCERTAIN


def introductions(sessions: Sessions) -> list[Delivery]:
    return [one for one in deliveries(sessions) if one.kind == DeliveryKind.INTRODUCTION]
