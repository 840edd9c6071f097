"""After three silent rounds somebody is paused, gently: who is, who isn't, and how they come back."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from db.tables import Delivery, Participant
from domain.messages import RestingMessage
from domain.programs import Change
from domain.rounds import AnswerWord, DeliveryKind, DeliveryState
from tests.use_cases.company import FULL_HOUR, SLOT, WEEK, Company
from tests.use_cases.lunches import introduction_of, say, suggest
from use_cases.owe_check_ins import owe_check_ins
from use_cases.pause_program import pause_program
from use_cases.resume_program import resume_program
from use_cases.show_status import show_status

NOBODY: Callable[[Company, int], object] = lambda company, week: None  # noqa: E731


def weeks(company: Company, count: int, *, since: int = 0, meanwhile: Callable[..., object] = NOBODY) -> None:
    """Rounds go by, with everything that the clock owes; `meanwhile` is what people do in each."""
    for week in range(since, since + count):
        slot = SLOT + week * WEEK
        for days in (0, 3):  # introductions go out on the first, questions about the week before on day ten
            now = slot + timedelta(days=days)
            if days == 0:
                company.match(now=now)
            owe_check_ins(company.sessions, workspace_id=company.workspace_id, now=now)
            company.deliver(now=now)
            if days == 0:
                company.deliver(now=now + timedelta(hours=1))
                meanwhile(company, week)


def resting(company: Company) -> set[str]:
    ids = {company.id_of(one): one for one in company.directory.users}
    return {ids[one.person_id] for one in company.all(Participant) if one.resting_at is not None}


def rests(company: Company) -> list[RestingMessage]:
    return [content for _, content, _ in company.messenger.posted if isinstance(content, RestingMessage)]


def test_three_silent_rounds_pause_both_with_one_message_each(company: Company) -> None:
    company.join("UA", "UB")
    # Two open lunches keep both out of the third week.
    weeks(company, 5)
    assert resting(company) == set(), "the third is too young to be called silent"
    weeks(company, 3, since=5)
    assert resting(company) == {"UA", "UB"}
    assert rests(company) == [RestingMessage(3, (None,))] * 2
    assert company.introductions() == []
    assert [one.due_at for one in company.all(Delivery, kind=DeliveryKind.RESTING)] == [
        FULL_HOUR + 5 * WEEK
    ] * 2
    status = show_status(company.sessions, "UA", workspace_id=company.workspace_id, now=SLOT + 8 * WEEK)
    assert (status.is_in, status.is_resting, status.paused_until) == (True, True, None)


@pytest.mark.parametrize("standing_engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("who", "how"), [("UA", "answers"), ("UB", "suggests")])
@pytest.mark.parametrize(("week_of_it", "rests_in"), [(1, 8), (3, 9)])
def test_a_word_from_either_side_keeps_both_in(
    company: Company, who: str, how: str, week_of_it: int, rests_in: int
) -> None:
    company.join("UA", "UB")

    def meanwhile(company: Company, week: int) -> None:
        now = SLOT + week * WEEK + timedelta(hours=2)
        if week == week_of_it and how == "answers":
            say(company, who, AnswerWord.NOT_THIS_TIME, now=now)
        elif week == week_of_it:
            suggest(company, who, now + timedelta(days=1), now=now)

    weeks(company, rests_in, meanwhile=meanwhile)
    assert resting(company) == set()
    weeks(company, 1, since=rests_in)
    assert resting(company) == {"UA", "UB"}


def test_what_somebody_does_about_taking_part_is_a_word_too(company: Company) -> None:
    company.join("UA", "UB")

    def meanwhile(company: Company, week: int) -> None:
        if week == 3:
            now = SLOT + week * WEEK + timedelta(hours=2)
            pause_program(company.sessions, "UA", "1d", workspace_id=company.workspace_id, now=now)
            resume_program(company.sessions, "UA", workspace_id=company.workspace_id, now=now)

    weeks(company, 6, meanwhile=meanwhile)
    assert resting(company) == {"UB"}


def test_nobody_is_called_silent_who_was_never_asked(company: Company) -> None:
    company.join("UA", "UB")
    for week in range(8):
        company.match(now=SLOT + week * WEEK)
        company.deliver(now=SLOT + week * WEEK)
    assert resting(company) == set()


@pytest.mark.parametrize("how", ["resume", "join", "pause", "leave"])
def test_every_way_out_of_a_rest(company: Company, how: str) -> None:
    company.join("UA", "UB")
    weeks(company, 6)
    now = SLOT + 5 * WEEK + timedelta(days=6, hours=1)
    here = {"workspace_id": company.workspace_id, "now": now}
    match how:
        case "resume":
            assert resume_program(company.sessions, "UA", **here).change == Change.RESUMED
            assert resume_program(company.sessions, "UA", **here).change == Change.NOT_PAUSED
        case "join":
            assert company.join("UA", now=now)[0].change == Change.JOINED
        case "pause":
            until = pause_program(company.sessions, "UA", "2w", **here).paused_until
            assert until == date(2027, 1, 17)
        case _:
            assert company.leave("UA", now=now).change == Change.LEFT
    assert resting(company) == {"UB"}
    company.join("UC", now=now)
    company.match(now=SLOT + 6 * WEEK)
    assert (frozenset({"UA", "UC"}) in company.introductions()) == (how in ("resume", "join"))


def test_whoever_comes_back_at_once_is_not_told_and_starts_anew(company: Company) -> None:
    company.join("UA", "UB")
    weeks(company, 5)
    now = SLOT + 5 * WEEK
    company.match(now=now)
    assert resting(company) == {"UA", "UB"}
    for one in ("UA", "UB"):
        resume_program(company.sessions, one, workspace_id=company.workspace_id, now=now)
    company.deliver(now=now + timedelta(hours=1))
    assert company.states(DeliveryKind.RESTING) == [DeliveryState.CANCELLED] * 2
    weeks(company, 4, since=6)
    assert resting(company) == set()


def test_a_pair_of_which_one_is_silent_with_everybody_tells_the_other_nothing(company: Company) -> None:
    """Whoever answers keeps their partner in, so that a pause never says what the partner did."""
    company.join("UA", "UB")
    weeks(
        company,
        8,
        meanwhile=lambda company, week: say(company, "UA", AnswerWord.MET, now=SLOT + week * WEEK),
    )
    assert resting(company) == set()
    assert introduction_of(company, "UB") != "None"
