"""The graph of who met whom in a period; it stays inside this package."""

from collections import Counter
from collections.abc import Mapping

import networkx as nx

from insights.groups import department_of
from insights.records import PeriodRecords


def met_graph(records: PeriodRecords) -> "nx.Graph[int]":
    """People and their ties.

    Parameters
    ----------
    records : PeriodRecords
        Any; without eligible people the graph is empty.

    Returns
    -------
    networkx.Graph
        A node for each eligible person with its `department`; an edge for each two people who were first
        confirmed to have met in the period.

    Examples
    --------
    >>> import datetime
    >>> from insights.records import Eligible, IntroductionRecord
    >>> people, both = (Eligible(1, "Law"), Eligible(2)), frozenset({1, 2})
    >>> lunch = IntroductionRecord((1, 2), new=True, cross_department=True, met=(1, 2), open=False)
    >>> monday = datetime.date(2026, 1, 5)
    >>> graph = met_graph(PeriodRecords(monday, 12, people, both, both, (lunch,), ties=((2, 1),)))
    >>> graph.nodes[2]["department"], graph.has_edge(1, 2)
    ('No department', True)
    """
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from((each.person, {"department": department_of(each)}) for each in records.eligible)
    graph.add_edges_from(records.ties)
    return graph


def people_who_met(graph: "nx.Graph[int]", group: Mapping[str, str]) -> Counter[tuple[str, str]]:
    """How many people of one group met somebody of another, or somebody else of the same one.

    Parameters
    ----------
    graph : networkx.Graph
        What `met_graph` gives.
    group : mapping of str to str
        The group of each department.

    Returns
    -------
    Counter of (str, str)
        People of the first group who met one or more of the second; a person counts once in each.
    """
    group_of = {person: group[node["department"]] for person, node in graph.nodes(data=True)}
    return Counter(
        (own, other) for person, own in group_of.items() for other in {group_of[met] for met in graph[person]}
    )
