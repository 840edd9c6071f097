"""What would help most, worked out from released tables alone, each with the setting that addresses it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from insights.attributes import DEPARTMENT, LEVEL, OFFICE
from insights.cells import Bounds, Cell, Count, Rate, Reading, Share, WeeksLeft
from insights.drawing import says_few
from insights.funnels import MET_RATE
from insights.groups import OTHER
from insights.novelty import NOVELTY_LEFT
from insights.participation import SIT_OUTS
from insights.rounding import BASE
from insights.rows import OPT_IN_BY_LEVEL, OPT_IN_BY_OFFICE, PEOPLE_FUNNEL_BY_DEPARTMENT
from insights.tables import COMPANY, ReleasedTable
from insights.ties import TIES_ACROSS_LEVELS
from insights.who_meets import WHO_MEETS_WHOM
from insights.wording import cell_text

NAMELESS = frozenset({COMPANY, OTHER, DEPARTMENT.missing, LEVEL.missing, OFFICE.missing})
"""Nobody can do anything about these: the whole company, and what is left over."""
MOST_PAIRS, MOST_GROUPS = 3, 2
HALF = 50


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that would help.

    Parameters
    ----------
    what : str
        What stands out, with the released numbers that it rests on.
    try_this : str
        What to do about it, in a sentence.
    setting : str
        The command that does it, or what employees set themselves.
    table : str
        The name of the released table with these numbers.
    """

    what: str
    try_this: str
    setting: str
    table: str


def suggestions(tables: Iterable[ReleasedTable]) -> tuple[Suggestion, ...]:
    """What stands out in the newest tables; of groups alone, and never of one that is not published.

    Parameters
    ----------
    tables : iterable of ReleasedTable
        At most one of each name; may be empty.

    Returns
    -------
    tuple of Suggestion
        What helps most first; empty where nothing stands out, or nothing can be said.

    Examples
    --------
    >>> import datetime
    >>> from insights.tables import TableRow
    >>> row = TableRow("Company", (WeeksLeft.UNDER_13,))
    >>> monday = datetime.date(2026, 1, 5)
    >>> table = ReleasedTable("novelty_left", monday, 12, ("somebody new left for",), (row,), ())
    >>> [each.setting for each in suggestions([table])]
    ['python app.py schedule --weeks 2']
    >>> suggestions([])
    ()
    """
    by_name = {table.name: table for table in tables if table.rows}
    found: list[Suggestion] = []
    for name, look in _LOOKS:
        if name in by_name:
            found += look(by_name[name], by_name)
    return tuple(found)


Tables = Mapping[str, ReleasedTable]


def _novelty(table: ReleasedTable, _: Tables) -> Iterator[Suggestion]:
    left = table.rows[0].cells[0]
    if left is WeeksLeft.UNDER_13:
        yield Suggestion(
            f"Somebody new is left for {cell_text(left)}.",
            "Introduce less often, so that it lasts, and tell departments that have hardly joined.",
            "python app.py schedule --weeks 2",
            table.name,
        )


def _large_department(table: ReleasedTable, _: Tables) -> Iterator[Suggestion]:
    sizes = {
        row.label: cell.count
        for row in table.rows
        if row.label != COMPANY and isinstance(cell := row.cells[0], Count)
    }
    for label, size in sizes.items():
        others = sum(sizes.values()) - size
        # Each count may be nearly 5 off: this is said only where it is certain.
        if len(sizes) == len(table.rows) and size - BASE > others + BASE * (len(sizes) - 1):
            yield Suggestion(
                f"{label} is more than half of the company: {size} people, and {others} in all the others.",
                "Not everybody of it can meet somebody of another department: let them differ in level, "
                "years here and skills, or meet in groups of three or four.",
                "python app.py rules --differ level,tenure,skills",
                table.name,
            )


def _apart(table: ReleasedTable, by_name: Tables) -> Iterator[Suggestion]:
    eligible = by_name.get(PEOPLE_FUNNEL_BY_DEPARTMENT)
    few_of = {
        row.label: {column for column, cell in zip(table.columns, row.cells, strict=True) if says_few(cell)}
        for row in table.rows
    }
    pairs = [
        (one, other)
        for one, other in combinations([label for label in table.columns if label not in NAMELESS], 2)
        if other in few_of[one] and one in few_of[other]
    ]
    size = {row.label: _count(row.cells[0]) for row in eligible.rows} if eligible else {}
    # Where most people are is where most lunches can be.
    pairs.sort(key=lambda pair: -size.get(pair[0], 0) * size.get(pair[1], 0))
    shown = [f"{one} and {other}" for one, other in pairs[:MOST_PAIRS]]
    if not shown:
        return
    few = cell_text(table.cell(*pairs[0]))
    more = f", and {len(pairs) - len(shown)} more pairs" if len(pairs) > len(shown) else ""
    yield Suggestion(
        f"Departments that hardly meet ({few} people on each side): {'; '.join(shown)}{more}.",
        "Let another department come before somebody new, and announce Lunchmates where everybody reads it.",
        "python app.py rules --across-first",
        table.name,
    )


def _groups(table: ReleasedTable, what: str, try_this: str, setting: str) -> Iterator[Suggestion]:
    """The groups of which hardly anybody opted in, while more of the others did."""
    opted_in = {row.label: row.cells[1] for row in table.rows if row.label not in NAMELESS}
    low = [label for label, cell in opted_in.items() if _is_low(cell)]
    if not low or not any(
        isinstance(cell, Share) or cell is Reading.AT_LEAST_80 for cell in opted_in.values()
    ):
        return
    for label in low[:MOST_GROUPS]:
        eligible = cell_text(table.cell(label, table.columns[0]))
        yield Suggestion(
            f"{what} {label}: {cell_text(opted_in[label])} of {eligible} people opted in.",
            try_this,
            setting,
            table.name,
        )


def _levels(table: ReleasedTable, _: Tables) -> Iterator[Suggestion]:
    yield from _groups(
        table,
        "A level that hardly joins,",
        "Announce it where this level reads, and say that every second or fourth round is enough.",
        "In /lunch preferences, “How often”: everybody's own choice",
    )


def _offices(table: ReleasedTable, _: Tables) -> Iterator[Suggestion]:
    yield from _groups(
        table,
        "An office with hardly a partner,",
        "Let lunches over video count, so that people there meet those of other offices.",
        "python app.py rules --video-too",
    )


def _left_over(table: ReleasedTable, _: Tables) -> Iterator[Suggestion]:
    often = table.rows[0].cells[2]
    if isinstance(often, Share) or often is Reading.AT_LEAST_80:
        yield Suggestion(
            f"Many are left over again and again: {cell_text(often)} sat out twice or more.",
            "Let lunches over video count: most who are left over have nobody near them.",
            "python app.py rules --video-too",
            table.name,
        )


def _met(table: ReleasedTable, _: Tables) -> Iterator[Suggestion]:
    rate = table.rows[0].cells[1]
    if isinstance(rate, Bounds) and _at_most(rate.high) < HALF:
        yield Suggestion(
            f"Fewer than half of the introductions take place: {cell_text(rate)}.",
            "Try another weekday or hour, or a round every two weeks.",
            "python app.py schedule --weekday tuesday --time 11:30",
            table.name,
        )


def _levels_apart(table: ReleasedTable, _: Tables) -> Iterator[Suggestion]:
    _ties, across, chance = table.rows[0].cells
    low = isinstance(across, Share | Reading) and across is not Reading.CANNOT_TELL
    rest = isinstance(chance, Share | Reading) and chance is not Reading.CANNOT_TELL
    if low and rest and _at_most(across) + 10 <= _at_least(chance):  # type: ignore[arg-type]
        yield Suggestion(
            f"Levels meet less than by chance: {cell_text(across)} of the new ties, {cell_text(chance)} by "
            "chance.",
            "Let people of different levels meet first.",
            "python app.py rules --differ level",
            table.name,
        )


_LOOKS = (
    (WHO_MEETS_WHOM, _apart),
    (PEOPLE_FUNNEL_BY_DEPARTMENT, _large_department),
    (NOVELTY_LEFT, _novelty),
    (OPT_IN_BY_LEVEL, _levels),
    (TIES_ACROSS_LEVELS, _levels_apart),
    (OPT_IN_BY_OFFICE, _offices),
    (SIT_OUTS, _left_over),
    (MET_RATE, _met),
)


def _is_low(cell: Cell) -> bool:
    return cell is Reading.AT_MOST_20 or says_few(cell)


def _count(cell: Cell) -> int:
    return cell.count if isinstance(cell, Count) else 0


def _at_most(rate: Rate) -> int:
    if isinstance(rate, Share):
        return rate.percent
    return 20 if rate is Reading.AT_MOST_20 else 100


def _at_least(rate: Rate) -> int:
    if isinstance(rate, Share):
        return rate.percent
    return 80 if rate is Reading.AT_LEAST_80 else 0
