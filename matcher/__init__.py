"""Who lunches with whom: people, history, rules and a seed in, introductions out; no Slack, no database.

`match` is the one function; read `match.py` first. It numbers the people by the seed. For each component of
the allowed pairs (`rules.py`) it takes costs (`objective.py` of `burdens.py` and `lunches.py`, `links.py`),
the best pairs (`pairs.py`, `prices.py`) and, where somebody is left over, trios (`packing.py`,
`decomposition.py`, `trios.py`, `candidates.py`); `values.py` counts. `python -m matcher` does the same on
JSON (`wire.py`).
"""

from matcher.burdens import Burden, BurdenKind
from matcher.errors import BurdenError, MatcherError, PairError, PersonError, RulesError, WireError
from matcher.late import place
from matcher.match import match
from matcher.matching import Introduction, Matching, SitOut
from matcher.outlook import Outlook
from matcher.people import Common, Difference, PastPair, PastPairs, Person, PersonId, Rules
from matcher.reasons import Reason, Remedy, SitOutCause
from matcher.values import Values

__all__ = [
    "Burden",
    "BurdenError",
    "BurdenKind",
    "Common",
    "Difference",
    "Introduction",
    "MatcherError",
    "Matching",
    "Outlook",
    "PairError",
    "PastPair",
    "PastPairs",
    "Person",
    "PersonError",
    "PersonId",
    "Reason",
    "Remedy",
    "Rules",
    "RulesError",
    "SitOut",
    "SitOutCause",
    "Values",
    "WireError",
    "match",
    "place",
]
