"""Preferences: all of it or nothing, for their owner alone, and what the rounds make of them."""

from dataclasses import replace
from datetime import datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select

from db.tables import Exclusion, Person, Preference
from domain.errors import (
    LeavesOutOneself,
    LeavesOutStranger,
    OfficeGone,
    TooManyInterests,
    UnknownPerson,
)
from domain.preferences import (
    LunchFormat,
    PreferenceField,
    Preferences,
    PreferencesQuestion,
    SavedPreferences,
)
from domain.rounds import AnswerWord
from tests.use_cases.company import SLOT, WEEK, Company, colleague
from tests.use_cases.lunches import say
from use_cases.ask_preferences import ask_preferences
from use_cases.change_preferences import change_preferences
from use_cases.close_rounds import close_rounds
from use_cases.leave_program import leave_program
from use_cases.prepare_match import prepare_match
from use_cases.show_status import show_status
from use_cases.sync_directory import sync_person

USUAL = Preferences()


def ask(company: Company, who: str) -> PreferencesQuestion:
    return ask_preferences(company.sessions, who, workspace_id=company.workspace_id)


def change(company: Company, who: str, said: Preferences = USUAL, **changed: Any) -> SavedPreferences:
    return change_preferences(
        company.sessions,
        who,
        said,
        **{"workspace_id": company.workspace_id, "now": SLOT - timedelta(hours=1), **changed},
    )


def owned(company: Company) -> set[tuple[str, str]]:
    """Who leaves out whom."""
    with company.sessions.read() as session:
        names = {person.id: person.slack_user_id or "" for person in session.scalars(select(Person))}
    return {(names[row.owner_id], names[row.other_id]) for row in company.all(Exclusion)}


def works_in(company: Company, **offices: str) -> None:
    for who, office in offices.items():
        with company.sessions.write() as session:
            person = session.get_one(Person, company.id_of(who))
            person.office = office


# What is stored


def test_who_says_nothing_has_no_row_and_is_asked_with_the_defaults(company: Company) -> None:
    company.join("UADA")
    assert ask(company, "UADA").said == USUAL
    assert change(company, "UADA").refused == {}
    assert company.all(Preference) == []


def test_everything_that_is_said_is_kept_and_taken_back(company: Company) -> None:
    company.join("UADA", "UBEN")
    works_in(company, UADA="Berlin", UBEN="Lisbon")
    said = Preferences(
        format=LunchFormat.VIDEO,
        office="Lisbon",
        weekdays=frozenset({1, 6}),
        lunch_hours=frozenset({9, 12}),
        names_hours=True,
        languages=("pt", "en"),
        ask_about="bread",
        interests=("Bread", "maps"),
        every_rounds=4,
        heads_up=True,
    )
    assert change(company, "UADA", said).said == said
    assert ask(company, "UADA").said == said
    assert ask(company, "UADA").offices == ("Berlin", "Lisbon")
    assert ask(company, "UBEN").said == USUAL
    change(company, "UADA", USUAL)
    assert company.all(Preference) == []


def test_hours_that_nobody_named_keep_nobody_apart_whatever_else_is_said(company: Company) -> None:
    company.join("UADA")
    change(company, "UADA", replace(USUAL, languages=("de",)))
    with company.sessions.read() as session:
        ada = session.get_one(Person, company.id_of("UADA"))
        [one] = prepare_match(session, company.program(), [ada], before=SLOT).people
    assert one.lunch_hours is None
    assert one.languages == {"de"}
    change(company, "UADA", replace(USUAL, names_hours=True))
    with company.sessions.read() as session:
        [one] = prepare_match(session, company.program(), [ada], before=SLOT).people
    assert one.lunch_hours == {11, 12, 13}


def test_blanks_and_signs_that_a_database_refuses_are_nothing_said(company: Company) -> None:
    company.join("UADA")
    saved = change(company, "UADA", replace(USUAL, ask_about=" \0 ", interests=()))
    assert saved.said == USUAL
    assert change(company, "UADA", replace(USUAL, ask_about="a\0b")).said.ask_about == "ab"


@pytest.mark.parametrize(
    ("said", "added", "refused"),
    [
        (replace(USUAL, office="Atlantis"), (), {PreferenceField.OFFICE: OfficeGone}),
        (replace(USUAL, interests=("x" * 61,)), (), {PreferenceField.INTERESTS: TooManyInterests}),
        (
            replace(USUAL, interests=tuple(map(str, range(21)))),
            (),
            {PreferenceField.INTERESTS: TooManyInterests},
        ),
        (USUAL, ("UADA",), {PreferenceField.LEFT_OUT: LeavesOutOneself}),
        (USUAL, ("UBEN", "UBOT"), {PreferenceField.LEFT_OUT: LeavesOutStranger}),
        (
            replace(USUAL, office="Atlantis", interests=("x" * 61,)),
            ("UBOT",),
            {
                PreferenceField.OFFICE: OfficeGone,
                PreferenceField.INTERESTS: TooManyInterests,
                PreferenceField.LEFT_OUT: LeavesOutStranger,
            },
        ),
    ],
)
def test_what_can_t_be_is_said_field_by_field_and_nothing_is_applied(
    company: Company, said: Preferences, added: tuple[str, ...], refused: dict[PreferenceField, type]
) -> None:
    company.join("UADA", "UBEN")
    saved = change(company, "UADA", replace(said, heads_up=True), added=added)
    assert {field: type(error) for field, error in saved.refused.items()} == refused
    assert company.all(Preference) == company.all(Exclusion) == []


def test_an_office_that_has_been_chosen_may_stay_when_it_closes(company: Company) -> None:
    company.join("UADA", "UBEN")
    works_in(company, UBEN="Lisbon")
    change(company, "UADA", replace(USUAL, office="Lisbon"))
    works_in(company, UBEN="Berlin")
    assert change(company, "UADA", replace(USUAL, office="Lisbon", heads_up=True)).refused == {}


def test_a_stranger_is_told_so(company: Company) -> None:
    with pytest.raises(UnknownPerson):
        ask(company, "UNOBODY")
    with pytest.raises(UnknownPerson):
        change(company, "UNOBODY")


def test_who_has_not_joined_may_say_so_already(company: Company) -> None:
    company.join("UADA")
    leave_program(company.sessions, "UADA", workspace_id=company.workspace_id, now=SLOT)
    assert change(company, "UADA", replace(USUAL, heads_up=True)).said.heads_up


# Whom one would rather not be introduced to


def test_a_list_is_its_owner_s_and_nobody_else_s(company: Company) -> None:
    company.join("UADA", "UBEN", "UCLEO")
    assert change(company, "UADA", added=["UBEN"]).left_out == 1
    assert ask(company, "UADA").left_out == ("UBEN",)
    assert ask(company, "UBEN").left_out == ()
    assert change(company, "UBEN").left_out == 0
    change(company, "UADA", removed=["UBEN", "UCLEO"])
    assert owned(company) == set()


def test_either_side_suffices(company: Company) -> None:
    company.join("UADA", "UBEN")
    change(company, "UBEN", added=["UADA"])
    company.match()
    assert company.introductions() == []


def test_whoever_came_into_the_list_meanwhile_or_has_left_slack_stays_in_it(company: Company) -> None:
    company.join("UADA", "UBEN", "UCLEO", "UDAN")
    change(company, "UADA", added=["UBEN", "UDAN"])
    company.exclude("UADA", "UCLEO")
    gone = colleague("UDAN", is_active=False)
    sync_person(company.sessions, gone, workspace_id=company.workspace_id, now=SLOT)
    assert set(ask(company, "UADA").left_out) == {"UBEN", "UCLEO"}
    assert change(company, "UADA", removed=["UBEN"]).left_out == 2
    assert owned(company) == {("UADA", "UCLEO"), ("UADA", "UDAN")}


def test_pressed_twice_at_once_it_is_stored_once(company: Company) -> None:
    company.join("UADA", "UBEN")
    said = replace(USUAL, heads_up=True)
    presses = [
        Thread(target=change, args=(company, "UADA", said), kwargs={"added": ["UBEN"]}) for _ in range(4)
    ]
    for press in presses:
        press.start()
    for press in presses:
        press.join()
    assert owned(company) == {("UADA", "UBEN")}
    assert len(company.all(Preference)) == 1


# How often


def rounds(company: Company, count: int) -> list[set[str]]:
    """Who is introduced in each of so many weekly rounds, and meets, so that their hands are free."""
    found = []
    for week in range(count):
        now = SLOT + week * WEEK
        close_rounds(company.sessions, workspace_id=company.workspace_id, now=now)
        company.match(now=now)
        found.append({one for people in company.introductions() for one in people})
        company.deliver(now=now)
        for one in found[-1]:
            say(company, one, AnswerWord.MET, now=now)
    return found


def next_at(company: Company, who: str, now: datetime) -> datetime:
    return show_status(company.sessions, who, workspace_id=company.workspace_id, now=now).next_at


@pytest.mark.parametrize(("every", "expected"), [(1, [0, 1, 2, 3, 4]), (2, [0, 2, 4]), (4, [0, 4])])
def test_somebody_takes_part_as_often_as_they_like_and_sits_out_in_no_other_round(
    company: Company, every: int, expected: list[int]
) -> None:
    company.join("UADA", "UBEN", "UCLEO", "UDAN")
    change(company, "UADA", replace(USUAL, every_rounds=every))
    found = rounds(company, 5)
    assert [week for week, people in enumerate(found) if "UADA" in people] == expected
    assert all(people >= {"UBEN", "UCLEO", "UDAN"} for people in found)
    assert company.sit_outs() == {}


def test_the_next_date_is_the_next_one_that_they_take_part_in(company: Company) -> None:
    company.join("UADA", "UBEN")
    change(company, "UADA", replace(USUAL, every_rounds=4))
    assert next_at(company, "UADA", SLOT - timedelta(hours=1)) == SLOT
    rounds(company, 1)
    assert next_at(company, "UADA", SLOT + timedelta(hours=1)) == SLOT + 4 * WEEK
    assert next_at(company, "UBEN", SLOT + timedelta(hours=1)) == SLOT + WEEK


def test_who_sat_out_in_their_round_takes_part_in_the_next(company: Company) -> None:
    company.join("UADA", "UBEN")
    change(company, "UADA", replace(USUAL, every_rounds=2))
    rounds(company, 1)
    company.leave("UBEN", now=SLOT + timedelta(hours=1))
    for week in (1, 2):
        company.match(now=SLOT + week * WEEK)
    assert company.sit_outs().keys() == {"UADA"}
    assert next_at(company, "UADA", SLOT + 2 * WEEK + timedelta(hours=1)) == SLOT + 3 * WEEK
