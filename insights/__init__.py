"""What HR may see: records of a period in, released tables out; no Slack, no database, no clock.

`release` is the one function; read `release.py` first. It groups people by what the directory says of them
(`attributes.py`, `groups.py`, `floor.py`, `rows.py`), counts (`funnels.py`, `who_meets.py`, `ties.py` and
`participation.py`, over the graph of `who_met.py`), rounds each count (`rounding.py`, `steps.py`) and makes
cells of the rounded ones (`cells.py`). What they would betray beside all that is released does not go out
(`gate.py`; what is known: `attack.py`, `parts.py`, `unknowns.py`, `months.py`, `together.py`, `reading.py`;
which values are possible: `likely.py`, `search.py`, `moves.py`, `nearby.py`, `program.py`). `novelty.py`,
`change.py` and `first_screen.py` work with released tables alone, and so do `charts.py`, `actions.py`,
`readings.py` and `shelf.py`, of which pages are made. What others may import is what is listed here: tables,
cells and their words, which values are one group, and nothing that knows a true count.
"""

from insights.actions import Suggestion, suggestions
from insights.cells import AtLeast, Bounds, Cell, Count, PairsLinked, Rate, Reading, Share, WeeksLeft
from insights.change import Change, Direction, change, change_in, period_before
from insights.charts import CHARTED, TRENDS, Chart, chart, day_text, span_text, trend
from insights.errors import FloorError, InsightsError, RecordsError, SecretError, TableError
from insights.first_screen import Figure, FirstScreen, Headline, first_screen
from insights.floor import BASE_FLOOR, Floor
from insights.funnels import INTRODUCTIONS_FUNNEL, MET_RATE, PEOPLE_FUNNEL
from insights.gate import LOOKS_BACK
from insights.groups import attribute_groups
from insights.novelty import NOVELTY_LEFT
from insights.participation import NEWCOMERS, REACH, RETENTION, SIT_OUTS
from insights.readings import HOW_TO_READ, HowToRead, answer_rates
from insights.records import NEWCOMER_DAYS, Eligible, IntroductionRecord, PeriodRecords
from insights.release import release
from insights.rows import OPT_IN_BY_LEVEL, OPT_IN_BY_OFFICE, OPT_IN_BY_TENURE, PEOPLE_FUNNEL_BY_DEPARTMENT
from insights.shelf import Shelf, StoredTable
from insights.tables import COMPANY, ReleasedTable, TableRow
from insights.themes import DARK, LIGHT, PAPER, Theme
from insights.ties import NEW_TIES, TIES_ACROSS_LEVELS
from insights.who_meets import DEPARTMENT_PAIRS_LINKED, LEVELS_MEET, WHO_MEETS_WHOM
from insights.wording import cell_text, change_text

__all__ = [
    "BASE_FLOOR",
    "CHARTED",
    "COMPANY",
    "DARK",
    "DEPARTMENT_PAIRS_LINKED",
    "HOW_TO_READ",
    "INTRODUCTIONS_FUNNEL",
    "LEVELS_MEET",
    "LIGHT",
    "LOOKS_BACK",
    "MET_RATE",
    "NEWCOMERS",
    "NEWCOMER_DAYS",
    "NEW_TIES",
    "NOVELTY_LEFT",
    "OPT_IN_BY_LEVEL",
    "OPT_IN_BY_OFFICE",
    "OPT_IN_BY_TENURE",
    "PAPER",
    "PEOPLE_FUNNEL",
    "PEOPLE_FUNNEL_BY_DEPARTMENT",
    "REACH",
    "RETENTION",
    "SIT_OUTS",
    "TIES_ACROSS_LEVELS",
    "TRENDS",
    "WHO_MEETS_WHOM",
    "AtLeast",
    "Bounds",
    "Cell",
    "Change",
    "Chart",
    "Count",
    "Direction",
    "Eligible",
    "Figure",
    "FirstScreen",
    "Floor",
    "FloorError",
    "Headline",
    "HowToRead",
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
    "Shelf",
    "StoredTable",
    "Suggestion",
    "TableError",
    "TableRow",
    "Theme",
    "WeeksLeft",
    "answer_rates",
    "attribute_groups",
    "cell_text",
    "change",
    "change_in",
    "change_text",
    "chart",
    "day_text",
    "first_screen",
    "period_before",
    "release",
    "span_text",
    "suggestions",
    "trend",
]
