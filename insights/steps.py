"""Counts of which each is a part of the one before, from true numbers to released cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from insights.cells import Count, part
from insights.floor import Floor
from insights.rounding import BASE, Rounding
from insights.tables import COMPANY, TableRow


@dataclass(frozen=True, slots=True)
class Step:
    """A true number; it stays inside this package."""

    name: str
    """The column."""
    count: int
    measure: str
    """With the name and the row it decides the draw: one count has one draw, whatever tables it is in."""
    drawn_as: str | None = None
    """The name that decides it, where another column may count the same."""


def released_steps(steps: Sequence[Step], group: str | None, rounding: Rounding) -> tuple[int, ...]:
    """Each count as it may be released.

    Parameters
    ----------
    steps : sequence of Step
        None is higher than the one before; may be empty.
    group : str or None
        The label of the row; None is the company.
    rounding : Rounding
        The draws of the workspace.

    Returns
    -------
    tuple of int
        Multiples of 5, each less than 5 away from the true number and none higher than the one before: a step
        that read higher would narrow both of them down.

    Examples
    --------
    >>> steps = Step("delivered", 40, "lunches"), Step("met", 15, "lunches")
    >>> released_steps(steps, None, Rounding(b"sixteen bytes or more"))
    (40, 15)
    """
    rounded = (
        rounding.released(step.count, step.measure, group, step.drawn_as or step.name) for step in steps
    )
    return tuple(accumulate(rounded, min))


def steps_row(
    steps: Sequence[Step], group: str | None, rounding: Rounding, floor: Floor, *, sure: int | None = None
) -> TableRow:
    """A base, and each step after it as a part of that base.

    The base is the denominator of all: the step before may read only as an end, so that it cannot be one.

    Parameters
    ----------
    steps : sequence of Step, shape (n,)
        One or more.
    group : str or None
        The label of the row; None is the company.
    rounding : Rounding
        The draws of the workspace.
    floor : Floor
        Gives the least base that has shares.
    sure : int, optional
        The true base, where whoever reads the directory knows it; else what is certain from its rounding.

    Returns
    -------
    TableRow, shape (n,)
        The base as a count, the others as `cells.part` has them.

    Examples
    --------
    >>> steps = Step("delivered", 40, "lunches"), Step("met", 15, "lunches"), Step("new", 5, "lunches")
    >>> steps_row(steps, None, Rounding(b"sixteen bytes or more"), Floor()).cells[1:]
    (Share(percent=38, count=15), <Reading.AT_MOST_20: 'at_most_20'>)
    """
    base, *others = released_steps(steps, group, rounding)
    known = surely(base) if sure is None else sure
    cells = (part(count, base, sure=known, share_base=floor.share_base) for count in others)
    return TableRow(COMPANY if group is None else group, (Count(base), *cells))


def surely(released: int) -> int:
    """The least true number that is released so."""
    return max(released - BASE + 1, 0)
