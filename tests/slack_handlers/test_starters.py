"""Questions to start with: those that fit, each sometimes, the same one for the same introduction."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import combinations

import pytest

from domain.messages import Card, IntroductionMessage, Why
from slack_handlers.blocks.starters import (
    DEPARTMENTS,
    EXPERIENCE,
    GENERAL,
    INTEREST,
    OFFICES,
    shared_interest,
    starter,
)
from slack_handlers.blocks.words import words_for

ENGLISH = words_for("en-GB")
KINDS = (GENERAL, DEPARTMENTS, OFFICES, EXPERIENCE, INTEREST)
ADA = Card("U0ADA", "Research", "Berlin", "Trains, rivers")
BEN = Card("U0BEN", "Sales", "Lisbon", "chess, trains ")


def introduced(*people: Card, differ: bool = False, why: frozenset[Why] = frozenset()) -> IntroductionMessage:
    return IntroductionMessage(
        introduction_id="i1",
        people=people,
        why=why,
        starter=0,
        proposer="U0ADA",
        next_at=datetime(2026, 11, 30, 10, tzinfo=UTC),
        today=date(2026, 11, 26),
        experience_differs=differ,
    )


def asked(content: IntroductionMessage) -> set[str]:
    """Every question that may be asked."""
    return {starter(ENGLISH, replace(content, starter=number)) for number in range(500)}


def test_no_question_stands_in_two_kinds() -> None:
    assert all(not set(one) & set(other) for one, other in combinations(KINDS, 2))


def test_people_of_whom_nothing_is_known_get_a_general_question() -> None:
    assert asked(introduced(Card("U1"), Card("U2"))) == set(GENERAL)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (introduced(ADA, replace(BEN, office="Berlin")), DEPARTMENTS),
        (introduced(ADA, replace(BEN, department="Research")), OFFICES),
        (introduced(Card("U1"), Card("U2"), differ=True), EXPERIENCE),
    ],
)
def test_what_differs_brings_its_questions(content: IntroductionMessage, kind: tuple[str, ...]) -> None:
    assert asked(content) == {*GENERAL, *kind}


def test_what_is_not_known_of_both_does_not_differ() -> None:
    assert asked(introduced(ADA, Card("U0BEN"))) == set(GENERAL)


def test_a_shared_interest_is_named() -> None:
    content = introduced(
        replace(ADA, office=None), replace(BEN, department="Research"), why=frozenset({Why.SHARED_INTEREST})
    )
    assert shared_interest(content) == "Trains"
    assert asked(content) == {*GENERAL, *(question.format(interest="Trains") for question in INTEREST)}


def test_somebody_elses_words_are_escaped() -> None:
    marked = replace(ADA, interests="<!channel>")
    content = introduced(marked, replace(marked, slack_user_id="U1"), why=frozenset({Why.SHARED_INTEREST}))
    assert not any("<" in question for question in asked(content))
    assert any("&lt;!channel&gt;" in question for question in asked(content))


def test_each_kind_that_fits_has_the_same_chance() -> None:
    content = introduced(ADA, BEN, differ=True)
    drawn = [starter(ENGLISH, replace(content, starter=number)) for number in range(4_000)]
    shares = [
        sum(question in kind for question in drawn) for kind in (GENERAL, DEPARTMENTS, OFFICES, EXPERIENCE)
    ]
    assert shares == [1_000] * 4


def test_the_same_introduction_keeps_its_question_in_each_language() -> None:
    content = replace(introduced(ADA, BEN), starter=4)
    assert starter(ENGLISH, content) == starter(ENGLISH, content) in DEPARTMENTS
    assert starter(words_for("de"), content) == words_for("de").say(starter(ENGLISH, content))
