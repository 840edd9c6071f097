"""Whether a status in Slack says that somebody is out of office: rather too seldom than too often."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

# Slack offers the first two itself: "Vacationing" and "Out sick".
EMOJI = frozenset(
    {
        *("palm_tree", "face_with_thermometer", "desert_island", "beach_with_umbrella", "umbrella_on_ground"),
        *("airplane", "airplane_departure", "baby_bottle"),
    }
)
AWAY = re.compile(
    r"(i'?m |i am |currently |ich bin |bin |gerade |heute |today )*"
    r"(out of( the)? office|ooo|ooto|out sick|pto|vacationing|vacation"
    r"|on (annual |parental |maternity |paternity |sick |medical )?(leave|vacation|holidays?)"
    r"|(im |in )?(urlaub|elternzeit|mutterschutz)|abwesend|krank(geschrieben)?|außer haus|nicht im büro)\b"
    r"(?!\s*(ab|from|in|next|nächste|soon|bald|planning|plan|request|ideas?|vorbei|over)\b)",
    re.IGNORECASE,
)
BACK = re.compile(
    r"\b(back|zurück|wieder da)\b(?! (on|in|at|am|um|ab|next|tomorrow|morgen)\b)", re.IGNORECASE
)


def read_status(profile: Mapping[str, Any]) -> tuple[bool, datetime | None]:
    """Whether somebody is away, and when the status ends by itself, as far as Slack says."""
    text = str(profile.get("status_text") or "").replace("’", "'").strip()
    emoji = str(profile.get("status_emoji") or "").strip(":").split("::")[0]
    is_away = (emoji in EMOJI or AWAY.match(text) is not None) and not BACK.search(text)
    return is_away, _moment(profile.get("status_expiration")) if is_away else None


def _moment(seconds: Any) -> datetime | None:
    if isinstance(seconds, bool) or not isinstance(seconds, int) or seconds <= 0:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
