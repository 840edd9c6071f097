"""The buttons of the bot's own DM, pressed several times at the same moment, and while the clock works."""

from datetime import date, timedelta

from db.tables import Answer, Delivery, SkippedRound
from domain.rounds import AnswerWord, DeliveryKind, Thumb
from tests.db.at_once import at_once
from tests.use_cases.company import SLOT, WEEK, Company
from tests.use_cases.lunches import agree, introduction_of, say
from use_cases.give_thumb import give_thumb
from use_cases.owe_check_ins import owe_check_ins
from use_cases.owe_nudges import owe_nudges
from use_cases.rest_silent_people import rest_silent_people
from use_cases.resume_program import resume_program
from use_cases.skip_round import skip_round

FRIDAY, NEXT = SLOT + timedelta(days=4), date(2026, 11, 30)
WEDNESDAY = SLOT + timedelta(days=2)


def introduce(company: Company) -> str:
    company.join("UA", "UB")
    company.match()
    company.deliver()
    return introduction_of(company, "UA")


def test_a_skip_and_its_undoing_at_once_are_one_or_the_other(company: Company) -> None:
    introduce(company)
    here = {"workspace_id": company.workspace_id, "now": FRIDAY}
    works = [
        lambda skip=skip: skip_round(company.sessions, "UA", NEXT, skip=skip, **here)  # type: ignore[misc]
        for skip in (True, False, True, True, False)
    ]
    at_once(*works)
    assert len(company.all(SkippedRound)) <= 1
    at_once(*[lambda: skip_round(company.sessions, "UA", NEXT, **here)] * 3)
    assert len(company.all(SkippedRound)) == 1


def test_a_thumb_and_another_answer_at_once_never_contradict_each_other(company: Company) -> None:
    introduction = introduce(company)
    say(company, "UA", AnswerWord.MET, now=FRIDAY)
    works = [
        lambda: give_thumb(company.sessions, introduction, "UA", Thumb.DOWN),
        lambda: give_thumb(company.sessions, introduction, "UA", Thumb.UP),
        lambda: say(company, "UA", AnswerWord.NOT_THIS_TIME, now=FRIDAY),
    ]
    at_once(*works)
    [answer] = company.all(Answer)
    assert (answer.answer, answer.thumb) == (AnswerWord.NOT_THIS_TIME, None)


def test_first_answers_of_both_at_once_are_both_kept(company: Company) -> None:
    introduce(company)
    at_once(*[lambda who=who: say(company, who, AnswerWord.MET, now=FRIDAY) for who in ("UA", "UB", "UA")])  # type: ignore[misc]
    assert len(company.all(Answer)) == 2


def test_two_replicas_owe_each_message_once(company: Company) -> None:
    introduce(company)
    here = {"workspace_id": company.workspace_id}
    at_once(*[lambda: owe_nudges(company.sessions, **here, now=WEDNESDAY)] * 3)
    agree(company, WEDNESDAY + timedelta(hours=2), now=WEDNESDAY)
    at_once(*[lambda: owe_check_ins(company.sessions, **here, now=FRIDAY)] * 3)
    assert len(company.all(Delivery, kind=DeliveryKind.NUDGE)) == 1
    assert len(company.all(Delivery, kind=DeliveryKind.CHECK_IN)) == 2


def test_whoever_presses_while_they_are_put_to_rest_is_in_or_resting_with_one_message(
    company: Company,
) -> None:
    company.join("UA", "UB")
    for week in (0, 1, 3):
        company.match(now=SLOT + week * WEEK)
        company.deliver(now=SLOT + week * WEEK)
    for days in range(10, 35):
        now = SLOT + timedelta(days=days)
        owe_check_ins(company.sessions, workspace_id=company.workspace_id, now=now)
        company.deliver(now=now)
    now = SLOT + 5 * WEEK
    program_id = company.program().id
    at_once(
        lambda: rest_silent_people(company.sessions, program_id=program_id, now=now),
        lambda: rest_silent_people(company.sessions, program_id=program_id, now=now),
        lambda: resume_program(company.sessions, "UA", workspace_id=company.workspace_id, now=now).is_in,
    )
    owed = company.all(Delivery, kind=DeliveryKind.RESTING)
    assert len(owed) == 2
    company.deliver(now=now + timedelta(hours=1))
