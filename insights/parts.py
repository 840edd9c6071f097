"""The parts of a company that the directory tells apart, and which of them the gate leaves open."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from insights.attributes import DEPARTMENT, LARGE_OFFICE, LEVEL, OFFICE, TENURE, Attribute
from insights.funnels import PEOPLE_FUNNEL
from insights.groups import OTHER
from insights.records import PeriodRecords
from insights.rows import OPT_IN_BY_LEVEL, OPT_IN_BY_OFFICE, OPT_IN_BY_TENURE, PEOPLE_FUNNEL_BY_DEPARTMENT
from insights.tables import COMPANY, ReleasedTable

ATTRIBUTES = (DEPARTMENT, OFFICE, LEVEL, TENURE, LARGE_OFFICE)
CROSSED = (DEPARTMENT, LARGE_OFFICE, LEVEL)
BY = {
    PEOPLE_FUNNEL_BY_DEPARTMENT: DEPARTMENT,
    OPT_IN_BY_OFFICE: OFFICE,
    OPT_IN_BY_LEVEL: LEVEL,
    OPT_IN_BY_TENURE: TENURE,
    PEOPLE_FUNNEL: LARGE_OFFICE,
}
SWAPS = 2
ROOM = 24
"""People of each group whose steps are left open, or all."""
MOST_FREE = 400
"""Parts of a company; of a larger one some are left open."""

Cell = tuple[str | None, ...]
"""A part: the group of each attribute; None where it is not one of that."""


class Parts:
    """The people of the directory, by what their groups are in the released tables.

    Parameters
    ----------
    sizes : mapping of tuple to int
        The people of each part.
    part_of : mapping of int to tuple
        The part of each person.
    apart : bool
        Whether each is a group of one attribute, which nothing is known of beside the others.
    """

    def __init__(
        self, sizes: Mapping[Cell, int], part_of: Mapping[int, Cell], *, apart: bool = False
    ) -> None:
        self.sizes, self.part_of, self.apart = sizes, part_of, apart
        self._groups = [self._sizes_of(place) for place in range(len(ATTRIBUTES))]
        few = apart or len(sizes) <= MOST_FREE
        self.free = frozenset(sizes if few else self._chosen())
        """Those of which it is left open what their people did."""

    @classmethod
    def of(cls, directory: PeriodRecords, tables: Sequence[ReleasedTable]) -> "Parts":
        """The parts of which somebody knows the people.

        Parameters
        ----------
        directory : PeriodRecords
            Of these the people and the end of the period alone are read.
        tables : sequence of ReleasedTable
            Those of the period; whose value has no row there is in "Other".
        """
        people = [each.person for each in directory.eligible]
        groups: list[list[str]] = []
        for attribute in ATTRIBUTES:
            labels = _labels(attribute, tables)
            other = OTHER if OTHER in labels else ""
            values = attribute.values(directory).values() if labels else [""] * len(people)
            groups.append([value if value in labels else other for value in values])
        parts = list(zip(*groups, strict=True))
        # In one order, whatever that of the people, so that the same is asked in the same order.
        sizes = dict(sorted(Counter(parts).items()))
        return cls(sizes, dict(zip(people, parts, strict=True)))

    def taken_apart(self) -> "Parts":
        """Each group of each attribute for itself."""
        sizes: dict[Cell, int] = {}
        for place, attribute in enumerate(ATTRIBUTES):
            for label, people in self.groups(attribute).items():
                sizes[tuple(label if at == place else None for at in range(len(ATTRIBUTES)))] = people
        return Parts(sizes, self.part_of, apart=True)

    def groups(self, attribute: Attribute) -> Mapping[str, int]:
        """The people of each group of an attribute; all of them in one where there are no groups."""
        return self._groups[ATTRIBUTES.index(attribute)]

    def only_here(self, other: "Parts", attribute: Attribute) -> Mapping[int, str]:
        """The people who are not in their group, which is given, at the end of another period."""
        place, there = ATTRIBUTES.index(attribute), other.part_of
        return {
            person: part[place] or ""
            for person, part in self.part_of.items()
            if person not in there or there[person][place] != part[place]
        }

    def _sizes_of(self, place: int) -> dict[str, int]:
        sizes: Counter[str] = Counter()
        for cell, people in self.sizes.items():
            label = cell[place]
            if label is not None:
                sizes[label] += people
        return dict(sizes)

    def _chosen(self) -> Iterator[Cell]:
        """Of each group the smallest parts, of whom colleagues know most, and such as others can replace.

        The largest ones leave open enough people for a count to be some more or less.
        """
        ascending = sorted(self.sizes, key=lambda cell: (self.sizes[cell], cell))
        for place in range(len(ATTRIBUTES)):
            groups: dict[str, list[Cell]] = {}
            for cell in ascending:
                groups.setdefault(cell[place] or "", []).append(cell)
            for cells in groups.values():
                yield from cells[:2]
                yield next((cell for cell in cells if self.sizes[cell] >= 2), cells[-1])
                room = 0
                for cell in reversed(cells):
                    yield cell
                    room += self.sizes[cell]
                    if room >= ROOM:
                        break
        for one, other in self.alike(self.sizes, only_largest=True):
            yield from (one, other)

    def alike(self, among: Collection[Cell], *, only_largest: bool = False) -> Iterator[tuple[Cell, Cell]]:
        """For each two groups of an attribute, the largest parts that differ in nothing else.

        Parameters
        ----------
        among : collection of tuple of str
            Parts of the company.
        only_largest : bool
            Whether one of the two groups is the largest of the attribute always.
        """
        for attribute in (DEPARTMENT, OFFICE, LEVEL, TENURE):
            place, people = ATTRIBUTES.index(attribute), self.groups(attribute)
            largest = max(people, key=lambda label: (people[label], label), default="")
            rests: dict[Cell, list[Cell]] = {}
            for cell in sorted(among, key=_labels_of):
                # The large office is the office's.
                rest = cell[:-1] if attribute is OFFICE else cell
                rests.setdefault((*rest[:place], *rest[place + 1 :]), []).append(cell)
            pairs: dict[tuple[str, str], list[tuple[Cell, Cell]]] = {}
            for cells in rests.values():
                by_label = sorted((cell[place] or "", cell) for cell in cells)
                for (label, one), (another, other) in combinations(by_label, 2):
                    if not only_largest or largest in (label, another):
                        pairs.setdefault((label, another), []).append((one, other))
            for found in pairs.values():
                found.sort(key=lambda pair: (-min(self.sizes[pair[0]], self.sizes[pair[1]]), pair))
                yield from found[:SWAPS]


def crossed(cell: Cell) -> Cell:
    """The department, large office and level of a part."""
    return tuple(cell[ATTRIBUTES.index(attribute)] for attribute in CROSSED)


def _labels_of(cell: Cell) -> list[str]:
    return [label or "" for label in cell]


def _labels(attribute: Attribute, tables: Sequence[ReleasedTable]) -> frozenset[str]:
    """The groups of an attribute, in the first table that has some."""
    for table in tables:
        labels = frozenset(row.label for row in table.rows) - {COMPANY}
        if labels and BY.get(table.name) is attribute:
            return labels
    return frozenset()
