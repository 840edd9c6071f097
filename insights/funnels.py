"""The two funnels and the met rate, from records to released cells."""

from collections.abc import Set
from fractions import Fraction

from insights.cells import HIGH_END, LOW_END, Bounds, Cell, Count, Reading, Share, rate
from insights.floor import Floor
from insights.records import PeriodRecords
from insights.rounding import Rounding
from insights.steps import Step, released_steps, steps_row, surely
from insights.tables import COMPANY, ReleasedTable, TableRow

PEOPLE_FUNNEL = "people_funnel"
INTRODUCTIONS_FUNNEL = "introductions_funnel"
MET_RATE = "met_rate"

OPTED_IN = "opted in"
PEOPLE_STEPS = ("eligible", OPTED_IN, "introduced", "met")
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


def people_steps(
    records: PeriodRecords, people: Set[int] | None = None, measure: str = PEOPLE_FUNNEL
) -> tuple[Step, ...]:
    """The people funnel of the company or of a group, in true numbers.

    Parameters
    ----------
    records : PeriodRecords
        All that happened in the period.
    people : set of int, optional
        The eligible people of a group; else all of them.
    measure : str
        Of the draws; the company's are the same in every table.

    Returns
    -------
    tuple of Step, shape (4,)
        Eligible people; those of them who opted in; those of them who were introduced; those of them who are
        confirmed to have met somebody. All 0 without people.

    Examples
    --------
    >>> import datetime
    >>> from insights.records import Eligible
    >>> people = tuple(Eligible(number) for number in range(3))
    >>> records = PeriodRecords(datetime.date(2026, 1, 5), 4, people, opted_in=frozenset({0, 1}))
    >>> [step.count for step in people_steps(records)]
    [3, 2, 0, 0]
    """
    if people is None:
        people = {each.person for each in records.eligible}
    steps = (people, people & records.opted_in, people & records.introduced, people & records.met)
    return tuple(Step(name, len(step), measure) for name, step in zip(PEOPLE_STEPS, steps, strict=True))


def people_funnel(
    records: PeriodRecords, offices: tuple[TableRow, ...], rounding: Rounding, floor: Floor
) -> ReleasedTable:
    """Eligible, opted in, introduced, met: people of the whole company, and of each large office."""
    row = steps_row(people_steps(records), None, rounding, floor, sure=len(records.eligible))
    sizes = f"An office is a row where {floor.large} people work; smaller ones are one row together, or none."
    notes = (OF_ELIGIBLE, ROUNDED, *((sizes,) if offices else ()))
    return ReleasedTable(
        PEOPLE_FUNNEL, records.period_on, records.weeks, PEOPLE_STEPS, (row, *offices), notes
    )


def introduction_steps(records: PeriodRecords) -> tuple[Step, ...]:
    """The introductions funnel of the company, in true numbers.

    Parameters
    ----------
    records : PeriodRecords
        All that happened in the period.

    Returns
    -------
    tuple of Step, shape (4,)
        Introductions delivered and not withdrawn; of these confirmed to have met; of these of people none of
        whom had been introduced or had met before; of these of two departments and more. All 0 without any.

    Examples
    --------
    >>> import datetime
    >>> [step.count for step in introduction_steps(PeriodRecords(datetime.date(2026, 1, 5), 4, ()))]
    [0, 0, 0, 0]
    """
    met = [each for each in records.introductions if each.met]
    new = [each for each in met if each.new]
    steps = (records.introductions, met, new, [each for each in new if each.cross_department])
    return tuple(
        Step(name, len(step), INTRODUCTIONS_FUNNEL)
        for name, step in zip(INTRODUCTION_STEPS, steps, strict=True)
    )


def introductions_funnel(records: PeriodRecords, rounding: Rounding, floor: Floor) -> ReleasedTable:
    """Delivered; of these met; of these new; of these cross-department: introductions of the company.

    Shares are of all that were delivered, where these are certainly `floor.share_base` or more.
    """
    return ReleasedTable(
        INTRODUCTIONS_FUNNEL,
        records.period_on,
        records.weeks,
        INTRODUCTION_STEPS,
        (steps_row(introduction_steps(records), None, rounding, floor),),
        (OF_DELIVERED, ROUNDED),
    )


def met_rate(records: PeriodRecords, rounding: Rounding, floor: Floor) -> ReleasedTable:
    """The met rate as bounds, beside the answer rate; "can't tell" where shares are of too few.

    The delivered and the met are those of the introductions funnel: a second draw for the same count would
    narrow it down.
    """
    delivered, met, *_ = released_steps(introduction_steps(records), None, rounding)
    rounded = rounding.released(sum(each.open for each in records.introductions), MET_RATE, None, "open")
    # More than all would say that both were rounded up.
    still_open = min(rounded, delivered - met)
    cell: Cell = Reading.CANNOT_TELL
    if surely(delivered) >= floor.share_base:
        cell = bounds(Fraction(met, delivered), Fraction(still_open, delivered))
    row = TableRow(COMPANY, (Count(delivered), cell))
    notes = (WHAT_BOUNDS_SAY, WIDER_BOUNDS)
    return ReleasedTable(MET_RATE, records.period_on, records.weeks, ("delivered", "met rate"), (row,), notes)


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
    low, answered, high = rate(met), rate(1 - still_open), rate(at_most(met) + at_most(still_open))
    if high is Reading.AT_LEAST_80 and isinstance(low, Share) and isinstance(answered, Share):
        answered = Reading.CANNOT_TELL
    return Bounds(low, high, answered)


def at_most(share: Fraction) -> Fraction:
    """The highest share that reads as this one does."""
    if share >= HIGH_END:
        return Fraction(1)
    return max(share, LOW_END)
