"""What HR may see: records of a period in, released tables out; no Slack, no database, no clock.

`release` is the one function; read `release.py` first. It groups departments (`groups.py`, `floor.py`),
counts (`funnels.py`, `department_links.py`, over the graph of `who_met.py`), rounds each count
(`rounding.py`) and makes cells of the rounded ones (`cells.py`). What others may import is what is listed
here: tables, cells and their words, which departments are one group, and nothing that knows a true count.
"""

from insights.cells import AtLeast, Bounds, Cell, Count, PairsLinked, Rate, Reading, Share
from insights.department_links import DEPARTMENT_PAIRS_LINKED, PEOPLE_FUNNEL_BY_DEPARTMENT, WHO_MEETS_WHOM
from insights.errors import FloorError, InsightsError, RecordsError, SecretError, TableError
from insights.floor import BASE_FLOOR, Floor
from insights.funnels import INTRODUCTIONS_FUNNEL, MET_RATE, PEOPLE_FUNNEL
from insights.groups import department_groups
from insights.records import Eligible, IntroductionRecord, PeriodRecords
from insights.release import release
from insights.tables import COMPANY, ReleasedTable, TableRow
from insights.wording import cell_text

__all__ = [
    "BASE_FLOOR",
    "COMPANY",
    "DEPARTMENT_PAIRS_LINKED",
    "INTRODUCTIONS_FUNNEL",
    "MET_RATE",
    "PEOPLE_FUNNEL",
    "PEOPLE_FUNNEL_BY_DEPARTMENT",
    "WHO_MEETS_WHOM",
    "AtLeast",
    "Bounds",
    "Cell",
    "Count",
    "Eligible",
    "Floor",
    "FloorError",
    "InsightsError",
    "IntroductionRecord",
    "PairsLinked",
    "PeriodRecords",
    "Rate",
    "Reading",
    "RecordsError",
    "ReleasedTable",
    "SecretError",
    "Share",
    "TableError",
    "TableRow",
    "cell_text",
    "department_groups",
    "release",
]
