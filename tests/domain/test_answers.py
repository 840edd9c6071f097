"""What answers come to, by hand."""

import pytest

from domain.answers import Said, verdicts
from domain.rounds import AnswerWord

PLANNED, NO = Said(AnswerWord.PLANNED), Said(AnswerWord.NOT_THIS_TIME)


def met(*people: int) -> Said:
    return Said(AnswerWord.MET, frozenset(people))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, None),
        ({1: met(2)}, True),
        ({1: met(2), 2: met(1)}, True),
        ({1: met(2), 2: PLANNED}, True),
        ({1: met(2), 2: NO}, False),
        ({1: NO}, False),
        ({1: PLANNED, 2: NO}, False),
        ({1: PLANNED}, None),
        ({1: PLANNED, 2: PLANNED}, None),
    ],
)
def test_two_people(said: dict[int, Said], expected: bool | None) -> None:
    assert verdicts([2, 1], said) == {(1, 2): expected}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({1: met(2, 3)}, (True, True, None)),
        ({1: met(2)}, (True, False, None)),
        ({1: met(2), 2: met(1, 3)}, (True, False, True)),
        ({1: met(2, 3), 3: NO}, (True, False, False)),
        ({1: NO}, (False, False, None)),
        ({1: NO, 2: PLANNED}, (False, False, None)),
        ({1: NO, 2: NO}, (False, False, False)),
        ({2: PLANNED}, (None, None, None)),
    ],
)
def test_three_people(said: dict[int, Said], expected: tuple[bool | None, ...]) -> None:
    assert tuple(verdicts([3, 1, 2], said).values()) == expected


def test_nobody_meets_themself() -> None:
    assert verdicts([1], {1: met(1)}) == {}
