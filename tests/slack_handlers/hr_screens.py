"""Every state of HR's first screen, as `insights.first_screen` picks it from released tables."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from insights import (
    AtLeast,
    Bounds,
    Cell,
    Change,
    Count,
    Direction,
    Figure,
    FirstScreen,
    Headline,
    PairsLinked,
    Reading,
    ReleasedTable,
    Share,
    TableRow,
)

QUARTER_ON = date(2026, 9, 7)
MONTH_ON = QUARTER_ON + timedelta(weeks=8)
NEXT_ON = date(2027, 1, 11)
CANNOT_TELL, UP_TO_9 = Reading.CANNOT_TELL, Reading.UP_TO_9
AT_MOST_20, AT_LEAST_80 = Reading.AT_MOST_20, Reading.AT_LEAST_80


def meetings(*labels: str) -> ReleasedTable:
    """Who met whom, with every kind of cell."""
    kinds: tuple[Cell, ...] = (Count(15), UP_TO_9, AT_LEAST_80, AtLeast(10), CANNOT_TELL)
    rows = tuple(
        TableRow(label, tuple(kinds[(row + column) % len(kinds)] for column in range(len(labels))))
        for row, label in enumerate(labels)
    )
    return ReleasedTable("who_meets_whom", QUARTER_ON, 12, labels, rows, ())


def figure(headline: Headline, cell: Cell, of: Cell | None, change: Change, weeks: int = 12) -> Figure:
    return Figure(headline, cell, of, change, MONTH_ON if weeks == 4 else QUARTER_ON, weeks)


MONTH = (
    figure(Headline.PARTICIPATION, Share(56, 70), Count(125), 15, weeks=4),
    figure(Headline.MET, Bounds(Share(46), Share(78), Share(68)), Count(40), Direction.BETTER, weeks=4),
)
QUARTER = (
    figure(Headline.NEW_TIES, Share(71, 25), Count(35), -10),
    figure(Headline.MET_ELSEWHERE, AT_MOST_20, Count(125), CANNOT_TELL),
    figure(Headline.PAIRS_LINKED, PairsLinked(2, 6), None, 1),
)
WHOLE = FirstScreen((*MONTH, *QUARTER), meetings("Design", "Legal", "R&D <labs>", "Sales"), NEXT_ON)
ENDS = (AT_MOST_20, AT_LEAST_80, Share(50))


def with_met(low: Cell, high: Cell, answered: Cell, change: Change) -> FirstScreen:
    """Only taking part and meeting, whose bounds read so."""
    met = replace(MONTH[1], cell=Bounds(low, high, answered), change=change)  # type: ignore[arg-type]
    return FirstScreen((MONTH[0], met), None, NEXT_ON)


def screens() -> Iterator[tuple[str, FirstScreen | None]]:
    yield "of somebody who is not HR", None
    yield "nothing released", FirstScreen((), None, NEXT_ON)
    yield "after four weeks", FirstScreen(MONTH, None, NEXT_ON)
    yield "after twelve weeks", WHOLE
    few = replace(QUARTER[2], cell=CANNOT_TELL, change=CANNOT_TELL)
    yield "too few for departments", replace(WHOLE, figures=(*MONTH, *QUARTER[:2], few), meetings=meetings())
    yield "at the ends", with_met(AT_MOST_20, Share(30), CANNOT_TELL, Direction.WORSE)
    yield "at the other ends", with_met(Share(60), AT_LEAST_80, AT_LEAST_80, CANNOT_TELL)
    yield "nothing to tell", with_met(AT_MOST_20, AT_LEAST_80, CANNOT_TELL, CANNOT_TELL)
    few_met = replace(QUARTER[0], cell=AtLeast(5), of=Count(10))
    yield "of few", replace(WHOLE, figures=(*MONTH, few_met, *QUARTER[1:]))
    yield "as many departments as there is room for", replace(WHOLE, meetings=large(12))
    yield "too many departments", replace(WHOLE, meetings=large(13))


def large(count: int) -> ReleasedTable:
    """With names as long as the directory allows."""
    return meetings(*(f"{number}{'&' * 199}" for number in range(count)))


SCREENS = dict(screens())
CELLS: tuple[Cell, ...] = (
    *(
        Count(0),
        Count(5),
        AtLeast(5),
        Share(56, 25),
        Share(56),
        Share(21, 0),
        PairsLinked(0, 6),
        *ENDS,
        UP_TO_9,
        CANNOT_TELL,
    ),
    *(Bounds(*three) for three in product((*ENDS, CANNOT_TELL), repeat=3)),
)
CHANGES: tuple[Change, ...] = (10, -15, 0, *Direction, CANNOT_TELL)
