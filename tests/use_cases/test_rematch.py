"""Whoever is stranded gets a new partner or a word, and never somebody whom they may not meet."""

import random
from collections.abc import Callable
from datetime import timedelta
from itertools import combinations

import pytest

from db.tables import Delivery, Exclusion, Participant, Person
from domain.errors import Ambiguous, NotDone, Refused
from domain.rounds import CancelReason, DeliveryKind, DeliveryState, ToldReason
from tests.db.at_once import at_once
from tests.seeds import seeds
from tests.use_cases.company import FULL_HOUR, SLOT, WEEK, Company, Once

MINUTE = timedelta(minutes=1)


def carry_on(company: Company, turns: int = 5) -> int:
    """Rematch and deliver as the clock does; how many introductions that made."""
    made = 0
    for _ in range(turns):
        made += company.rematch()
        company.deliver()
        company.real_time_passes(MINUTE)
    return made


def pair_and_one(company: Company) -> tuple[str, str]:
    """UB is introduced to the first of UA and UC, who may not meet each other; the second one sits out."""
    company.join("UA", "UB", "UC")
    company.exclude("UA", "UC")
    company.match()
    [first], [waiting] = company.partners_of("UB"), company.sit_outs()
    return first, waiting


def test_nothing_is_rematched_while_nobody_is_stranded(company: Company) -> None:
    company.join("UA", "UB", "UC")
    company.match()
    company.deliver()
    assert carry_on(company) == 0
    assert len(company.posted()) == 1


def test_who_is_left_behind_gets_whoever_sits_out(company: Company) -> None:
    first, waiting = pair_and_one(company)
    company.leave(first)
    assert carry_on(company) == 1
    assert company.posted() == [{"UB", waiting}]
    assert company.sit_outs() == {}

    company.deliver(now=FULL_HOUR)
    assert company.told() == []
    [notice] = company.all(Delivery, kind=DeliveryKind.NOTICE)
    assert (notice.state, notice.reason) == (DeliveryState.CANCELLED, CancelReason.INTRODUCED)


def test_who_is_left_alone_is_told_in_the_hourly_batch(company: Company) -> None:
    company.join("UA", "UB")
    company.match()
    company.leave("UA")
    assert carry_on(company) == 0
    assert company.sit_outs() == {"UB": ToldReason.CALLED_OFF}
    assert company.told() == []
    company.deliver(now=FULL_HOUR)
    company.deliver(now=FULL_HOUR + 60 * MINUTE)
    assert company.told() == [("UB", ToldReason.CALLED_OFF)]


def test_two_who_are_left_behind_are_introduced_to_each_other(company: Company) -> None:
    everybody = company.employ(4)
    company.match()
    first, second = company.introductions()
    company.leave(min(first))
    company.leave(min(second))
    assert carry_on(company) == 1
    assert company.posted() == [{max(first), max(second)}]
    assert len(everybody) == 4


def test_of_a_trio_the_other_two_go_on(company: Company) -> None:
    company.employ(5)
    company.match()
    [trio] = [people for people in company.introductions() if len(people) == 3]
    company.leave(min(trio))
    carry_on(company)
    assert trio - {min(trio)} in company.posted()
    assert len(company.posted()) == 2
    assert company.sit_outs() == {}


def test_an_exclusion_within_a_trio_is_kept(company: Company) -> None:
    company.join("UA", "UB", "UC")
    company.match()
    company.exclude("UA", "UB")
    carry_on(company)
    [pair] = company.posted()
    assert "UC" in pair
    assert len(pair) == 2
    assert list(company.sit_outs().values()) == [ToldReason.CALLED_OFF]


def test_a_closed_account_is_noted_and_the_other_one_goes_on(company: Company) -> None:
    first, waiting = pair_and_one(company)
    company.close_account(first)
    carry_on(company)
    assert company.states() == [DeliveryState.FAILED, DeliveryState.SENT]
    assert company.posted() == [{"UB", waiting}]
    [account] = company.all(Person, slack_user_id=first)
    assert not account.is_active


def test_a_closed_account_in_a_trio_leaves_the_other_two(company: Company) -> None:
    company.join("UA", "UB", "UC")
    company.match()
    company.close_account("UA")
    carry_on(company)
    assert company.posted() == [{"UB", "UC"}]
    assert company.sit_outs() == {}


def test_an_account_that_nothing_is_known_against_does_not_go_round_for_ever(company: Company) -> None:
    company.employ(6)
    company.messenger.unreachable.add("U003")  # but the directory shows nothing
    company.match()
    made = carry_on(company, turns=20)
    assert made <= 5
    assert carry_on(company) == 0
    pairs = company.posted()
    assert all("U003" not in people for people in pairs)
    met = {one for people in pairs for one in people}
    assert met | set(company.sit_outs()) == set(company.directory.users)
    company.deliver(now=FULL_HOUR)
    assert "U003" not in dict(company.told())


def test_the_same_people_are_not_tried_again_after_a_refusal(company: Company) -> None:
    company.join("UA", "UB")
    company.match()
    company.messenger.before = Once("post", Refused(code="invalid_blocks"))
    assert carry_on(company) == 0
    assert company.sit_outs() == {"UA": ToldReason.CALLED_OFF, "UB": ToldReason.CALLED_OFF}


def test_who_sat_out_was_introduced_and_is_stranded_again_is_told_once(company: Company) -> None:
    first, waiting = pair_and_one(company)
    company.leave(first)
    company.deliver()
    assert company.rematch() == 1
    assert company.partners_of(waiting) == {"UB"}
    company.leave("UB")
    carry_on(company)
    assert company.sit_outs() == {waiting: ToldReason.CALLED_OFF}
    company.deliver(now=FULL_HOUR)
    assert company.told() == [(waiting, ToldReason.CALLED_OFF)]


def test_who_was_told_already_is_not_told_again(company: Company) -> None:
    first, waiting = pair_and_one(company)
    company.messenger.before = Once("open", NotDone(code="connection_refused"))
    company.deliver()  # the introduction has to wait, so that the notice is read first
    company.deliver(now=FULL_HOUR)
    assert [one for one, _ in company.told()] == [waiting]

    company.leave(first)
    company.real_time_passes(MINUTE)
    company.deliver()
    assert company.rematch() == 1
    company.leave("UB")
    carry_on(company)
    company.deliver(now=FULL_HOUR + 60 * MINUTE)

    assert company.sit_outs() == {waiting: ToldReason.CALLED_OFF}
    assert [one for one, _ in company.told()] == [waiting]


def test_who_comes_back_is_rematched(company: Company) -> None:
    company.join("UA", "UB")
    company.match()
    company.leave("UA")
    company.deliver()
    company.join("UA", now=SLOT)
    assert carry_on(company) == 1
    assert company.posted() == [{"UA", "UB"}]


def test_nobody_is_rematched_once_the_round_is_over(company: Company) -> None:
    company.employ(4)
    company.match()
    for people in company.introductions():
        company.leave(min(people))
    company.deliver()
    assert company.rematch(now=SLOT + WEEK) == 0


def test_replicas_that_rematch_at_once_make_each_introduction_once(company: Company) -> None:
    company.employ(12)
    company.match()
    for people in company.introductions():
        company.leave(min(people))
    company.deliver()
    assert sum(at_once(*[company.rematch] * 3)) == 3
    met = [one for people in company.introductions() for one in people]
    assert len(met) == len(set(met)) == 6


def test_everything_at_once_neither_fails_nor_doubles_nor_forgets(company: Company) -> None:
    everybody = company.employ(24)
    company.match()

    def many(work: Callable[[int], object]) -> Callable[[], None]:
        return lambda: [work(turn) for turn in range(12)] and None

    at_once(
        many(lambda turn: company.deliver(most=1)),
        many(lambda turn: company.deliver(most=1)),
        many(lambda turn: company.rematch()),
        many(lambda turn: company.rematch()),
        many(lambda turn: company.leave(everybody[turn])),
        many(lambda turn: company.exclude(everybody[turn], everybody[-turn - 1])),
        many(lambda turn: company.join(everybody[2 * turn])),
        many(lambda turn: company.settle()),
    )
    carry_on(company, turns=20)
    check_the_round(company, company.posted())


@pytest.mark.parametrize("seed", seeds(2, 4))
def test_whatever_happens_everybody_is_introduced_once_or_told(company: Company, seed: int) -> None:
    dice = random.Random(seed)
    for week in range(2):
        now = SLOT + week * WEEK
        live_through_a_week(company, dice, [f"U{week}{n}" for n in range(dice.randint(3, 7))], now - SLOT)


def live_through_a_week(
    company: Company, dice: random.Random, newcomers: list[str], later: timedelta
) -> None:
    """A round in which people leave, exclude each other, and cannot be reached, between all steps."""
    now = SLOT + later
    company.join(*newcomers, now=now)
    everybody = sorted(person.slack_user_id for person in company.all(Person))
    before = len(company.posted())
    company.match(now=now, seed=dice.randrange(2**63))
    for _ in range(15):
        happen(company, dice, everybody)
        seen = len(company.posted())
        company.settle()
        company.rematch(now=now)
        company.deliver(now=now, most=dice.randint(0, 2))
        excluded = exclusions(company)
        for people in company.posted()[seen:]:
            assert not any(frozenset(pair) in excluded for pair in combinations(people, 2))
        company.real_time_passes(MINUTE)
    while company.rematch(now=now) + company.deliver(now=now) or moving(company):
        company.real_time_passes(MINUTE)
        company.settle()
    company.deliver(now=FULL_HOUR + later)

    check_the_round(company, company.posted()[before:])


def check_the_round(company: Company, posted: list[frozenset[str]]) -> None:
    introduced = [one for people in posted for one in people]
    assert len(introduced) == len(set(introduced)), "nobody is introduced twice in a round"
    delivery_ids = [delivery_id for _, _, delivery_id in company.messenger.posted]
    assert len(delivery_ids) == len(set(delivery_ids)), "nothing is posted twice"
    taking_part = set(participating(company))
    assert taking_part <= set(introduced) | set(company.sit_outs()), "nobody is silently left out"


def happen(company: Company, dice: random.Random, everybody: list[str]) -> None:
    """Something that people or Slack do at an unfortunate moment; mostly nothing."""
    event = dice.randrange(9)
    one, other = dice.sample(everybody, 2)
    if event == 0:
        company.leave(one)
    elif event == 1 and frozenset((one, other)) not in exclusions(company):
        company.exclude(one, other)
    elif event == 2:
        company.close_account(one)
    elif event == 3:
        company.messenger.unreachable.add(one)
    elif event == 4:
        company.messenger.before = Once("open", NotDone(code="connection_refused"))
    elif event == 5:
        company.messenger.before = Once("post", NotDone(code="connection_refused"))
    elif event == 6:
        company.messenger.after = Once("post", Ambiguous(code="timeout"))


def exclusions(company: Company) -> set[frozenset[str]]:
    names = {person.id: person.slack_user_id for person in company.all(Person)}
    return {frozenset((names[row.owner_id], names[row.other_id])) for row in company.all(Exclusion)}


def moving(company: Company) -> bool:
    on_their_way = {DeliveryState.PENDING, DeliveryState.OPENED, DeliveryState.SENDING}
    return not on_their_way.isdisjoint(company.states())


def participating(company: Company) -> list[str]:
    names = {person.id: person.slack_user_id for person in company.all(Person, is_active=True)}
    return [
        names[one.person_id] for one in company.all(Participant, state="active") if one.person_id in names
    ]
