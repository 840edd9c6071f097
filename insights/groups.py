"""The values of an attribute, coarsened until each group is large enough to be a row."""

from collections import Counter
from collections.abc import Iterable, Mapping

from insights.attributes import ATTRIBUTES, Attribute
from insights.floor import BASE_FLOOR, Floor
from insights.records import PeriodRecords

OTHER = "Other"


def attribute_groups(records: PeriodRecords, floor: Floor = BASE_FLOOR) -> dict[str, dict[str, str]]:
    """Which values of each attribute are one row of the tables of a period.

    Parameters
    ----------
    records : PeriodRecords
        Of these the directory and nothing else is read, so that no group depends on what anybody did.
    floor : Floor
        Gives the least size of a group and of a company that has groups.

    Returns
    -------
    dict of str to dict of str to str
        The groups by the name of the attribute, each as `groups_of` makes them.
    """
    return {
        attribute.name: groups_of(attribute.values(records).values(), attribute, floor)
        for attribute in ATTRIBUTES[records.weeks]
    }


def groups_of(values: Iterable[str], attribute: Attribute, floor: Floor) -> dict[str, str]:
    """Which group each value is in.

    While a value or "Other" has too few people, the smallest value goes into "Other"; of two equally small
    ones, the first by name. Where a value is called "Other", it is the first to go.

    Parameters
    ----------
    values : iterable of str
        The value of each eligible person.
    attribute : Attribute
        Gives the least size of a group.
    floor : Floor
        Gives the least size of a company that has groups, too.

    Returns
    -------
    dict of str to str
        Value to group, by value; each group has at least `attribute.least` people, and there are at least
        two. Empty where that cannot be, or the company has fewer than `floor.departments` people.

    References
    ----------
    .. [1] Sweeney: k-anonymity, a model for protecting privacy. International Journal of Uncertainty,
       Fuzziness and Knowledge-Based Systems 10 (2002) 557-570. doi:10.1142/S0218488502001648

    Examples
    --------
    >>> from insights.attributes import DEPARTMENT
    >>> sizes = Counter({"Design": 4, "Law": 7, "Sales": 15, "Support": 20})
    >>> groups_of(sizes.elements(), DEPARTMENT, Floor())
    {'Design': 'Other', 'Law': 'Other', 'Sales': 'Sales', 'Support': 'Support'}
    """
    sizes, least = Counter(values), attribute.least(floor)
    if sizes.total() < floor.departments:
        return {}
    ascending = sorted(sizes, key=lambda name: (name != OTHER, sizes[name], name))
    taken = 0
    if min(sizes.values()) < least:
        people = 0
        while taken < len(ascending) and (people < least or sizes[ascending[taken]] < least):
            people += sizes[ascending[taken]]
            taken += 1
    group = {name: OTHER if place < taken else name for place, name in enumerate(ascending)}
    return dict(sorted(group.items())) if len(set(group.values())) > 1 else {}


def with_newcomers(groups: Mapping[str, str], values: Iterable[str]) -> dict[str, str]:
    """Groups as they were once made, for the values of today: those that came since are in "Other".

    Groups stay as they are for 52 weeks. Made anew whenever a value crosses the floor, two releases could be
    subtracted from each other, which would show the few people between them.

    Examples
    --------
    >>> with_newcomers({"Law": "Law", "Sales": "Sales"}, ["Sales", "Data"])
    {'Law': 'Law', 'Sales': 'Sales', 'Data': 'Other'}
    """
    return {**groups, **{name: OTHER for name in values if name not in groups}}


def in_order(groups: Iterable[str], attribute: Attribute) -> tuple[str, ...]:
    """The groups by name, since an order by size would tell sizes; the two that are no values last.

    Examples
    --------
    >>> from insights.attributes import DEPARTMENT, TENURE
    >>> in_order(["Other", "Sales", "No department", "Law"], DEPARTMENT)
    ('Law', 'Sales', 'No department', 'Other')
    >>> in_order(["5 to 9 years", "Under 1 year", "Other", "1 to 4 years"], TENURE)
    ('Under 1 year', '1 to 4 years', '5 to 9 years', 'Other')
    """
    place = {name: number for number, name in enumerate(attribute.order)}
    return tuple(
        sorted(
            set(groups), key=lambda name: (name == OTHER, name == attribute.missing, place.get(name, 0), name)
        )
    )
