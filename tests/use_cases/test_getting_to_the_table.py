"""From offered times to an agreed one: who may press what, in which order, and what becomes of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from db.sessions import Sessions, make_engine
from db.tables import Introduction, Person, Preference, Proposal, ProposalAcceptance
from domain.calendar_files import CalendarFiles
from domain.errors import IntroductionOver, NotYourIntroduction, TimeHasPassed, TooFarAhead
from domain.messages import Arranged, IntroductionMessage
from domain.preferences import LunchFormat
from domain.proposals import LunchKind, Pressed
from tests.db.at_once import at_once
from tests.use_cases.company import SLOT, WEEK, Company
from use_cases.accept_time import accept_time
from use_cases.ask_for_time import ask_for_time
from use_cases.close_rounds import close_rounds
from use_cases.propose_time import propose_time
from use_cases.read_calendar_entry import read_calendar_entry
from use_cases.read_introduction import read_introduction

CALENDAR = CalendarFiles(b"secret", "https://lunch.example.com")
AFTER = SLOT + timedelta(hours=1)
WEDNESDAY = datetime(2026, 11, 25, 12, tzinfo=UTC)
THURSDAY = WEDNESDAY + timedelta(days=1)


def introduce(company: Company, *people: str) -> str:
    """An introduction that was delivered; its public id."""
    company.join(*people)
    company.match()
    company.deliver()
    [introduction] = company.all(Introduction, active=True)
    return str(introduction.public_id)


def posted(company: Company) -> IntroductionMessage:
    [content] = [one for _, one, _ in company.messenger.posted if isinstance(one, IntroductionMessage)]
    return content


def suggest(
    company: Company,
    introduction: str,
    who: str,
    at: datetime,
    *,
    kind: LunchKind | None = None,
    now: datetime = AFTER,
    sessions: Sessions | None = None,
) -> Arranged:
    return propose_time(
        sessions or company.sessions, introduction, who, at, kind=kind, now=now, calendar=CALENDAR
    )


def accept(
    company: Company, introduction: str, who: str, proposal: str, *, now: datetime = AFTER
) -> Arranged:
    return accept_time(company.sessions, introduction, proposal, who, now=now, calendar=CALENDAR)


def open_proposal(arranged: Arranged) -> str:
    assert arranged.message.suggested is not None
    return arranged.message.suggested.proposal_id


def states(company: Company) -> list[str]:
    return [row.state.value for row in sorted(company.all(Proposal), key=lambda row: row.id)]


# Offers


def test_an_introduction_offers_three_times_and_draws_them_the_same_again(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    offers = posted(company).offers
    assert len(offers) == 3
    assert all(11 <= at.hour < 14 and 1 <= (at.date() - SLOT.date()).days <= 14 for at in offers)
    assert read_introduction(company.sessions, introduction, now=AFTER).offers == offers
    later = read_introduction(company.sessions, introduction, now=offers[1])
    assert later.offers == offers[2:], "what is past is not offered"


def prefer(company: Company, who: str, **values: Any) -> None:
    with company.sessions.write() as session:
        session.add(Preference(person_id=company.id_of(who), **values))


def test_offers_keep_to_what_each_has_said(company: Company) -> None:
    company.join("UA", "UB")
    prefer(company, "UA", weekdays=[1, 3], lunch_hours=[12, 13])
    prefer(company, "UB", weekdays=[0, 1, 2], lunch_hours=[13, 14])
    introduce(company, "UA", "UB")
    offers = posted(company).offers
    assert [(at.weekday(), at.hour) for at in offers] == [(1, 13)] * 2


def test_formats_that_cannot_meet_are_not_introduced(company: Company) -> None:
    company.join("UA", "UB")
    prefer(company, "UA", format=LunchFormat.VIDEO)
    prefer(company, "UB", format=LunchFormat.IN_PERSON)
    company.match()
    assert company.introductions() == []


def test_hours_that_somebody_has_said_keep_apart_and_hours_that_nobody_said_do_not(company: Company) -> None:
    company.join("UA", "UB")
    prefer(company, "UA", lunch_hours=[8])
    company.match()
    assert company.introductions() == [frozenset({"UA", "UB"})]
    prefer(company, "UB", lunch_hours=[12])
    company.match(now=SLOT + WEEK)
    assert company.introductions() == []


def test_the_card_says_it_in_the_persons_own_words(company: Company) -> None:
    company.join("UA", "UB")
    prefer(company, "UA", ask_about="closing the books", interests=["chess"], office="Lisbon")
    introduce(company, "UA", "UB")
    [card] = [card for card in posted(company).people if card.slack_user_id == "UA"]
    assert (card.ask_about, card.interests, card.office) == ("closing the books", "chess", "Lisbon")


# One press suggests, one press agrees


def test_one_press_suggests_and_one_agrees(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    suggested = suggest(company, introduction, "UA", WEDNESDAY)
    assert suggested.pressed == Pressed.SUGGESTED
    assert suggested.message.suggested is not None
    assert suggested.message.suggested.waiting_for == ("UB",)
    assert read_calendar_entry(company.sessions, introduction) is None
    agreed = accept(company, introduction, "UB", open_proposal(suggested))
    assert agreed.pressed == Pressed.AGREED
    assert agreed.message.suggested is None
    assert agreed.message.agreed is not None
    assert (agreed.message.agreed.kind, agreed.message.agreed.starts_at) == (LunchKind.LUNCH, WEDNESDAY)
    assert agreed.message.calendar_file == CALENDAR.address(introduction)
    entry = read_calendar_entry(company.sessions, introduction)
    assert entry is not None
    assert (entry.starts_at, entry.times_moved, entry.agreed_at) == (WEDNESDAY, 0, AFTER)


def test_the_same_time_by_the_other_member_is_a_yes(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    suggest(company, introduction, "UA", WEDNESDAY)
    assert suggest(company, introduction, "UA", WEDNESDAY).pressed == Pressed.NOTHING_NEW
    assert suggest(company, introduction, "UB", WEDNESDAY).pressed == Pressed.AGREED
    assert suggest(company, introduction, "UB", WEDNESDAY).pressed == Pressed.NOTHING_NEW
    assert states(company) == ["accepted"]


def test_another_time_takes_the_place_of_an_open_one(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    first = suggest(company, introduction, "UA", WEDNESDAY)
    second = suggest(company, introduction, "UB", THURSDAY, kind=LunchKind.COFFEE)
    outdated = accept(company, introduction, "UB", open_proposal(first))
    assert outdated.pressed == Pressed.OUTDATED
    assert outdated.message == second.message
    assert accept(company, introduction, "UB", open_proposal(second)).pressed == Pressed.OWN
    assert accept(company, introduction, "UA", open_proposal(second)).pressed == Pressed.AGREED
    assert accept(company, introduction, "UA", open_proposal(second)).pressed == Pressed.NOTHING_NEW
    assert states(company) == ["replaced", "accepted"]


def test_an_agreed_time_can_be_moved_and_stands_until_it_is(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    suggest(company, introduction, "UA", WEDNESDAY)
    suggest(company, introduction, "UB", WEDNESDAY)
    moving = suggest(company, introduction, "UB", THURSDAY, kind=LunchKind.WALK)
    assert moving.message.agreed is not None
    assert moving.message.agreed.starts_at == WEDNESDAY
    moved = accept(company, introduction, "UA", open_proposal(moving))
    assert moved.message.agreed is not None
    assert moved.message.agreed.starts_at == THURSDAY
    entry = read_calendar_entry(company.sessions, introduction)
    assert entry is not None
    assert (entry.kind, entry.starts_at, entry.times_moved) == (LunchKind.WALK, THURSDAY, 1)
    suggest(company, introduction, "UA", WEDNESDAY)
    back = suggest(company, introduction, "UA", THURSDAY)
    assert back.pressed == Pressed.AGREED, "who suggests what is agreed takes the other time back"
    assert back.message.suggested is None


def test_of_three_everybody_has_to_say_yes(company: Company) -> None:
    introduction = introduce(company, "UA", "UB", "UC")
    first = suggest(company, introduction, "UA", WEDNESDAY)
    one = accept(company, introduction, "UB", open_proposal(first))
    assert one.pressed == Pressed.ONE_MORE
    assert one.message.suggested is not None
    assert (one.message.suggested.accepted_by, one.message.suggested.waiting_for) == (("UB",), ("UC",))
    assert accept(company, introduction, "UB", open_proposal(first)).pressed == Pressed.NOTHING_NEW
    assert accept(company, introduction, "UC", open_proposal(first)).pressed == Pressed.AGREED


def test_whoever_has_left_the_company_keeps_nobody_waiting(company: Company) -> None:
    introduction = introduce(company, "UA", "UB", "UC")
    with company.sessions.write() as session:
        session.get_one(Person, company.id_of("UC")).is_active = False
    first = suggest(company, introduction, "UA", WEDNESDAY)
    assert accept(company, introduction, "UB", open_proposal(first)).pressed == Pressed.AGREED


# Refusals


@pytest.mark.parametrize("who", ["UC", "UNOBODY"])
def test_only_members_arrange_anything(company: Company, who: str) -> None:
    introduction = introduce(company, "UA", "UB")
    company.join("UC")
    first = suggest(company, introduction, "UA", WEDNESDAY)
    with pytest.raises(NotYourIntroduction):
        suggest(company, introduction, who, THURSDAY)
    with pytest.raises(NotYourIntroduction):
        accept(company, introduction, who, open_proposal(first))
    with pytest.raises(NotYourIntroduction):
        ask_for_time(company.sessions, introduction, who, now=AFTER)
    assert states(company) == ["open"]


def test_times_that_are_past_or_too_far_ahead_are_refused(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    with pytest.raises(TimeHasPassed):
        suggest(company, introduction, "UA", AFTER)
    with pytest.raises(TooFarAhead):
        suggest(company, introduction, "UA", AFTER + timedelta(weeks=3, minutes=1))
    first = suggest(company, introduction, "UA", WEDNESDAY)
    with pytest.raises(TimeHasPassed):
        accept(company, introduction, "UB", open_proposal(first), now=WEDNESDAY)
    assert states(company) == ["open"]


def test_an_introduction_that_has_ended_arranges_nothing(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    first = suggest(company, introduction, "UA", WEDNESDAY)
    company.change(Introduction, active=False)
    with pytest.raises(IntroductionOver):
        accept(company, introduction, "UB", open_proposal(first))
    with pytest.raises(IntroductionOver):
        suggest(company, introduction, "UB", THURSDAY)


def test_a_time_may_be_later_than_the_round_but_not_for_ever(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    late = SLOT + WEEK + timedelta(days=1)
    close_rounds(company.sessions, workspace_id=company.workspace_id, now=late)
    first = suggest(company, introduction, "UA", late + timedelta(days=1), now=late)
    assert accept(company, introduction, "UB", open_proposal(first), now=late).pressed == Pressed.AGREED
    with pytest.raises(IntroductionOver):
        ask_for_time(company.sessions, introduction, "UA", now=SLOT + 4 * WEEK)


def test_the_question_begins_with_what_is_arranged_or_offered(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    asked = ask_for_time(company.sessions, introduction, "UA", now=AFTER)
    assert (asked.starts_at, asked.kind) == (posted(company).offers[0], LunchKind.LUNCH)
    suggest(company, introduction, "UA", THURSDAY, kind=LunchKind.COFFEE)
    asked = ask_for_time(company.sessions, introduction, "UB", now=AFTER)
    assert (asked.starts_at, asked.kind) == (THURSDAY, LunchKind.COFFEE)


# At once


def test_two_who_press_the_same_time_at_once_have_agreed(company: Company, database_url: str) -> None:
    introduction = introduce(company, "UA", "UB")
    other = Sessions(make_engine(database_url))
    pressed = at_once(
        lambda: suggest(company, introduction, "UA", WEDNESDAY).pressed,
        lambda: suggest(company, introduction, "UB", WEDNESDAY, sessions=other).pressed,
    )
    assert sorted(pressed) == [Pressed.AGREED, Pressed.SUGGESTED]
    assert states(company) == ["accepted"]
    other.engine.dispose()


def test_many_presses_at_once_leave_one_open_time_and_one_yes_each(
    company: Company, database_url: str
) -> None:
    introduction = introduce(company, "UA", "UB")
    times = [WEDNESDAY, THURSDAY, WEDNESDAY + timedelta(hours=1)]
    works = [
        lambda who=who, at=at: suggest(company, introduction, who, at).pressed  # type: ignore[misc]
        for who in ("UA", "UB")
        for at in times
    ]
    at_once(*works)
    found = states(company)
    assert found.count("open") <= 1
    assert found.count("accepted") <= 1
    rows = company.all(ProposalAcceptance)
    assert len({(row.proposal_id, row.person_id) for row in rows}) == len(rows)


def test_a_yes_pressed_twice_at_once_counts_once(company: Company) -> None:
    introduction = introduce(company, "UA", "UB", "UC")
    proposal = open_proposal(suggest(company, introduction, "UA", WEDNESDAY))
    pressed = at_once(*[lambda: accept(company, introduction, "UB", proposal).pressed] * 3)
    assert sorted(pressed) == sorted([Pressed.ONE_MORE, Pressed.NOTHING_NEW, Pressed.NOTHING_NEW])


def test_a_lunch_that_is_agreed_elsewhere_is_not_offered_again(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    busy = SLOT + WEEK + timedelta(days=1, hours=2)  # Tuesday, 12:00
    suggest(company, introduction, "UA", busy)
    suggest(company, introduction, "UB", busy)
    company.leave("UB", now=SLOT + timedelta(days=1))
    company.join("UC", now=SLOT + timedelta(days=1))
    prefer(company, "UA", weekdays=[1], lunch_hours=[12])
    close_rounds(company.sessions, workspace_id=company.workspace_id, now=SLOT + WEEK)
    company.match(now=SLOT + WEEK)
    company.deliver(now=SLOT + WEEK)
    newest = [one for _, one, _ in company.messenger.posted if isinstance(one, IntroductionMessage)][-1]
    assert {card.slack_user_id for card in newest.people} == {"UA", "UC"}
    assert newest.offers
    assert all(abs(at - busy) >= timedelta(minutes=45) for at in newest.offers)


def test_holidays_where_the_people_are_leave_days_out(company: Company) -> None:
    company.join("UA", "UB")
    company.change(Person, timezone="Europe/Berlin")
    for who in ("UA", "UB"):
        prefer(company, who, weekdays=[4])
    before_christmas = SLOT + 4 * WEEK
    company.match(now=before_christmas)
    company.deliver(now=before_christmas)
    assert posted(company).offers == (), "both Fridays are holidays: 25 December and 1 January"
