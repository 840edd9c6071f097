"""What stands in a calendar file: no names, since the file may go anywhere."""

from domain.calendar_files import CalendarEntry, CalendarTexts
from domain.proposals import LunchKind
from slack_handlers.blocks.words import marked, words_for

SUMMARIES = {
    LunchKind.LUNCH: marked("Lunch with Lunchmates"),
    LunchKind.COFFEE: marked("Coffee with Lunchmates"),
    LunchKind.WALK: marked("A walk with Lunchmates"),
    LunchKind.VIDEO: marked("Video call with Lunchmates"),
}


def calendar_texts(entry: CalendarEntry) -> CalendarTexts:
    """In the language that the people of the introduction share."""
    words = words_for(*entry.locales)
    return CalendarTexts(
        summary=words.say(SUMMARIES[entry.kind]),
        description=words.say("Whom you meet stands in the group message in Slack. 45 minutes is plenty."),
    )
