"""The two funnels and the met rate, from records to released cells."""

from collections.abc import Set
from fractions import Fraction
from itertools import accumulate

from insights.cells import HIGH_END, LOW_END, Bounds, Cell, Count, Reading, Share, part, rate
from insights.floor import Floor
from insights.records import PeriodRecords
from insights.rounding import BASE, Rounding
from insights.tables import COMPANY, ReleasedTable, TableRow

PEOPLE_FUNNEL = "people_funnel"
INTRODUCTIONS_FUNNEL = "introductions_funnel"
MET_RATE = "met_rate"

PEOPLE_STEPS = ("eligible", "opted in", "introduced", "met")
INTRODUCTION_STEPS = ("delivered", "met", "met and new", "met, new and cross-department")

ROUNDED = (
    "Each count is rounded to a multiple of 5, up or down. Of few people or introductions it stops at “or "
    "more”, so that nobody can tell that it means all of them."
)
OF_ELIGIBLE = "Shares are of the eligible people of the row: everybody who worked here when the period ended."
OF_DELIVERED = "Shares are of the introductions delivered."
WHAT_BOUNDS_SAY = (
    "The rate is at least what is confirmed, and at most what it would be if all who did not answer, or "
    "answered that it is planned, had met. A plan is not counted as an answer."
)
WIDER_BOUNDS = (
    "Where the rate or the answers are 20 % or less, or 80 % or more, the bounds are wider than known, "
    "or the answer rate is left out, so that nobody can work out the number."
)


def released_people(
    records: PeriodRecords, people: Set[int], group: str | None, rounding: Rounding
) -> tuple[int, ...]:
    """How many people took each step of the people funnel, as it may be released.

    Parameters
    ----------
    records : PeriodRecords
        All that happened in the period.
    people : set of int
        The eligible people of the row.
    group : str or None
        The label of the group; None is the company.
    rounding : Rounding
        The draws of the workspace. The company's are the same in every table.

    Returns
    -------
    tuple of int, shape (4,)
        Multiples of 5, each less than 5 away from the true number and none higher than the one before: a step
        that read higher would narrow both of them down.
    """
    steps = (people, people & records.opted_in, people & records.introduced, people & records.met)
    rounded = (
        rounding.released(len(step), PEOPLE_FUNNEL, group, name)
        for name, step in zip(PEOPLE_STEPS, steps, strict=True)
    )
    return tuple(accumulate(rounded, min))


def people_row(
    records: PeriodRecords, people: Set[int], group: str | None, rounding: Rounding, floor: Floor
) -> TableRow:
    """The people funnel of the company or of a group of departments.

    Parameters
    ----------
    records : PeriodRecords
        All that happened in the period.
    people : set of int
        The eligible people of the row, at least `floor.group`.
    group : str or None
        The label of the group; None is the company.
    rounding : Rounding
        The draws of the workspace. The company's are the same in every table.
    floor : Floor
        Gives the least number of eligible people that has shares.

    Returns
    -------
    TableRow
        Eligible people; those of them who opted in; those of them who were introduced; those of them who are
        confirmed to have met somebody. Each step is a share of the eligible: the step before may read only
        as an end, so that it cannot be a denominator.
    """
    eligible, *others = released_people(records, people, group, rounding)
    # How many there are is known to whoever reads the directory.
    cells = (part(count, eligible, sure=len(people), share_base=floor.share_base) for count in others)
    return TableRow(COMPANY if group is None else group, (Count(eligible), *cells))


def people_funnel(records: PeriodRecords, rounding: Rounding, floor: Floor) -> ReleasedTable:
    """Eligible, opted in, introduced, met: people of the whole company."""
    everybody = {each.person for each in records.eligible}
    row = people_row(records, everybody, None, rounding, floor)
    notes = (OF_ELIGIBLE, ROUNDED)
    return ReleasedTable(PEOPLE_FUNNEL, records.period_on, records.weeks, PEOPLE_STEPS, (row,), notes)


def released_introductions(records: PeriodRecords, rounding: Rounding) -> tuple[int, ...]:
    """How many introductions took each step of their funnel, as it may be released; shape (4,).

    As in `released_people`, no step reads higher than the one before.
    """
    met = [each for each in records.introductions if each.met]
    new = [each for each in met if each.new]
    steps = (records.introductions, met, new, [each for each in new if each.cross_department])
    rounded = (
        rounding.released(len(step), INTRODUCTIONS_FUNNEL, None, name)
        for name, step in zip(INTRODUCTION_STEPS, steps, strict=True)
    )
    return tuple(accumulate(rounded, min))


def introductions_funnel(records: PeriodRecords, rounding: Rounding, floor: Floor) -> ReleasedTable:
    """Delivered; of these met; of these new; of these cross-department: introductions of the company.

    Shares are of all that were delivered, where these are certainly `floor.share_base` or more.
    """
    delivered, *others = released_introductions(records, rounding)
    cells = (part(count, delivered, sure=_surely(delivered), share_base=floor.share_base) for count in others)
    return ReleasedTable(
        INTRODUCTIONS_FUNNEL,
        records.period_on,
        records.weeks,
        INTRODUCTION_STEPS,
        (TableRow(COMPANY, (Count(delivered), *cells)),),
        (OF_DELIVERED, ROUNDED),
    )


def met_rate(records: PeriodRecords, rounding: Rounding, floor: Floor) -> ReleasedTable:
    """The met rate as bounds, beside the answer rate; "can't tell" where shares are of too few.

    The delivered and the met are those of the introductions funnel: a second draw for the same count would
    narrow it down.
    """
    delivered, met, *_ = released_introductions(records, rounding)
    rounded = rounding.released(sum(each.open for each in records.introductions), MET_RATE, None, "open")
    # More than all would say that both were rounded up.
    still_open = min(rounded, delivered - met)
    cell: Cell = Reading.CANNOT_TELL
    if _surely(delivered) >= floor.share_base:
        cell = bounds(Fraction(met, delivered), Fraction(still_open, delivered))
    row = TableRow(COMPANY, (Count(delivered), cell))
    notes = (WHAT_BOUNDS_SAY, WIDER_BOUNDS)
    return ReleasedTable(MET_RATE, records.period_on, records.weeks, ("delivered", "met rate"), (row,), notes)


def _surely(delivered: int) -> int:
    """The least true number that is released so."""
    return max(delivered - BASE + 1, 0)


def bounds(met: Fraction, still_open: Fraction) -> Bounds:
    """The met rate as bounds that give away no share at an end.

    High is the sum of what `low` and the open ones read at most: the exact sum, unless one of them is at
    an end, which the sum and the other would betray. If only the sum is at an end, the answer rate is left
    out instead, for then the introductions that did not take place would be what is betrayed.

    Parameters
    ----------
    met, still_open : Fraction
        Shares of the introductions delivered, from released counts; 0 or more, and together 1 at most.

    Returns
    -------
    Bounds
        With the answer rate as 1 - `still_open`.

    Examples
    --------
    >>> bounds(Fraction(46, 100), Fraction(32, 100))
    Bounds(low=Share(percent=46, count=None), high=Share(percent=78, count=None), \
answered=Share(percent=68, count=None))
    >>> bounds(Fraction(46, 100), Fraction(5, 100)).high
    Share(percent=66, count=None)
    """
    low, answered, high = rate(met), rate(1 - still_open), rate(_at_most(met) + _at_most(still_open))
    if high is Reading.AT_LEAST_80 and isinstance(low, Share) and isinstance(answered, Share):
        answered = Reading.CANNOT_TELL
    return Bounds(low, high, answered)


def _at_most(share: Fraction) -> Fraction:
    """The highest share that reads as this one does."""
    if share >= HIGH_END:
        return Fraction(1)
    return max(share, LOW_END)
