"""Which two people may be introduced at all."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.pair_table import PairTable, People
from matcher.people import Person, PersonId, Rules


class Format(NamedTuple):
    """Where, how and when a person can meet."""

    office: str | None
    virtual: bool = True
    hours: frozenset[int] | None = None
    in_person: bool = True

    @classmethod
    def of(cls, person: Person) -> "Format":
        """The format of a person."""
        return cls(person.office, person.takes_virtual, person.lunch_hours, person.takes_in_person)


class AllowedPairs:
    """The hard rules over people numbered 0 to n - 1.

    Formats are compared between kinds of people, not between people, since a company has few kinds:
    a large round never pays for all n (n - 1) / 2 comparisons of sets of hours.

    Parameters
    ----------
    people : sequence of Person
        The people of the round; their place in the sequence is their number.
    rules : Rules
        The exclusions among them.

    Attributes
    ----------
    size : int
        How many people.
    kinds : array of int, shape (n,)
        People of one kind have the same office, hours and opinion of video and of one table.
    meets : array of bool, shape (k, k)
        Which kinds have a place and an hour in common.
    blocked : (array of int, array of int), shape (m,)
        The pairs that exclusions and managers keep apart, ascending.
    """

    def __init__(self, people: Sequence[Person], rules: Rules) -> None:
        kinds: dict[Format, int] = {}
        self.kinds = np.array(
            [kinds.setdefault(Format.of(person), len(kinds)) for person in people],
            np.int64,
        )
        self._formats = list(kinds)
        meets = [[formats_meet(one, other) for other in kinds] for one in kinds]
        self.meets = np.array(meets, np.bool_).reshape(len(kinds), len(kinds))
        self.blocked = _blocked(people, rules)
        self._blocked = PairTable(len(people), *self.blocked, np.ones(len(self.blocked[0]), np.bool_))
        self.size = len(people)

    def among(self, rows: People, columns: People) -> NDArray[np.bool_]:
        """Whether no hard rule stands between one of `rows` and one of `columns`, shape (r, c)."""
        allowed = self.meets[self.kinds[rows][:, None], self.kinds[columns]]
        allowed &= ~self._blocked.among(rows, columns, missing=False)
        allowed &= rows[:, None] != columns
        return allowed

    def components(self) -> list[list[int]]:
        """Groups of people between whom no introduction is possible, each ascending."""
        return self._components(by_formats_alone=False)

    def format_components(self) -> list[list[int]]:
        """The same by formats alone, as if nobody had excluded anybody or had a manager."""
        return self._components(by_formats_alone=True)

    def format_of(self, i: int) -> Format:
        """Where, whether by video, and when a person can meet."""
        return self._formats[int(self.kinds[i])]

    def has_company(self, i: int, format_: Format) -> bool:
        """Whether a person with another format than the own one could meet anybody else who is here."""
        others = np.bincount(self.kinds, minlength=len(self._formats))
        others[self.kinds[i]] -= 1
        return any(
            formats_meet(format_, each) for each, count in zip(self._formats, others, strict=True) if count
        )

    def _components(self, by_formats_alone: bool) -> list[list[int]]:
        unseen: dict[int, set[int]] = {}
        for i, kind in enumerate(self.kinds.tolist()):
            unseen.setdefault(kind, set()).add(i)
        found: list[list[int]] = []
        seen = np.zeros(self.size, np.bool_)
        for start in range(self.size):
            if seen[start]:
                continue
            component = [start]
            unseen[int(self.kinds[start])].discard(start)
            for one in component:  # grows while it is walked
                blocked = set() if by_formats_alone else set(self._blocked.others(one))
                meets = self.meets[self.kinds[one]]
                for kind, waiting in unseen.items():
                    if waiting and meets[kind]:
                        near = waiting - blocked
                        waiting.difference_update(near)
                        component += near
                unseen = {kind: waiting for kind, waiting in unseen.items() if waiting}
            seen[component] = True
            found.append(sorted(component))
        return found


def formats_meet(one: Format, other: Format) -> bool:
    """Whether two kinds have a place and an hour in common.

    Examples
    --------
    >>> formats_meet(Format("Oslo", virtual=False), Format("Rome"))
    False
    >>> formats_meet(Format("Oslo", hours=frozenset({11})), Format("Rome", hours=frozenset({11, 12})))
    True
    >>> formats_meet(Format("Oslo", virtual=False), Format("Oslo", in_person=False))
    False
    """
    at_one_table = one.office == other.office and one.in_person and other.in_person
    place = at_one_table or (one.virtual and other.virtual)
    hours = [each.hours for each in (one, other) if each.hours is not None]
    return place and (not hours or bool(frozenset.intersection(*hours)))


def _blocked(people: Sequence[Person], rules: Rules) -> tuple[People, People]:
    number: dict[PersonId, int] = {person.id: i for i, person in enumerate(people)}
    links = [tuple(exclusion) for exclusion in rules.exclusions]
    links += [(person.id, person.manager) for person in people if person.manager is not None]
    pairs = {
        (min(number[a], number[b]), max(number[a], number[b]))
        for a, b in links
        if a in number and b in number and a != b
    }
    columns = np.array(sorted(pairs), np.int32).reshape(-1, 2)
    return columns[:, 0], columns[:, 1]
