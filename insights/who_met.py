"""The graph of who met whom in a period; it stays inside this package."""

from collections import Counter
from collections.abc import Mapping

import networkx as nx

from insights.records import PeriodRecords


def met_graph(records: PeriodRecords, *, again: bool = False) -> "nx.Graph[int]":
    """People and whom they met.

    Parameters
    ----------
    records : PeriodRecords
        Any; where nobody met the graph is empty.
    again : bool
        Whether those who met before count, too; else an edge is a tie.

    Returns
    -------
    networkx.Graph
        An edge for each two people who were confirmed to have met in the period, for the first time or
        whenever; who met nobody is not in it.

    Examples
    --------
    >>> import datetime
    >>> from insights.records import Eligible, IntroductionRecord
    >>> people, both = (Eligible(1, "Law"), Eligible(2)), frozenset({1, 2})
    >>> lunch = IntroductionRecord((1, 2), new=True, cross_department=True, met=(1, 2), open=False)
    >>> monday = datetime.date(2026, 1, 5)
    >>> graph = met_graph(PeriodRecords(monday, 12, people, both, both, (lunch,), ties=((2, 1),)))
    >>> sorted(graph), graph.has_edge(1, 2)
    ([1, 2], True)
    """
    return nx.Graph((*records.ties, *records.met_again) if again else records.ties)


def people_who_met(graph: "nx.Graph[int]", row_of: Mapping[int, str]) -> Counter[tuple[str, str]]:
    """How many people of one group met somebody of another, or somebody else of the same one.

    Parameters
    ----------
    graph : networkx.Graph
        What `met_graph` gives.
    row_of : mapping of int to str
        The group of each person.

    Returns
    -------
    Counter of (str, str)
        People of the first group who met one or more of the second; a person counts once in each.
    """
    return Counter((row_of[person], other) for person in graph for other in values_met(graph, person, row_of))


def values_met(graph: "nx.Graph[int]", person: int, value_of: Mapping[int, str]) -> set[str]:
    """The departments, or whatever `value_of` gives, of those whom somebody met; their own may be one."""
    return {value_of[met] for met in graph[person]}


def ties_across(graph: "nx.Graph[int]", value_of: Mapping[int, str]) -> int:
    """How many ties are of two departments, or of two of whatever `value_of` gives.

    Parameters
    ----------
    graph : networkx.Graph
        What `met_graph` gives.
    value_of : mapping of int to str
        The value of each person.

    Returns
    -------
    int
        0 without ties, and all of them where no two people have one value.

    References
    ----------
    .. [1] Newman: Mixing patterns in networks. Physical Review E 67 (2003) 026126.
       doi:10.1103/PhysRevE.67.026126 (this is what is off the diagonal of the mixing matrix)

    Examples
    --------
    >>> ties_across(nx.Graph([(1, 2), (1, 3)]), {1: "Lead", 2: "Junior", 3: "Lead"})
    1
    """
    return sum(value_of[one] != value_of[other] for one, other in graph.edges)
