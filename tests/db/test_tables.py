"""Each invariant of the schema refuses the row that breaks it, whatever the code above believes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, UniqueConstraint, literal_column, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.sessions import Sessions
from db.tables import (
    Answer,
    Base,
    CalledOff,
    Census,
    Delivery,
    Exclusion,
    Introduction,
    IntroductionMember,
    Meeting,
    Participant,
    PastMembership,
    Person,
    Preference,
    Program,
    Proposal,
    ReleasedTable,
    ReportGroups,
    ReportPeriod,
    Round,
    SitOut,
    SkippedRound,
    Withdrawal,
    Workspace,
)
from tests.conftest import MONDAY

TODAY = date(2026, 11, 23)


@dataclass
class World:
    """One good row of each table, and the means to make another."""

    session: Session
    ids: dict[str, int] = field(default_factory=dict)

    def __getattr__(self, name: str) -> int:
        return self.ids[name]

    def keep(self, name: str, row: Any) -> None:
        self.session.add(row)
        self.session.flush()
        self.ids[name] = row.id

    def add(self, row: Base) -> None:
        self.session.add(row)
        self.session.flush()

    def program_at(self, **values: Any) -> Program:
        given = {"name": "Second", "weekday": 0, "local_time": time(10), "grace_minutes": 60, **values}
        return Program(
            workspace_id=self.workspace,
            timezone="UTC",
            anchor_on=TODAY,
            schedule_changed_at=MONDAY,
            **given,
        )

    def round_(self, **values: Any) -> Round:
        given = {"state": "missed", "period_on": None, "program_id": self.program, **values}
        return Round(slot_at=MONDAY, ends_at=MONDAY, seed=1, **given)

    def introduction_(self, public_id: str, round_id: int) -> Introduction:
        return Introduction(
            public_id=public_id, round_id=round_id, why=["new"], starter=0, proposer_id=self.ann
        )

    def delivery_(self, **values: Any) -> Delivery:
        given = {"public_id": "d9", "kind": "notice", "person_id": self.bob, "recipient_key": "9", **values}
        return Delivery(
            workspace_id=self.workspace,
            program_id=self.program,
            **{"round_id": self.round, "state": "pending", **given},
            due_at=MONDAY,
        )

    def meeting_(self, low: int, high: int, **values: Any) -> Meeting:
        given = {"source": "imported", **values}
        return Meeting(workspace_id=self.workspace, low_id=low, high_id=high, **given)

    def word(self, table: type[Base], column: str, word: str, **values: Any) -> None:
        # literal_column goes around the enum of the code.
        self.session.execute(update(table).values({column: literal_column(f"'{word}'"), **values}))


@pytest.fixture
def world(shared_sessions: Sessions) -> Iterator[World]:
    """A world whose changes are thrown away."""
    with shared_sessions.write() as session:
        world = World(session)
        world.keep("workspace", Workspace(team_id="T1", name="Lunch Company", created_at=MONDAY))
        for name in ("ann", "bob", "cat"):
            world.keep(name, Person(workspace_id=world.workspace, external_id=name, slack_user_id=f"U{name}"))
        world.keep("program", world.program_at(name="Lunch"))
        world.keep(
            "participant",
            Participant(
                program_id=world.program,
                person_id=world.ann,
                state="active",
                joined_at=MONDAY,
                changed_at=MONDAY,
            ),
        )
        world.keep("round", world.round_(period_on=TODAY))
        world.keep("other_round", world.round_())
        world.keep("introduction", world.introduction_("i1", world.round))
        world.keep("second", world.introduction_("i2", world.round))
        for introduction_id, person_id in ((world.introduction, world.ann), (world.introduction, world.bob)):
            world.add(
                IntroductionMember(introduction_id=introduction_id, round_id=world.round, person_id=person_id)
            )
        world.add(
            Answer(introduction_id=world.introduction, person_id=world.ann, answer="met", answered_at=MONDAY)
        )
        world.add(proposal(world, public_id="p1", state="open"))
        world.add(proposal(world, public_id="p2", state="accepted", accepted_at=MONDAY))
        world.add(Preference(person_id=world.ann))
        world.add(SitOut(round_id=world.round, person_id=world.cat, reason="odd number"))
        world.add(world.meeting_(world.ann, world.bob))
        world.add(world.meeting_(world.ann, world.bob, met_on=TODAY))
        world.add(
            world.meeting_(
                world.ann, world.bob, source="confirmed", introduction_id=world.introduction, met_on=TODAY
            )
        )
        world.add(
            world.delivery_(public_id="d1", person_id=world.cat, recipient_key="person")  # the notice
        )
        world.add(world.delivery_(public_id="d3", kind="welcome_back", round_id=None, recipient_key="back"))
        world.add(
            world.delivery_(
                public_id="d2",
                kind="introduction",
                introduction_id=world.introduction,
                person_id=None,
                recipient_key="group",
            )
        )
        world.add(
            ReleasedTable(
                workspace_id=world.workspace,
                name="funnel",
                period_on=TODAY,
                weeks=4,
                body={},
                released_at=MONDAY,
            )
        )
        world.add(past(world))
        world.keep("period", period(world))
        world.add(Census(report_period_id=world.period, person_id=world.ann))
        world.add(
            ReportGroups(workspace_id=world.workspace, attribute="department", period_on=TODAY, group_of={})
        )
        yield world
        session.rollback()


def member(world: World, introduction_id: int, person_id: int, round_id: int) -> IntroductionMember:
    return IntroductionMember(introduction_id=introduction_id, person_id=person_id, round_id=round_id)


def released(world: World, **values: Any) -> ReleasedTable:
    given = {"name": "funnel", "weeks": 4, **values}
    return ReleasedTable(workspace_id=world.workspace, period_on=TODAY, body={}, released_at=MONDAY, **given)


def past(world: World, **values: Any) -> PastMembership:
    return PastMembership(
        participant_id=world.participant, **{"since_at": MONDAY, "until_at": MONDAY, **values}
    )


def period(world: World, **values: Any) -> ReportPeriod:
    given = {"weeks": 4, "state": "counted", "ends_at": MONDAY + timedelta(weeks=4), **values}
    return ReportPeriod(workspace_id=world.workspace, period_on=TODAY, begins_at=MONDAY, **given)


def proposal(world: World, **values: Any) -> Proposal:
    given = {"public_id": "p9", "state": "replaced", "kind": "lunch", "proposer_id": world.ann, **values}
    return Proposal(introduction_id=world.introduction, starts_at=MONDAY, created_at=MONDAY, **given)


def person(world: World, **values: Any) -> Person:
    return Person(workspace_id=world.workspace, **values)


def participant(world: World, person_id: int, **values: Any) -> Participant:
    return Participant(
        program_id=world.program, person_id=person_id, joined_at=MONDAY, changed_at=MONDAY, **values
    )


Attempt = Callable[[World], object]

REFUSED: list[tuple[str, Attempt]] = [
    (
        "uq_workspace_enterprise_id_team_id",
        lambda w: w.add(Workspace(team_id="T1", name="again", created_at=MONDAY)),
    ),
    ("uq_person_workspace_id_external_id", lambda w: w.add(person(w, external_id="ann"))),
    ("uq_person_workspace_id_slack_user_id", lambda w: w.add(person(w, slack_user_id="Uann"))),
    ("ck_person_known", lambda w: w.add(person(w, name="Nobody"))),
    (
        "ck_person_own_manager",
        lambda w: w.session.execute(update(Person).values(manager_id=Person.id)),
    ),
    ("uq_program_workspace_id_name", lambda w: w.add(w.program_at(name="Lunch"))),
    ("ck_program_cadence", lambda w: w.add(w.program_at(cadence_weeks=0))),
    ("ck_program_cadence", lambda w: w.add(w.program_at(cadence_weeks=13))),
    ("ck_program_group_size", lambda w: w.add(w.program_at(group_size=1))),
    ("ck_program_group_size", lambda w: w.add(w.program_at(group_size=9))),
    ("ck_program_weekday", lambda w: w.add(w.program_at(weekday=-1))),
    ("ck_program_weekday", lambda w: w.add(w.program_at(weekday=7))),
    ("ck_program_local_time", lambda w: w.add(w.program_at(local_time=time(5, 59)))),
    ("ck_program_local_time", lambda w: w.add(w.program_at(local_time=time(5, 59, 59, 999999)))),
    ("ck_program_local_time", lambda w: w.add(w.program_at(local_time=time(22, 1)))),
    ("ck_program_local_time", lambda w: w.add(w.program_at(local_time=time(22, 0, 0, 1)))),
    ("ck_program_grace", lambda w: w.add(w.program_at(grace_minutes=0))),
    ("uq_participant_program_id_person_id", lambda w: w.add(participant(w, w.ann, state="left"))),
    ("ck_participant_pause", lambda w: w.add(participant(w, w.bob, state="paused"))),
    ("ck_participant_pause", lambda w: w.add(participant(w, w.bob, state="active", paused_until=TODAY))),
    (
        "ck_participant_resting",
        lambda w: w.add(participant(w, w.bob, state="paused", paused_until=TODAY, resting_at=MONDAY)),
    ),
    ("ck_participant_resting", lambda w: w.add(participant(w, w.bob, state="left", resting_at=MONDAY))),
    ("fk_skipped_round_participant_id", lambda w: w.add(SkippedRound(participant_id=-1, period_on=TODAY))),
    ("ck_participant_state", lambda w: w.word(Participant, "state", "sleeping")),
    ("uq_round_program_id_period_on", lambda w: w.add(w.round_(period_on=TODAY))),
    ("ck_round_lease", lambda w: w.add(w.round_(state="claimed"))),
    ("ck_round_matched", lambda w: w.add(w.round_(state="matched", matched_at=MONDAY))),
    ("ck_round_matched", lambda w: w.add(w.round_(state="closed", input_digest="0"))),
    ("ck_round_state", lambda w: w.word(Round, "state", "running")),
    ("uq_introduction_public_id", lambda w: w.add(w.introduction_("i1", w.round))),
    ("uq_introduction_member_active", lambda w: w.add(member(w, w.second, w.ann, w.round))),
    (
        "fk_introduction_member_introduction_id_round_id",
        lambda w: w.add(member(w, w.second, w.cat, w.other_round)),
    ),
    ("ck_sit_out_reason", lambda w: w.word(SitOut, "reason", "nobody likes you")),
    ("ck_meeting_ordered", lambda w: w.add(w.meeting_(w.cat, w.bob))),
    ("ck_meeting_ordered", lambda w: w.add(w.meeting_(w.bob, w.bob))),
    ("ck_meeting_confirmed", lambda w: w.add(w.meeting_(w.bob, w.cat, source="confirmed"))),
    ("ck_meeting_source", lambda w: w.word(Meeting, "source", "hearsay")),
    (
        "uq_meeting_introduction",
        lambda w: w.add(w.meeting_(w.ann, w.bob, source="confirmed", introduction_id=w.introduction)),
    ),
    ("uq_meeting_dated", lambda w: w.add(w.meeting_(w.ann, w.bob, met_on=TODAY))),
    ("uq_meeting_undated", lambda w: w.add(w.meeting_(w.ann, w.bob))),
    (
        "ck_exclusion_other",
        lambda w: w.add(Exclusion(owner_id=w.ann, other_id=w.ann, created_at=MONDAY)),
    ),
    ("uq_delivery_public_id", lambda w: w.add(w.delivery_(public_id="d1"))),
    (
        "uq_delivery_introduction_id_kind_recipient_key",
        lambda w: w.add(
            w.delivery_(
                kind="introduction", introduction_id=w.introduction, person_id=None, recipient_key="group"
            )
        ),
    ),
    ("uq_delivery_notice", lambda w: w.add(w.delivery_(person_id=w.cat, recipient_key="person"))),
    ("ck_delivery_introduction", lambda w: w.add(w.delivery_(kind="introduction", person_id=None))),
    ("ck_delivery_introduction", lambda w: w.add(w.delivery_(introduction_id=w.introduction))),
    ("ck_delivery_recipient", lambda w: w.add(w.delivery_(person_id=None))),
    (
        "ck_delivery_recipient",
        lambda w: w.add(w.delivery_(kind="introduction", introduction_id=w.second)),
    ),
    ("ck_delivery_round", lambda w: w.add(w.delivery_(round_id=None))),
    ("ck_delivery_round", lambda w: w.add(w.delivery_(kind="welcome_back"))),
    (
        "uq_delivery_welcome_back",
        lambda w: w.add(w.delivery_(kind="welcome_back", round_id=None, recipient_key="back")),
    ),
    ("ck_delivery_round", lambda w: w.add(w.delivery_(kind="heads_up"))),
    ("ck_delivery_round", lambda w: w.add(w.delivery_(kind="resting"))),
    ("ck_delivery_introduction", lambda w: w.add(w.delivery_(kind="nudge"))),
    *(
        (
            "uq_delivery_promise",
            lambda w, kind=kind: [
                w.add(w.delivery_(public_id=f"n{one}", kind=kind, introduction_id=one, recipient_key="n"))
                for one in (w.introduction, w.second)
            ],
        )
        for kind in ("nudge", "check_in")
    ),
    ("ck_delivery_channel", lambda w: w.add(w.delivery_(state="opened"))),
    ("ck_delivery_channel", lambda w: w.add(w.delivery_(state="sending", sending_at=MONDAY))),
    ("ck_delivery_message", lambda w: w.add(w.delivery_(state="sent", channel_id="C1"))),
    ("ck_delivery_message", lambda w: w.add(w.delivery_(message_ts="1.2"))),
    ("ck_delivery_sending", lambda w: w.add(w.delivery_(state="sending", channel_id="C1"))),
    ("ck_delivery_sending", lambda w: w.add(w.delivery_(state="uncertain", channel_id="C1"))),
    ("ck_delivery_reason", lambda w: w.add(w.delivery_(state="failed"))),
    ("ck_delivery_reason", lambda w: w.add(w.delivery_(state="cancelled"))),
    ("ck_delivery_reason", lambda w: w.add(w.delivery_(reason="because"))),
    ("ck_delivery_lease", lambda w: w.add(w.delivery_(lease_token="t"))),
    ("ck_delivery_lease", lambda w: w.add(w.delivery_(lease_expires_at=MONDAY))),
    (
        "ck_delivery_kind",
        lambda w: w.word(Delivery, "kind", "advert", person_id=w.bob, introduction_id=None, round_id=w.round),
    ),
    ("ck_delivery_state", lambda w: w.word(Delivery, "state", "lost")),
    ("ck_answer_answer", lambda w: w.word(Answer, "answer", "perhaps")),
    ("ck_answer_thumb", lambda w: w.session.execute(update(Answer).values(thumb=0))),
    (
        "ck_answer_thumb",
        lambda w: w.session.execute(update(Answer).values(thumb=1, answer="not this time")),
    ),
    ("ck_preference_format", lambda w: w.word(Preference, "format", "by letter")),
    ("ck_preference_every_rounds", lambda w: w.add(Preference(person_id=w.bob, every_rounds=3))),
    ("uq_proposal_public_id", lambda w: w.add(proposal(w, public_id="p1"))),
    ("uq_proposal_open", lambda w: w.add(proposal(w, state="open", proposer_id=w.bob))),
    ("uq_proposal_accepted", lambda w: w.add(proposal(w, state="accepted", accepted_at=MONDAY))),
    ("ck_proposal_accepted", lambda w: w.add(proposal(w, state="accepted"))),
    ("ck_proposal_open", lambda w: w.add(proposal(w, state="open", accepted_at=MONDAY))),
    ("ck_proposal_kind", lambda w: w.word(Proposal, "kind", "dinner")),
    ("ck_proposal_state", lambda w: w.word(Proposal, "state", "forgotten")),
    ("fk_proposal_introduction_id_proposer_id", lambda w: w.add(proposal(w, proposer_id=w.cat))),
    ("uq_released_table_workspace_id_name_period_on", lambda w: w.add(released(w))),
    ("ck_released_table_weeks", lambda w: w.add(released(w, name="other", weeks=0))),
    ("uq_past_membership_participant_id_since_at", lambda w: w.add(past(w))),
    ("ck_past_membership_span", lambda w: w.add(past(w, since_at=MONDAY + timedelta(days=1)))),
    ("uq_report_period_workspace_id_weeks_period_on", lambda w: w.add(period(w))),
    ("ck_report_period_weeks", lambda w: w.add(period(w, weeks=0))),
    ("ck_report_period_span", lambda w: w.add(period(w, weeks=12, ends_at=MONDAY))),
    ("ck_report_period_settled", lambda w: w.add(period(w, weeks=12, settled_at=MONDAY))),
    ("ck_report_period_settled", lambda w: w.add(period(w, weeks=12, state="released"))),
    ("ck_report_period_state", lambda w: w.word(ReportPeriod, "state", "guessed", settled_at=MONDAY)),
    (
        "uq_report_groups_workspace_id_attribute_period_on",
        lambda w: w.add(
            ReportGroups(workspace_id=w.workspace, attribute="department", period_on=TODAY, group_of={})
        ),
    ),
    ("fk_census_person_id", lambda w: w.add(Census(report_period_id=w.period, person_id=-1))),
    ("fk_person_workspace_id", lambda w: w.add(Person(workspace_id=-1, external_id="x"))),
    ("fk_person_manager_id", lambda w: w.add(person(w, external_id="x", manager_id=-1))),
    ("fk_round_program_id", lambda w: w.add(w.round_(program_id=-1))),
    ("fk_exclusion_other_id", lambda w: w.add(Exclusion(owner_id=w.ann, other_id=-1, created_at=MONDAY))),
    (
        "uq_called_off_delivery_id",
        lambda w: [
            w.keep("notice", w.delivery_()),
            w.add(CalledOff(introduction_id=w.introduction, person_id=w.ann, delivery_id=w.notice)),
            w.add(CalledOff(introduction_id=w.introduction, person_id=w.bob, delivery_id=w.notice)),
        ],
    ),
    (
        "fk_withdrawal_introduction_id_person_id",
        lambda w: w.add(
            Withdrawal(introduction_id=w.second, person_id=w.cat, wants_another=True, takes_effect_at=MONDAY)
        ),
    ),
    (
        "fk_answer_introduction_id_person_id",
        lambda w: w.add(Answer(introduction_id=w.second, person_id=w.cat, answer="met", answered_at=MONDAY)),
    ),
]

ACCEPTED: dict[str, Attempt] = {
    "a program at 06:00": lambda w: w.add(w.program_at(local_time=time(6))),
    "a program at 22:00": lambda w: w.add(w.program_at(local_time=time(22))),
    "another company's ann": lambda w: w.add(
        Person(workspace_id=other_workspace(w), external_id="ann", slack_user_id="Uann")
    ),
    "two people who wait for an account": lambda w: [w.add(person(w, external_id=key)) for key in ("x", "y")],
    "an erased person": lambda w: w.add(person(w, erased_at=MONDAY)),
    "a pause with its end": lambda w: w.add(participant(w, w.bob, state="paused", paused_until=TODAY)),
    "a rest": lambda w: w.add(participant(w, w.bob, state="active", resting_at=MONDAY)),
    "thumbs": lambda w: [w.session.execute(update(Answer).values(thumb=one)) for one in (-1, 1, None)],
    "extra rounds": lambda w: [w.add(w.round_()) for _ in range(2)],
    "a new introduction once the old one has ended": lambda w: (
        w.session.execute(update(IntroductionMember).values(active=False)),
        w.add(member(w, w.second, w.ann, w.round)),
    ),
    "the same meeting on another day": lambda w: w.add(w.meeting_(w.ann, w.bob, met_on=date(2026, 1, 1))),
    "the same meeting from another source": lambda w: w.add(
        w.meeting_(w.ann, w.bob, source="already know each other")
    ),
    "an exclusion of each other": lambda w: [
        w.add(Exclusion(owner_id=a, other_id=b, created_at=MONDAY))
        for a, b in ((w.ann, w.bob), (w.bob, w.ann))
    ],
    "a sent delivery": lambda w: w.add(w.delivery_(state="sent", channel_id="C1", message_ts="1.2")),
    "an uncertain delivery": lambda w: w.add(
        w.delivery_(state="uncertain", channel_id="C1", sending_at=MONDAY)
    ),
}


def other_workspace(world: World) -> int:
    world.keep("elsewhere", Workspace(team_id="T2", name="Other Company", created_at=MONDAY))
    return world.elsewhere


def broken(error: IntegrityError) -> str:
    """What the database says was broken: a name on PostgreSQL, a sentence on SQLite."""
    diagnosis = getattr(error.orig, "diag", None)
    return str(diagnosis.constraint_name if diagnosis else error.orig)


@pytest.mark.parametrize(("invariant", "attempt"), REFUSED, ids=[name for name, _ in REFUSED])
def test_a_row_that_breaks_an_invariant_is_refused(world: World, invariant: str, attempt: Attempt) -> None:
    with pytest.raises(IntegrityError) as refused:
        attempt(world)
    said = broken(refused.value)
    if world.session.get_bind().dialect.name == "postgresql":
        assert said == invariant
    elif invariant.startswith("ck_"):
        assert said == f"CHECK constraint failed: {invariant}"
    else:
        assert said.startswith({"uq": "UNIQUE", "fk": "FOREIGN KEY"}[invariant[:2]])


@pytest.mark.parametrize("attempt", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_a_row_at_the_edge_of_an_invariant_is_accepted(world: World, attempt: Attempt) -> None:
    attempt(world)
    world.session.flush()
    assert not world.session.new


def test_every_check_and_unique_of_the_schema_is_tried() -> None:
    tables = Base.metadata.tables.values()
    constraints = {
        str(constraint.name)
        for table in tables
        for constraint in table.constraints
        if isinstance(constraint, (CheckConstraint, UniqueConstraint))
    }
    indexes = {str(index.name) for table in tables for index in table.indexes if index.unique}
    tried = {name for name, _ in REFUSED if not name.startswith("fk_")}
    # The key that a foreign key points to: whoever breaks it breaks the primary key, too.
    assert tried == (constraints | indexes) - {
        "uq_introduction_id_round_id",
        "uq_proposal_id_introduction_id",
    }
