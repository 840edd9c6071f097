"""Departments, coarsened until each group is large enough to be a row."""

from collections import Counter
from collections.abc import Iterable, Mapping

from insights.floor import Floor
from insights.records import Eligible

NO_DEPARTMENT = "No department"
OTHER = "Other"


def department_of(person: Eligible) -> str:
    """The department as the directory has it; a missing or blank one is a department of its own."""
    return (person.department or "").strip() or NO_DEPARTMENT


def department_groups(eligible: Iterable[Eligible], floor: Floor) -> dict[str, str]:
    """Which group each department is in.

    While a department or "Other" has too few people, the smallest department goes into "Other"; of two
    equally small ones, the first by name. Where a department is called "Other", it is the first to go.

    Parameters
    ----------
    eligible : iterable of Eligible
        The directory and nothing else, so that no group depends on what anybody did.
    floor : Floor
        Gives the least size of a group and of a company that has groups.

    Returns
    -------
    dict of str to str
        Department to group, by department; each group has at least `floor.group` people, and there are at
        least two. Empty where that cannot be, or the company has fewer than `floor.departments` people.

    References
    ----------
    .. [1] Sweeney: k-anonymity, a model for protecting privacy. International Journal of Uncertainty,
       Fuzziness and Knowledge-Based Systems 10 (2002) 557-570. doi:10.1142/S0218488502001648

    Examples
    --------
    >>> sizes = {"Design": 4, "Law": 7, "Sales": 15, "Support": 20}
    >>> people = [Eligible(0, name) for name, size in sizes.items() for _ in range(size)]
    >>> department_groups(people, Floor())
    {'Design': 'Other', 'Law': 'Other', 'Sales': 'Sales', 'Support': 'Support'}
    """
    sizes = Counter(map(department_of, eligible))
    if sizes.total() < floor.departments:
        return {}
    ascending = sorted(sizes, key=lambda name: (name != OTHER, sizes[name], name))
    taken = 0
    if min(sizes.values()) < floor.group:
        people = 0
        while taken < len(ascending) and (people < floor.group or sizes[ascending[taken]] < floor.group):
            people += sizes[ascending[taken]]
            taken += 1
    group = {name: OTHER if place < taken else name for place, name in enumerate(ascending)}
    return dict(sorted(group.items())) if len(set(group.values())) > 1 else {}


def with_newcomers(groups: Mapping[str, str], eligible: Iterable[Eligible]) -> dict[str, str]:
    """Groups as they were once made, for the departments of today: those that came since are in "Other".

    Groups stay as they are for 52 weeks. Made anew whenever a department crosses the floor, two releases
    could be subtracted from each other, which would show the few people between them.

    Examples
    --------
    >>> with_newcomers({"Law": "Law", "Sales": "Sales"}, [Eligible(0, "Sales"), Eligible(1, "Data")])
    {'Law': 'Law', 'Sales': 'Sales', 'Data': 'Other'}
    """
    return {**groups, **{name: OTHER for name in map(department_of, eligible) if name not in groups}}


def in_order(groups: Iterable[str]) -> tuple[str, ...]:
    """The groups by name, since an order by size would tell sizes; the two that are no departments last.

    Examples
    --------
    >>> in_order(["Other", "Sales", "No department", "Law"])
    ('Law', 'Sales', 'No department', 'Other')
    """
    return tuple(sorted(set(groups), key=lambda name: (name == OTHER, name == NO_DEPARTMENT, name)))
