"""Released cells and their changes in the reader's language; in English they are `insights.cell_text`."""

import insights
from insights import AtLeast, Bounds, Cell, Change, Direction, PairsLinked, Rate, Reading, Share
from slack_handlers.blocks.words import Words, marked

CANNOT_TELL = marked("can't tell")
DIRECTIONS = {Direction.BETTER: marked("better"), Direction.WORSE: marked("worse")}


def cell_words(words: Words, cell: Cell) -> str:
    """What a person reads in a cell."""
    match cell:
        case Reading.CANNOT_TELL:
            return words.say(CANNOT_TELL)
        case AtLeast():
            return words.say("about {count} or more", count=cell.count)
        case PairsLinked():
            return words.say("{linked} of {pairs}", linked=cell.linked, pairs=cell.pairs)
        case Bounds():
            rate = _range(words, cell.low, cell.high)
            if cell.answered is Reading.CANNOT_TELL:
                return rate
            return words.say(
                "{rate}, {answered} answered", rate=rate, answered=cell_words(words, cell.answered)
            )
        case _:
            return insights.cell_text(cell)


def change_words(words: Words, change: Change) -> str:
    """What a person reads of a change."""
    match change:
        case Reading():
            return words.say(CANNOT_TELL)
        case Direction():
            return words.say(DIRECTIONS[change])
        case _:
            return insights.change_text(change)


def _range(words: Words, low: Rate, high: Rate) -> str:
    if low == high:
        return cell_words(words, low)
    if isinstance(low, Share) and isinstance(high, Share):
        # Numbers alone, which read the same in every language.
        return insights.cell_text(Bounds(low, high, Reading.CANNOT_TELL))
    if isinstance(low, Share):
        return words.say("at least {share}", share=cell_words(words, low))
    if isinstance(high, Share):
        return words.say("at most {share}", share=cell_words(words, high))
    return words.say(CANNOT_TELL)
