"""What one says privately about an introduction: what it does, who reads what and when, in which races."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from db.history import past_pairs
from db.open_introductions import full_hands
from db.tables import Delivery, Exclusion, Introduction, Meeting, Person, Withdrawal
from domain.errors import IntroductionOver, LunchGivenUp, LunchIsPast, NotYourIntroduction
from domain.messages import CalledOffMessage, IntroductionMessage, PrivateAnswer, PrivateStep
from domain.rounds import AnswerWord, DeliveryKind, DeliveryState, MeetingSource, ToldReason
from tests.conftest import prepared
from tests.db.at_once import at_once
from tests.db.databases import clear
from tests.fakes import FakeDirectory, FakeMessenger
from tests.seeds import seeds
from tests.use_cases.company import FULL_HOUR, SLOT, WEEK, Company
from use_cases.accept_time import accept_time
from use_cases.ask_privately import ask_privately
from use_cases.close_rounds import close_rounds
from use_cases.exclude_person import exclude_person
from use_cases.export_person import export_person
from use_cases.give_up_lunch import give_up_lunch
from use_cases.leave_program import leave_program
from use_cases.move_to_next_week import move_to_next_week
from use_cases.owe_check_ins import owe_check_ins
from use_cases.owe_nudges import owe_nudges
from use_cases.propose_time import propose_time
from use_cases.record_acquaintance import record_acquaintance
from use_cases.record_answer import record_answer
from use_cases.show_status import show_status

TUESDAY = SLOT + timedelta(days=1, minutes=10)
NEXT_HOUR = TUESDAY + timedelta(minutes=50)


def introduce(company: Company, *people: str) -> str:
    """An introduction that was delivered; its public id."""
    company.join(*people)
    company.match()
    company.deliver()
    return of(company, people[0])


def of(company: Company, who: str) -> str:
    """The public id of somebody's active introduction in the newest round."""
    ids = {
        one.public_id
        for one in company.all(Introduction, active=True, round_id=company.newest_round())
        if who in company.people_of(one.id)
    }
    [found] = ids
    return str(found)


def tick(company: Company, now: datetime) -> None:
    """What the clock does; twice, so that nothing depends on how often."""
    for _ in range(2):
        company.rematch(now=now)
        company.deliver(now=now)


def cant(company: Company, introduction: str, who: str, now: datetime = TUESDAY) -> PrivateAnswer:
    return give_up_lunch(company.sessions, introduction, who, wants_another=False, now=now)


def somebody_new(company: Company, introduction: str, who: str) -> PrivateAnswer:
    record_acquaintance(company.sessions, introduction, who, now=TUESDAY)
    return give_up_lunch(company.sessions, introduction, who, wants_another=True, now=TUESDAY)


def rather_not(company: Company, introduction: str, who: str, *whom: str) -> PrivateAnswer:
    return exclude_person(company.sessions, introduction, who, whom=whom, now=TUESDAY)


def leaves_the_company(company: Company, introduction: str, who: str) -> None:
    company.leave_the_company(who, now=TUESDAY)


GIVING_UP: dict[str, Callable[[Company, str, str], object]] = {
    "already know": somebody_new,
    "can't": cant,
    "rather not": rather_not,
    "leaves the company": leaves_the_company,
}
gives_up = pytest.mark.parametrize("give_up", GIVING_UP.values(), ids=GIVING_UP)


# What the others read, and when


@gives_up
def test_the_other_one_reads_the_same_at_the_same_time_whatever_the_cause(
    company: Company, give_up: Callable[[Company, str, str], object]
) -> None:
    introduction = introduce(company, "UA", "UB")
    before = len(company.messenger.posted)
    give_up(company, introduction, "UA")
    tick(company, TUESDAY)
    tick(company, NEXT_HOUR - timedelta(seconds=1))
    assert len(company.messenger.posted) == before, "nothing is said before the full hour"
    assert company.introductions() == [{"UA", "UB"}]
    assert status(company, "UB") == ("UA",)

    tick(company, NEXT_HOUR)
    told = [(who, one) for who, one in company.notes() if who == "UB"]
    assert told == [
        (
            "UB",
            CalledOffMessage(
                introduced_on=SLOT.date(),
                next_at=SLOT + WEEK,
                today=TUESDAY.date(),
                is_left_over=True,
                locales=(None,),
            ),
        )
    ]
    assert company.messenger.updated == {}, "the group's message stays as it was"
    assert status(company, "UB") == ()
    assert company.sit_outs()["UB"] == ToldReason.CALLED_OFF


@gives_up
def test_whoever_is_freed_gets_somebody_new_in_the_same_hour(
    company: Company, give_up: Callable[[Company, str, str], object]
) -> None:
    company.employ(4)
    company.match()
    company.deliver()
    pair, other = company.introductions()
    first, second = min(pair), max(pair)
    # Of the other two one would like somebody else, too, so that somebody is free.
    give_up_lunch(company.sessions, of(company, min(other)), min(other), wants_another=True, now=TUESDAY)
    give_up(company, of(company, first), first)
    tick(company, TUESDAY)
    tick(company, NEXT_HOUR)
    assert second in {one for people in company.introductions() for one in people}
    assert pair not in company.introductions()
    [note] = [one for who, one in company.notes() if who == second]
    assert isinstance(note, CalledOffMessage)
    assert note.is_introduced_anew


def status(company: Company, who: str) -> tuple[str, ...]:
    standing = show_status(company.sessions, who, workspace_id=company.workspace_id, now=TUESDAY)
    return standing.introduced_to


def test_of_two_who_give_up_neither_is_told(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    cant(company, introduction, "UA")
    rather_not(company, introduction, "UB")
    tick(company, NEXT_HOUR)
    assert company.told_of_the_end() == []
    # Whoever wanted somebody else is told that nobody is free; whoever can't is left in peace.
    assert company.told() == [("UB", ToldReason.CALLED_OFF)]
    assert company.sit_outs() == {"UB": ToldReason.CALLED_OFF}


def test_of_a_trio_the_other_two_go_on(company: Company) -> None:
    introduction = introduce(company, "UA", "UB", "UC")
    cant(company, introduction, "UA")
    tick(company, NEXT_HOUR)
    assert company.introductions() == [{"UB", "UC"}]
    assert sorted(company.told_of_the_end()) == ["UB", "UC"]
    assert company.sit_outs() == {}


def test_whoever_paused_meanwhile_is_told_and_whoever_left_the_program_is_not(company: Company) -> None:
    introduction = introduce(company, "UA", "UB", "UC")
    leave_program(company.sessions, "UC", workspace_id=company.workspace_id, now=SLOT)
    company.pause("UB", now=SLOT)
    cant(company, introduction, "UA")
    tick(company, NEXT_HOUR)
    assert company.told_of_the_end() == ["UB"]
    assert company.introductions() == []


# What each of them does


def test_i_cant_frees_the_other_and_leaves_me_in_peace(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    answer = cant(company, introduction, "UA")
    assert (answer.step, answer.told_at) == (PrivateStep.GIVEN_UP, NEXT_HOUR)
    assert status(company, "UA") == (), "whoever gave it up sees at once that it is"
    company.join("UD", now=TUESDAY)
    tick(company, NEXT_HOUR)
    assert company.introductions() == [{"UB", "UD"}]
    assert [who for who, _ in company.notes()] == ["UB"]


def test_we_know_each_other_is_a_meeting_and_both_get_somebody_new(company: Company) -> None:
    company.employ(4)
    company.match()
    company.deliver()
    first, second = company.introductions()
    for pair in (first, second):
        somebody_new(company, of(company, min(pair)), min(pair))
    rows = company.all(Meeting)
    assert [one.source for one in rows] == [MeetingSource.ALREADY_KNOW] * 2
    tick(company, NEXT_HOUR)
    again = company.introductions()
    assert len(again) == 2
    assert not {first, second} & set(again)


def test_we_know_each_other_and_have_lunch_anyway(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    record_acquaintance(company.sessions, introduction, "UA", now=TUESDAY)
    ask_privately(company.sessions, introduction, "UA", PrivateStep.LUNCH_ANYWAY, now=TUESDAY)
    record_acquaintance(company.sessions, introduction, "UB", now=TUESDAY + timedelta(days=1))
    tick(company, NEXT_HOUR)
    assert company.introductions() == [{"UA", "UB"}]
    assert len(company.all(Meeting)) == 1
    with company.sessions.read() as session:
        ids = [company.id_of(one) for one in ("UA", "UB")]
        assert any(rows.met and len(rows.days) for rows in past_pairs(session, company.workspace_id, ids))


def test_of_a_trio_i_say_whom_i_know(company: Company) -> None:
    introduction = introduce(company, "UA", "UB", "UC")
    asked = record_acquaintance(company.sessions, introduction, "UA", now=TUESDAY)
    assert (asked.step, company.all(Meeting)) == (PrivateStep.WHOM_DO_YOU_KNOW, [])
    known = record_acquaintance(company.sessions, introduction, "UA", whom=["UB"], now=TUESDAY)
    assert [card.slack_user_id for card in known.about] == ["UB"]
    [row] = company.all(Meeting)
    assert {row.low_id, row.high_id} == {company.id_of("UA"), company.id_of("UB")}
    with pytest.raises(NotYourIntroduction):
        record_acquaintance(company.sessions, introduction, "UA", whom=["UZ"], now=TUESDAY)


def test_rather_not_is_for_ever(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    rather_not(company, introduction, "UA")
    tick(company, NEXT_HOUR)
    for week in range(1, 4):
        now = SLOT + week * WEEK
        close_rounds(company.sessions, workspace_id=company.workspace_id, now=now)
        company.match(now=now)
        tick(company, now)
        assert company.introductions() == []
    assert company.posted() == [{"UA", "UB"}]


def test_of_a_trio_rather_not_is_about_one_of_them(company: Company) -> None:
    introduction = introduce(company, "UA", "UB", "UC")
    asked = ask_privately(company.sessions, introduction, "UA", PrivateStep.SURE, now=TUESDAY)
    assert asked.step == PrivateStep.WITH_WHOM_NOT
    rather_not(company, introduction, "UA", "UB")
    [row] = company.all(Exclusion)
    assert (row.owner_id, row.other_id) == (company.id_of("UA"), company.id_of("UB"))
    tick(company, NEXT_HOUR)
    assert company.introductions() == [{"UB", "UC"}]


def test_another_week_offers_other_times_and_tells_nobody(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    [before] = [one for _, one, _ in company.messenger.posted if isinstance(one, IntroductionMessage)]
    propose_time(company.sessions, introduction, "UB", before.offers[0], now=SLOT)
    moved = move_to_next_week(company.sessions, introduction, "UA", now=TUESDAY)
    assert moved.answer.step == PrivateStep.MOVED
    assert moved.message is not None
    assert moved.message.suggested is None
    assert all(at.date() >= (SLOT + WEEK).date() for at in moved.message.offers)
    assert len(moved.message.offers) == 3
    again = move_to_next_week(company.sessions, introduction, "UB", now=TUESDAY)
    assert again.message == moved.message
    assert (moved.channel_id, moved.ts) == ("C1", company.all(Delivery)[0].message_ts)
    tick(company, NEXT_HOUR)
    assert company.introductions() == [{"UA", "UB"}]
    assert list(company.notes()) == []


def test_an_agreed_time_is_only_moved_by_everybody(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    at = SLOT + timedelta(days=2)
    shown = propose_time(company.sessions, introduction, "UA", at, now=SLOT).message
    assert shown.suggested is not None
    accept_time(company.sessions, introduction, shown.suggested.proposal_id, "UB", now=SLOT)
    moved = move_to_next_week(company.sessions, introduction, "UA", now=TUESDAY)
    assert (moved.answer.step, moved.answer.is_agreed, moved.message) == (PrivateStep.CANT, True, None)


@pytest.mark.parametrize("how", ["said so", "agreed time is over"])
def test_what_is_past_is_not_given_up_but_rather_not_stays(company: Company, how: str) -> None:
    introduction = introduce(company, "UA", "UB")
    if how == "said so":
        record_answer(company.sessions, introduction, "UA", AnswerWord.MET, now=SLOT)
    else:
        at = SLOT + timedelta(hours=20)
        shown = propose_time(company.sessions, introduction, "UA", at, now=SLOT).message
        assert shown.suggested is not None
        accept_time(company.sessions, introduction, shown.suggested.proposal_id, "UB", now=SLOT)
    choices = ask_privately(company.sessions, introduction, "UA", PrivateStep.CHOICES, now=TUESDAY)
    assert choices.is_past
    with pytest.raises(LunchIsPast):
        cant(company, introduction, "UA")
    rather_not(company, introduction, "UA")
    tick(company, NEXT_HOUR)
    assert len(company.all(Exclusion)) == 1
    assert company.all(Withdrawal) == []
    assert list(company.notes()) == []


# Presses that come twice, at once, too late, or from elsewhere


@pytest.mark.parametrize("give_up", [cant, rather_not, somebody_new])
def test_pressed_twice_has_one_effect_and_a_kind_answer(
    company: Company, give_up: Callable[[Company, str, str], object]
) -> None:
    introduction = introduce(company, "UA", "UB")
    give_up(company, introduction, "UA")
    with pytest.raises(LunchGivenUp):
        cant(company, introduction, "UA")
    with pytest.raises(LunchGivenUp):
        propose_time(company.sessions, introduction, "UA", SLOT + timedelta(days=2), now=TUESDAY)
    tick(company, NEXT_HOUR)
    assert company.told_of_the_end() == ["UB"]
    assert len(company.all(Withdrawal)) == 1


def test_rather_not_after_i_cant_is_still_heard(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    cant(company, introduction, "UA")
    rather_not(company, introduction, "UA")
    [row] = company.all(Withdrawal)
    assert not row.wants_another
    assert len(company.all(Exclusion)) == 1


def test_pressed_by_both_at_once_has_one_effect(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")

    def pressed(work: Callable[[], object]) -> Callable[[], str]:
        def run() -> str:
            try:
                work()
            except LunchGivenUp:
                return "refused"
            return "done"

        return run

    works = [
        pressed(lambda who=who, work=work: work(company, introduction, who))  # type: ignore[misc]
        for who in ("UA", "UB")
        for work in (cant, rather_not, somebody_new)
    ]
    results = at_once(*works)
    assert "done" in results
    assert {company.id_of(one) for one in ("UA", "UB")} == {one.person_id for one in company.all(Withdrawal)}
    assert len(company.all(Withdrawal)) == 2
    assert len(company.all(Meeting)) <= 1
    assert len(company.all(Exclusion)) == 2
    at_once(*[lambda: company.rematch(now=NEXT_HOUR)] * 3)
    tick(company, NEXT_HOUR)
    assert company.introductions() == []
    assert company.told_of_the_end() == []


def test_replicas_end_and_rematch_at_once_and_press_meanwhile(company: Company) -> None:
    everybody = company.employ(12)
    company.match()
    company.deliver()
    pairs = company.introductions()
    for pair in pairs[:4]:
        cant(company, of(company, min(pair)), min(pair))

    def press() -> int:
        for who in everybody:
            try:
                rather_not(company, of(company, who), who)
            except (IntroductionOver, ValueError):
                continue
        return 0

    at_once(*[lambda: company.rematch(now=NEXT_HOUR)] * 2, press)
    tick(company, NEXT_HOUR + timedelta(hours=1))
    told = company.told_of_the_end()
    notices = company.all(Delivery, kind=DeliveryKind.NOTICE)
    assert len({(one.person_id, one.recipient_key) for one in notices}) == len(notices)
    assert len(told) == len(set(told)) or len(company.posted()) > len(pairs)


def test_an_old_message_and_a_stranger_change_nothing(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    company.join("UZ")
    close_rounds(company.sessions, workspace_id=company.workspace_id, now=SLOT + WEEK)
    asks: list[Callable[[str], object]] = [
        lambda who: cant(company, introduction, who, SLOT + 3 * WEEK),
        lambda who: exclude_person(company.sessions, introduction, who, whom=(), now=SLOT + 3 * WEEK),
        lambda who: record_acquaintance(company.sessions, introduction, who, now=SLOT + 3 * WEEK),
        lambda who: move_to_next_week(company.sessions, introduction, who, now=SLOT + 3 * WEEK),
        lambda who: record_answer(company.sessions, introduction, who, AnswerWord.MET, now=SLOT + 3 * WEEK),
    ]
    for ask in asks:
        with pytest.raises(IntroductionOver):
            ask("UA")
        with pytest.raises(NotYourIntroduction):
            ask("UZ")
    for table in (Withdrawal, Exclusion, Meeting):
        assert company.all(table) == []


def test_after_the_round_it_is_still_open_and_nobody_new_is_promised(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    late = SLOT + 2 * WEEK + timedelta(minutes=10)
    close_rounds(company.sessions, workspace_id=company.workspace_id, now=late)
    answer = cant(company, introduction, "UA", late)
    assert not answer.is_this_round
    tick(company, late + timedelta(minutes=50))
    [(who, note)] = company.notes()
    assert who == "UB"
    assert isinstance(note, CalledOffMessage)
    assert not note.is_left_over
    assert not note.is_introduced_anew


def test_an_ended_introduction_takes_no_more_presses(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    cant(company, introduction, "UA")
    tick(company, NEXT_HOUR)
    for who in ("UA", "UB"):
        with pytest.raises(IntroductionOver):
            cant(company, introduction, who, NEXT_HOUR)


# Two open introductions at most


def test_nobody_holds_more_than_two_and_status_says_so(company: Company) -> None:
    everybody = company.employ(6)
    for week in range(4):
        now = SLOT + week * WEEK
        close_rounds(company.sessions, workspace_id=company.workspace_id, now=now)
        company.match(now=now)
        tick(company, now)
        with company.sessions.read() as session:
            full = full_hands(session, company.program(), now)
        standing = show_status(
            company.sessions, everybody[0], workspace_id=company.workspace_id, now=now + timedelta(hours=1)
        )
        if week == 0:
            assert (full, standing.has_full_hands) == (frozenset(), False)
        if week == 1:
            assert len(full) == 6
            assert standing.has_full_hands
        if week == 2:
            assert company.introductions() == []
            assert company.sit_outs() == {}, "they are told nothing"
    # After three weeks the first ones are closed.
    assert len(company.introductions()) == 3


@pytest.mark.parametrize("word", [AnswerWord.MET, AnswerWord.NOT_THIS_TIME])
def test_an_answer_frees_a_hand_but_only_ones_own(company: Company, word: AnswerWord) -> None:
    introduction = introduce(company, "UA", "UB")
    second = SLOT + WEEK
    close_rounds(company.sessions, workspace_id=company.workspace_id, now=second)
    company.match(now=second)
    company.deliver(now=second)
    with company.sessions.read() as session:
        assert len(full_hands(session, company.program(), second)) == 2
    record_answer(company.sessions, introduction, "UA", word, now=second)
    with company.sessions.read() as session:
        assert full_hands(session, company.program(), second) == {company.id_of("UB")}


# Latecomers


def test_a_latecomer_is_introduced_within_the_hour_when_somebody_waits(company: Company) -> None:
    company.join("UA", "UB", "UC")
    company.exclude("UA", "UB")
    company.exclude("UA", "UC")
    company.match()
    tick(company, FULL_HOUR)
    assert company.sit_outs().keys() == {"UA"}
    company.join("UD", now=TUESDAY)
    tick(company, TUESDAY)
    assert company.sit_outs().keys() == {"UA"}, "nothing before the full hour"
    assert sum(at_once(*[lambda: company.rematch(now=NEXT_HOUR)] * 3)) == 1
    tick(company, NEXT_HOUR)
    assert {"UA", "UD"} in company.posted()
    assert company.sit_outs() == {}


def test_two_latecomers_wait_for_each_other(company: Company) -> None:
    introduce(company, "UA", "UB")
    company.join("UC", now=TUESDAY)
    tick(company, NEXT_HOUR)
    assert company.introductions() == [{"UA", "UB"}], "a pair that has begun stays one"
    company.join("UD", now=TUESDAY + timedelta(days=1))
    tick(company, NEXT_HOUR + timedelta(days=1))
    assert {"UC", "UD"} in company.introductions()
    assert list(company.notes()) == []


def test_a_latecomer_does_not_meet_whom_they_may_not(company: Company) -> None:
    company.join("UA", "UB", "UC")
    company.exclude("UA", "UB")
    company.exclude("UA", "UC")
    company.match()
    company.join("UD", now=SLOT)
    company.exclude("UA", "UD")
    tick(company, NEXT_HOUR)
    assert company.sit_outs().keys() == {"UA"}
    assert len(company.introductions()) == 1


def test_on_the_last_day_latecomers_wait_for_the_next_round(company: Company) -> None:
    introduce(company, "UA", "UB")
    sunday = SLOT + timedelta(days=6, minutes=10)
    company.join("UC", "UD", now=sunday)
    tick(company, sunday + timedelta(hours=2))
    assert company.introductions() == [{"UA", "UB"}]


def test_whoever_can_not_is_no_latecomer_when_they_come_back(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    cant(company, introduction, "UA")
    company.leave("UA", now=TUESDAY)
    company.join("UA", now=TUESDAY)
    tick(company, NEXT_HOUR)
    company.join("UD", now=NEXT_HOUR)
    tick(company, NEXT_HOUR + timedelta(hours=1))
    assert company.introductions() == [{"UB", "UD"}]


def test_the_notice_that_a_lunch_is_off_survives_the_end_of_the_round(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    cant(company, introduction, "UA")
    company.rematch(now=NEXT_HOUR)
    close_rounds(company.sessions, workspace_id=company.workspace_id, now=SLOT + WEEK)
    company.deliver(now=SLOT + WEEK)
    assert company.told_of_the_end() == ["UB"]
    assert DeliveryState.CANCELLED not in company.states(DeliveryKind.NOTICE)


def test_cards_of_the_others_carry_no_more_than_the_message_does(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    choices = ask_privately(company.sessions, introduction, "UA", PrivateStep.CHOICES, now=TUESDAY)
    [other] = choices.others
    assert replace(other, name="") == replace(other, name="", slack_user_id="UB")


# What stays away would tell, too


@pytest.mark.parametrize(
    ("comes_at", "kind"),
    [
        (SLOT + timedelta(days=1, hours=13, minutes=30), DeliveryKind.NUDGE),
        (SLOT + timedelta(days=10, hours=12, minutes=30), DeliveryKind.CHECK_IN),
    ],
    ids=["nudge", "check-in"],
)
def test_until_the_full_hour_the_other_one_gets_what_they_would_get(
    company: Company, comes_at: datetime, kind: DeliveryKind
) -> None:
    """In Adelaide the morning is no full hour of the clock that everything else keeps to."""
    introduction = introduce(company, "UA", "UB")
    company.change(Person, timezone="Australia/Adelaide")
    company.change(Introduction, proposer_id=company.id_of("UB"))
    now = comes_at - timedelta(minutes=10)
    give_up_lunch(company.sessions, introduction, "UA", wants_another=False, now=now)
    for owe in (owe_nudges, owe_check_ins):
        owe(company.sessions, workspace_id=company.workspace_id, now=comes_at)
    company.deliver(now=comes_at)
    [owed] = company.all(Delivery, kind=kind)
    assert (owed.person_id, owed.state) == (company.id_of("UB"), DeliveryState.SENT)


@pytest.mark.parametrize("how", ["pauses", "excludes", "leaves"])
def test_an_introduction_that_is_called_off_at_the_last_moment_is_not_in_the_others_file(
    company: Company, how: str
) -> None:
    company.join("UA", "UB")
    company.match()
    {
        "pauses": lambda: company.pause("UA"),
        "excludes": lambda: company.exclude("UA", "UB"),
        "leaves": lambda: company.leave("UA"),
    }[how]()
    company.deliver()
    tick(company, FULL_HOUR)
    with company.sessions.read() as session:
        reader = session.get_one(Person, company.id_of("UB"))
        file = export_person(session, reader, now=FULL_HOUR).decode()
    assert "UA" not in file


def read_by(company: Company, who: str) -> set[tuple[object, ...]]:
    """With whom somebody was introduced and why, or what they were told instead; without what is by lot."""
    everybody = [*company.messenger.opened.items()]
    return {
        (people, content.why)
        if isinstance(content, IntroductionMessage)
        else (type(content).__name__, getattr(content, "reason", None))
        for people, channel in everybody
        for where, content, _ in company.messenger.posted
        if where == channel and who in people
    }


def play(company: Company, people: int, seed: int, how: str) -> set[tuple[object, ...]]:
    """A first round in which somebody may not want to meet UB; what UB reads."""
    everybody = [f"U{letter}" for letter in "ABCDEFGH"[:people]]
    company.join(*everybody)
    if how == "excludes":
        company.exclude("UA", "UB")
    away = {"pauses": ["UA"], "all the others pause": [one for one in everybody if one != "UB"]}.get(how, ())
    for who in away:
        company.pause(who, now=SLOT - timedelta(days=1))
    company.match(seed=seed)
    company.deliver()
    tick(company, FULL_HOUR)
    return read_by(company, "UB")


@pytest.mark.parametrize("people", seeds(1, 7))
@pytest.mark.parametrize("standing_engine", ["sqlite"], indirect=True)
def test_what_an_exclusion_brings_comes_without_one_as_well(
    company: Company, standing_engine: Engine, people: int
) -> None:
    """Whom somebody may not meet shows as another partner, or none, as it does in any round."""
    people += 2

    def read(seed: int, how: str) -> frozenset[tuple[object, ...]]:
        found = frozenset(play(company, people, seed, how))
        clear(standing_engine)
        company.workspace_id = prepared(company.sessions)
        company.messenger, company.directory = FakeMessenger(), FakeDirectory()
        return found

    kinds = ("pauses", "nothing", "all the others pause")
    for seed in range(2):
        shown = read(seed, "excludes")
        assert any(read(other, how) == shown for how in kinds for other in range(20))
