"""How to read each number: what it means and does not mean, of what it is, and whether answers decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from insights.cells import Bounds, Reading
from insights.funnels import INTRODUCTIONS_FUNNEL, MET_RATE, PEOPLE_FUNNEL
from insights.novelty import NOVELTY_LEFT
from insights.participation import NEWCOMERS, REACH, RETENTION, SIT_OUTS
from insights.rows import OPT_IN_BY_LEVEL, OPT_IN_BY_OFFICE, OPT_IN_BY_TENURE, PEOPLE_FUNNEL_BY_DEPARTMENT
from insights.tables import COMPANY, ReleasedTable
from insights.ties import NEW_TIES, TIES_ACROSS_LEVELS
from insights.who_meets import DEPARTMENT_PAIRS_LINKED, LEVELS_MEET, WHO_MEETS_WHOM
from insights.wording import cell_text


@dataclass(frozen=True, slots=True)
class HowToRead:
    """What stands beside a number.

    Parameters
    ----------
    means, means_not : str
        One sentence each.
    of : str
        The denominator.
    by_answers : bool
        Whether it counts what people said about their lunches, so that who does not answer is missing in it.
    """

    means: str
    means_not: str
    of: str
    by_answers: bool = False


_OPT_IN_NOT = (
    "Not joining is no fault: people have lunch without an app, and nobody can see who is in a row and who "
    "is not."
)
_MEETS_NOT = (
    "Lunches are not collaboration: who meets here may never work together, and who works together may "
    "never meet here."
)

HOW_TO_READ: Mapping[str, HowToRead] = {
    PEOPLE_FUNNEL: HowToRead(
        "Of everybody who works here: who opted in at some time of the period, was introduced, and is "
        "confirmed to have met somebody.",
        "It does not say how well connected people are; it counts what went through Lunchmates alone.",
        "everybody who worked here when the period ended",
        by_answers=True,
    ),
    INTRODUCTIONS_FUNNEL: HowToRead(
        "Of the introductions that were delivered: which are confirmed to have led to a lunch, of people who "
        "were new to each other, of two departments.",
        "An introduction that nobody confirmed may well have taken place.",
        "introductions delivered and not withdrawn",
        by_answers=True,
    ),
    MET_RATE: HowToRead(
        "How many introductions led to a lunch: at least those that are confirmed, at most those and all of "
        "which nobody said anything.",
        "The middle of the two is not the answer; “better” is said only where at least now is over at most "
        "before.",
        "introductions delivered and not withdrawn",
        by_answers=True,
    ),
    PEOPLE_FUNNEL_BY_DEPARTMENT: HowToRead(
        "The same steps for each department.",
        "It does not rank departments: one whose people travel, or know each other anyway, joins less.",
        "everybody of the department",
        by_answers=True,
    ),
    WHO_MEETS_WHOM: HowToRead(
        "People of the row's department who met somebody of the column's for the first time in these weeks.",
        _MEETS_NOT,
        "none: it counts people, and whoever met people of several departments is in several columns",
        by_answers=True,
    ),
    DEPARTMENT_PAIRS_LINKED: HowToRead(
        "Pairs of departments with enough people on each side who met somebody of the other.",
        "A pair that is not linked is not a silo: it may meet every day without Lunchmates.",
        "the pairs of departments of which anything can be said",
        by_answers=True,
    ),
    OPT_IN_BY_OFFICE: HowToRead(
        "Who opted in, by office.", _OPT_IN_NOT, "everybody of the office when the period ended"
    ),
    OPT_IN_BY_LEVEL: HowToRead(
        "Who opted in, by level.", _OPT_IN_NOT, "everybody of the level when the period ended"
    ),
    OPT_IN_BY_TENURE: HowToRead(
        "Who opted in, by full years in the company.",
        _OPT_IN_NOT,
        "everybody with so many years when the period ended",
    ),
    LEVELS_MEET: HowToRead(
        "People of the row's level who met somebody of the column's for the first time in these weeks.",
        "It says nothing of managers and their own people, whom Lunchmates never introduces to each other.",
        "none: it counts people, and whoever met people of several levels is in several columns",
        by_answers=True,
    ),
    TIES_ACROSS_LEVELS: HowToRead(
        "The share of new ties that join two levels, beside the share that chance would give.",
        "Under chance does not mean that anybody avoids anybody: a few lunches more or less move it.",
        "new ties: two people who were introduced and met for the first time",
        by_answers=True,
    ),
    NEW_TIES: HowToRead(
        "Pairs who were introduced and are confirmed to have met for the first time, and those of two "
        "departments.",
        "A tie is one lunch; whether it lasts, nobody asks.",
        "new ties",
        by_answers=True,
    ),
    REACH: HowToRead(
        "How many participants met people of one and more, or of three and more, other departments.",
        _MEETS_NOT,
        "everybody who worked here when the period ended",
        by_answers=True,
    ),
    SIT_OUTS: HowToRead(
        "Participants who were left over in two or more rounds: the number to keep low.",
        "Who sat out once is not in it; somebody has to where the number is odd.",
        "everybody who worked here when the period ended",
    ),
    RETENTION: HowToRead(
        "Participants of the twelve weeks before who are still in at the end; a pause is no leaving.",
        "Who left need not be unhappy: having met everybody is a good reason, too.",
        "everybody who worked here when the period ended",
    ),
    NEWCOMERS: HowToRead(
        "Newcomers whose first 90 days were over, and who met somebody by an introduction in them.",
        "Newcomers whose first day the directory does not say are missing.",
        "joiners whose first 90 days were over in these weeks",
        by_answers=True,
    ),
    NOVELTY_LEFT: HowToRead(
        "For how many more weeks there is somebody new of another department to introduce, at this pace.",
        "It is an average: in a large department somebody runs out of others sooner.",
        "pairs of participants of two departments",
    ),
}
"""By the name of the table."""


def answer_rates(met_rates: Iterable[ReleasedTable]) -> str:
    """What part of the introductions was answered, period by period.

    Parameters
    ----------
    met_rates : iterable of ReleasedTable
        The met rates of the periods that a number counts, the oldest first; may be empty.

    Returns
    -------
    str
        As it was released: never an average of rounded numbers.

    Examples
    --------
    >>> import datetime
    >>> from insights.cells import Count, Share
    >>> from insights.tables import TableRow
    >>> row = TableRow("Company", (Count(40), Bounds(Share(46), Share(78), Share(68))))
    >>> table = ReleasedTable("met_rate", datetime.date(2026, 1, 5), 4, ("delivered", "met rate"), (row,), ())
    >>> answer_rates([table, table])
    'of the introductions 68 % were answered, in each four weeks'
    >>> answer_rates([])
    "can't tell how many introductions were answered"
    """
    said = [
        cell_text(cell.answered) if isinstance(cell, Bounds) else cell_text(Reading.CANNOT_TELL)
        for table in met_rates
        for cell in [table.cell(COMPANY, "met rate")]
    ]
    if not set(said) - {cell_text(Reading.CANNOT_TELL)}:
        return "can't tell how many introductions were answered"
    if len(set(said)) == 1:
        return f"of the introductions {said[0]} were answered" + ", in each four weeks" * (len(said) > 1)
    return f"introductions answered, four weeks after four weeks: {'; '.join(said)}"
