"""Somebody's own data: all of it in one file, nothing of what others said, and gone when they ask for it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from db.tables import (
    Base,
    Introduction,
    IntroductionMember,
    Meeting,
    Participant,
    Person,
)
from domain.errors import DataNotSent, NothingStored, QuestionTooOld, RateLimited, Refused, UnknownReference
from domain.messages import CheckInMessage, IntroductionMessage
from domain.preferences import Preferences
from domain.programs import ParticipantState
from domain.rounds import AnswerWord, DeliveryKind, DeliveryState, MeetingSource, ToldReason
from tests.use_cases.company import SLOT, WEEK, Company, Once
from tests.use_cases.traces import rows, traces
from use_cases.accept_time import accept_time
from use_cases.ask_to_forget import ask_to_forget
from use_cases.change_preferences import change_preferences
from use_cases.export_person import export_person
from use_cases.find_person import find_person
from use_cases.forget_me import forget_me
from use_cases.propose_time import propose_time
from use_cases.read_introduction import read_introduction
from use_cases.record_answer import record_answer
from use_cases.send_my_data import send_my_data
from use_cases.show_home import show_home
from use_cases.show_status import show_status
from use_cases.sync_directory import sync_directory
from use_cases.take_census import take_census

HOUR = timedelta(hours=1)
WISHES = Preferences(
    office=None, ask_about="the Zanzibar expedition", interests=("quoits",), languages=("eo",), heads_up=True
)
OWN_TEXTS = ("UADA", "Uada", "uada@example.com", "Zanzibar", "quoits", "Europe/Vaduz", "en-ZW", "E-1815")


def change(company: Company, who: str, said: Preferences = WISHES, *, added: tuple[str, ...] = ()) -> None:
    change_preferences(
        company.sessions, who, said, added=added, workspace_id=company.workspace_id, now=SLOT - HOUR
    )


def give_all(company: Company, who: str) -> None:
    """Every field that the directory has."""
    with company.sessions.write() as session:
        session.execute(
            update(Person)
            .where(Person.slack_user_id == who)
            .values(external_id="E-1815", department="Research", office="Berlin", level="Senior")
        )
        session.execute(
            update(Person)
            .where(Person.slack_user_id == who)
            .values(interests="quoits", timezone="Europe/Vaduz", locale="en-ZW", imported_fields=["office"])
        )


def introduction_of(company: Company, who: str) -> Any:
    with company.sessions.read() as session:
        return session.scalars(
            select(Introduction)
            .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
            .where(IntroductionMember.person_id == company.id_of(who))
        ).one()


def public_id(company: Company, who: str = "UADA") -> str:
    return str(introduction_of(company, who).public_id)


def answer(company: Company, who: str, word: AnswerWord, *, of: str | None = None) -> None:
    record_answer(company.sessions, of or public_id(company, who), who, word, now=SLOT + HOUR)


@pytest.fixture
def lunched(company: Company) -> Company:
    """Ada and Ben were introduced, have suggested and agreed, answered and wished."""
    company.join("UADA", "UBEN")
    give_all(company, "UADA")
    change(company, "UADA")
    change(company, "UBEN", Preferences(ask_about="Ben's secret"))
    company.match()
    company.deliver()
    at = SLOT + timedelta(days=2)
    made = propose_time(company.sessions, public_id(company), "UADA", at, now=SLOT)
    assert made.message.suggested is not None
    accept_time(company.sessions, public_id(company), made.message.suggested.proposal_id, "UBEN", now=SLOT)
    propose_time(company.sessions, public_id(company), "UADA", at + HOUR, now=SLOT)
    answer(company, "UADA", AnswerWord.MET)
    company.join("UCLEO")
    change(company, "UADA", added=("UCLEO",))
    company.exclude("UCLEO", "UADA")
    return company


def exported(company: Company, who: str, *, now: Any = SLOT + HOUR) -> dict[str, Any]:
    with company.sessions.read() as session:
        person = find_person(session, who, workspace_id=company.workspace_id)
        whole: dict[str, Any] = json.loads(export_person(session, person, now=now))
    return whole


def forget(company: Company, who: str, person_id: int | None = None) -> None:
    asked = person_id or ask_to_forget(company.sessions, who, workspace_id=company.workspace_id)
    forget_me(company.sessions, who, asked, workspace_id=company.workspace_id, now=SLOT + HOUR)


# The file


def test_everything_is_in_it_and_each_part_says_what_it_is(lunched: Company) -> None:
    whole = exported(lunched, "UADA")
    assert all(part["what_this_is"] for part in whole.values() if isinstance(part, dict))
    data = {name: part["data"] for name, part in whole.items() if isinstance(part, dict)}
    said = json.dumps(whole, ensure_ascii=False)
    assert all(text in said for text in OWN_TEXTS)
    assert [one["slack_user_id"] for one in data["left_out"]] == ["UCLEO"]
    [one] = data["introductions"]
    assert [other["slack_user_id"] for other in one["others"]] == ["UBEN"]
    assert one["you_answered"]["answer"] == "met"
    assert [each["state"] for each in one["you_suggested"]] == ["accepted", "open"]
    assert [lunch["with"] for lunch in data["lunches"]] == [["UBEN"]]
    assert data["participation"][0]["state"] == "active"
    assert exported(lunched, "UBEN")["introductions"]["data"][0]["you_said_yes_to"]


def test_rounds_without_an_introduction_messages_and_open_reports_are_in_it(company: Company) -> None:
    company.join("UADA")
    company.match()
    company.deliver(now=SLOT + HOUR)
    take_census(company.sessions, workspace_id=company.workspace_id, now=SLOT + 5 * WEEK)
    data = exported(company, "UADA")
    assert [one["reason"] for one in data["rounds_without_introduction"]["data"]]
    assert [one["kind"] for one in data["messages"]["data"]] == ["notice"]
    assert [one["weeks"] for one in data["counted_for_reports"]["data"]] == [4]


def test_nothing_that_others_said_answered_or_wished_is_in_it(lunched: Company) -> None:
    before = json.dumps(exported(lunched, "UBEN"))
    answer(lunched, "UADA", AnswerWord.NOT_THIS_TIME, of=public_id(lunched))
    lunched.exclude("UADA", "UBEN")
    change(lunched, "UADA", Preferences(ask_about="changed"))
    assert json.dumps(exported(lunched, "UBEN")) == before
    assert "Zanzibar" not in before
    assert exported(lunched, "UBEN")["left_out"]["data"] == []


def test_a_lunch_that_only_the_other_one_confirms_shows_in_neither_file_nor_home(lunched: Company) -> None:
    assert lunched.all(Meeting, source=MeetingSource.CONFIRMED)
    assert exported(lunched, "UBEN")["lunches"]["data"] == []

    def home(who: str) -> Any:
        return show_home(
            lunched.sessions, who, workspace_id=lunched.workspace_id, now=SLOT + 3 * timedelta(days=1)
        )

    assert home("UBEN").lunches == ()
    assert [lunch.people for lunch in home("UADA").lunches] == [("UBEN",)]
    answer(lunched, "UBEN", AnswerWord.NOT_THIS_TIME, of=public_id(lunched))
    assert lunched.all(Meeting, source=MeetingSource.CONFIRMED) == []
    assert [lunch.people for lunch in home("UADA").lunches] == [("UBEN",)]


def test_every_table_is_in_the_file_or_names_nobody() -> None:
    """A new table wants a decision: into the file, and into what is erased."""
    in_it = {
        *("person", "preference", "participant", "past_membership", "introduction", "introduction_member"),
        *("sit_out", "meeting", "exclusion", "delivery", "answer", "proposal", "proposal_acceptance"),
        *("withdrawal", "skipped_round", "census", "report_period", "program", "round"),
    }
    # That a lunch was called off is in the file as its message and as an introduction that is not active.
    in_it.add("called_off")
    # HR's looks at reports are in the file; the row that they name is nobody's once it is erased.
    in_it.add("audit_event")
    names_nobody = {"workspace", "released_table", "report_groups"}
    assert set(Base.metadata.tables) == in_it | names_nobody


def test_it_is_sent_to_the_person_alone(lunched: Company) -> None:
    send_my_data(lunched.sessions, lunched.messenger, "UADA", workspace_id=lunched.workspace_id, now=SLOT)
    [(channel, file)] = lunched.messenger.files
    assert lunched.messenger.opened[frozenset({"UADA"})] == channel
    assert json.loads(file.content)["directory"]["data"]["slack_user_id"] == "UADA"


@pytest.mark.parametrize("what", ["open", "file"])
@pytest.mark.parametrize(
    "error", [Refused(code="missing_scope"), RateLimited(code="ratelimited", method="m", retry_after=3)]
)
def test_where_slack_refuses_the_person_is_told_kindly(lunched: Company, what: str, error: Exception) -> None:
    lunched.messenger.before = Once(what, error)
    with pytest.raises(DataNotSent):
        send_my_data(lunched.sessions, lunched.messenger, "UADA", workspace_id=lunched.workspace_id, now=SLOT)


def test_of_strangers_nothing_is_stored(company: Company) -> None:
    with pytest.raises(NothingStored):
        send_my_data(company.sessions, company.messenger, "UNEW", workspace_id=company.workspace_id, now=SLOT)
    with pytest.raises(NothingStored):
        ask_to_forget(company.sessions, "UNEW", workspace_id=company.workspace_id)


@pytest.mark.parametrize("reference", ["UADA", "E-1815", "uada@example.com", "UADA@example.com "])
def test_an_operator_names_somebody_by_any_key(lunched: Company, reference: str) -> None:
    assert exported(lunched, reference)["directory"]["data"]["slack_user_id"] == "UADA"
    with pytest.raises(UnknownReference):
        exported(lunched, "nobody")


# Being forgotten


def test_no_table_has_a_trace_and_the_others_history_still_counts(lunched: Company) -> None:
    lunched.deliver(now=SLOT + HOUR)
    ada = lunched.id_of("UADA")
    dm = lunched.messenger.open_conversation(["UADA"])
    assert set(OWN_TEXTS) == {one.split(": ")[1] for one in traces(lunched.sessions, *OWN_TEXTS)}
    held = {table: len(held) for table, held in rows(lunched.sessions).items()}
    forget(lunched, "UADA")
    assert traces(lunched.sessions, *OWN_TEXTS, f'"{dm}"') == []
    [row] = lunched.all(Person, id=ada)
    assert row.erased_at is not None
    kept = {table: len(held) for table, held in rows(lunched.sessions).items()}
    less = {table: held[table] - count for table, count in kept.items() if held[table] != count}
    assert less == {"preference": 1, "exclusion": 2, "answer": 1, "proposal": 1}
    assert lunched.all(Meeting)
    assert lunched.all(IntroductionMember, person_id=ada)
    assert {one.state for one in lunched.all(Participant, person_id=ada)} == {ParticipantState.LEFT}


def test_the_directory_makes_a_stranger_of_the_account_who_is_not_in(lunched: Company) -> None:
    forget(lunched, "UADA")
    sync_directory(
        lunched.sessions, lunched.directory, workspace_id=lunched.workspace_id, now=SLOT + 2 * HOUR
    )
    [stranger] = lunched.all(Person, slack_user_id="UADA")
    assert stranger.erased_at is None
    assert lunched.all(Participant, person_id=stranger.id) == []
    assert not show_status(
        lunched.sessions, "UADA", workspace_id=lunched.workspace_id, now=SLOT + 3 * HOUR
    ).is_in
    assert len([one for one in lunched.all(Person) if one.erased_at]) == 1


def test_a_second_press_somebody_else_s_and_one_from_before_erase_nobody(lunched: Company) -> None:
    asked = lunched.id_of("UADA")
    with pytest.raises(QuestionTooOld):
        forget(lunched, "UBEN", asked)
    forget(lunched, "UADA")
    with pytest.raises(QuestionTooOld):
        forget(lunched, "UADA", asked)
    lunched.join("UADA")
    with pytest.raises(QuestionTooOld):
        forget(lunched, "UADA", asked)
    assert len(lunched.all(Person, slack_user_id="UADA")) == 1


def test_what_has_not_gone_out_never_does_and_the_other_one_gets_somebody(company: Company) -> None:
    company.join("UADA", "UBEN", "UCLEO", "UDAN")
    company.match()
    partner = next(iter(company.partners_of("UADA")))
    forget(company, "UADA")
    assert company.states() == [DeliveryState.CANCELLED, DeliveryState.PENDING]
    company.rematch(now=SLOT + HOUR)
    company.deliver(now=SLOT + 3 * HOUR)
    assert all("UADA" not in people for people in company.posted())
    assert partner in {who for who, reason in company.told() if reason == ToldReason.CALLED_OFF}


def test_of_one_that_has_gone_out_the_other_is_freed(company: Company) -> None:
    company.join("UADA", "UBEN")
    company.match()
    company.deliver()
    forget(company, "UADA")
    company.rematch(now=SLOT)
    company.rematch(now=SLOT + HOUR)
    assert company.introductions() == []
    company.deliver(now=SLOT + 3 * HOUR)
    assert company.told_of_the_end() == ["UBEN"]


def test_a_group_goes_on_and_names_who_is_left(company: Company) -> None:
    company.join("UADA", "UBEN", "UCLEO")
    company.match()
    company.deliver()
    introduction_id = public_id(company)
    propose_time(company.sessions, introduction_id, "UADA", SLOT + timedelta(days=2), now=SLOT)
    forget(company, "UADA")
    company.rematch(now=SLOT + HOUR)
    message = read_introduction(company.sessions, introduction_id, now=SLOT + HOUR)
    assert isinstance(message, IntroductionMessage)
    assert {card.slack_user_id for card in message.people} == {"UBEN", "UCLEO"}
    assert message.proposer in {"UBEN", "UCLEO"}
    assert message.suggested is None
    said = record_answer(
        company.sessions, introduction_id, "UBEN", AnswerWord.MET, now=SLOT + timedelta(days=3)
    )
    assert isinstance(said, CheckInMessage)
    assert [other.slack_user_id for other in said.others] == ["UCLEO"]


def test_who_had_lunch_with_them_still_has_it_without_a_name(lunched: Company) -> None:
    answer(lunched, "UBEN", AnswerWord.MET, of=public_id(lunched))
    forget(lunched, "UADA")
    home = show_home(
        lunched.sessions, "UBEN", workspace_id=lunched.workspace_id, now=SLOT + timedelta(days=3)
    )
    assert home is not None
    assert [lunch.people for lunch in home.lunches] == [("",)]
    assert home.departments == ("Research",)


def test_their_reports_manager_is_nobody_and_notes_to_them_are_cancelled(company: Company) -> None:
    company.join("UADA", "UBEN")
    with company.sessions.write() as session:
        session.execute(
            update(Person).where(Person.slack_user_id == "UBEN").values(manager_id=company.id_of("UADA"))
        )
    company.match()
    assert company.sit_outs().keys() == {"UADA", "UBEN"}
    forget(company, "UADA")
    [ben] = company.all(Person, slack_user_id="UBEN")
    assert ben.manager_id is None
    company.deliver(now=SLOT + 2 * HOUR)
    assert [who for who, _ in company.told()] == ["UBEN"]
    assert company.states(DeliveryKind.NOTICE) == [DeliveryState.CANCELLED, DeliveryState.SENT]
