"""Who lunches with whom: people, history, rules and a seed in, introductions out; no Slack, no database.

`match` is the function to start from; read `match.py` first, and `docs/matching.md` for the method. Costs:
`rules.py`, `history.py`, `burdens.py`, `lunches.py`, `objective.py`, `scale.py`. At once: `links.py`,
`prices.py`, `pairs.py`, `blossom.py`, and with trios `packing.py`, `decomposition.py`, `trios.py`,
`candidates.py`. Block by block: `large.py`, `block_search.py`, `floors.py`. In groups of three and more:
`group_round.py`, `groups.py` and what they import. `values.py` and `outlook.py` count. `python -m matcher`
does the same on JSON (`wire.py`).
"""

from matcher.burdens import Burden, BurdenKind
from matcher.errors import BurdenError, GroupSizeError, MatcherError, PairError, PersonError, WireError
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
    "GroupSizeError",
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
    "SitOut",
    "SitOutCause",
    "Values",
    "WireError",
    "match",
    "place",
]
