"""Which two people may be introduced at all."""

from collections.abc import Callable, Sequence

from matcher.people import Person, PersonId, Rules

Format = tuple[str | None, bool, frozenset[int] | None]


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
    """

    def __init__(self, people: Sequence[Person], rules: Rules) -> None:
        kinds: dict[Format, int] = {}
        self._kind = [
            kinds.setdefault((person.office, person.takes_virtual, person.lunch_hours), len(kinds))
            for person in people
        ]
        self._meets = [[formats_meet(one, other) for other in kinds] for one in kinds]
        self._blocked = _blocked(people, rules)
        self.size = len(people)

    def shares_format(self, i: int, j: int) -> bool:
        """Whether office, video and hours let two different people meet, whatever else is ruled."""
        return i != j and self._meets[self._kind[i]][self._kind[j]]

    def allows(self, i: int, j: int) -> bool:
        """Whether no hard rule stands between two different people."""
        return i != j and self._meets[self._kind[i]][self._kind[j]] and j not in self._blocked[i]

    def components(self) -> list[list[int]]:
        """Groups of people between whom no introduction is possible, each ascending."""
        return _components(self.size, self.allows)

    def format_components(self) -> list[list[int]]:
        """The same by formats alone, as if nobody had excluded anybody or had a manager."""
        return _components(self.size, self.shares_format)


def formats_meet(one: Format, other: Format) -> bool:
    """Whether two kinds (office, takes video, hours) have a place and an hour in common.

    Examples
    --------
    >>> formats_meet(("Oslo", False, None), ("Rome", True, None))
    False
    >>> formats_meet(("Oslo", True, frozenset({11})), ("Rome", True, frozenset({11, 12})))
    True
    """
    place = one[0] == other[0] or (one[1] and other[1])
    hours = [each[2] for each in (one, other) if each[2] is not None]
    return place and (not hours or bool(frozenset.intersection(*hours)))


def _blocked(people: Sequence[Person], rules: Rules) -> list[set[int]]:
    number: dict[PersonId, int] = {person.id: i for i, person in enumerate(people)}
    blocked: list[set[int]] = [set() for _ in people]
    links = [tuple(exclusion) for exclusion in rules.exclusions]
    links += [(person.id, person.manager) for person in people if person.manager is not None]
    for a, b in links:
        if a in number and b in number:
            blocked[number[a]].add(number[b])
            blocked[number[b]].add(number[a])
    return blocked


def _components(size: int, joined: Callable[[int, int], bool]) -> list[list[int]]:
    unseen = list(range(size))
    found: list[list[int]] = []
    while unseen:
        component = [unseen.pop(0)]
        for one in component:  # grows while it is walked
            component += [other for other in unseen if joined(one, other)]
            unseen = [other for other in unseen if not joined(one, other)]
        found.append(sorted(component))
    return found
