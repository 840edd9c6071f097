"""HR's numbers as they were released, for HR; for everybody else, what HR sees and never sees."""

from datetime import timedelta

from slack_sdk.models.blocks import Block, ContextBlock, MarkdownTextObject

import insights
from domain.messages import ReportPicture
from insights import Figure, FirstScreen, Headline, ReleasedTable
from slack_handlers.blocks.cell_words import cell_words, change_words
from slack_handlers.blocks.message import Message, escaped, section
from slack_handlers.blocks.own_lunches import header
from slack_handlers.blocks.private_answer import private_answer
from slack_handlers.blocks.words import Words, marked

DEPARTMENTS_SHOWN, LABEL_SHOWN, LONGEST = 12, 30, 2900
FIGURES = {
    Headline.PARTICIPATION: marked("*Take part:* {cell}, of {of} people who work here. Change: {change}."),
    Headline.MET: marked("*Met:* {cell}, of {of} introductions. Change: {change}."),
    Headline.NEW_TIES: marked(
        "*New ties between departments:* {cell}, of {of} pairs who met for the first time. Change: {change}."
    ),
    Headline.MET_ELSEWHERE: marked(
        "*Met somebody of another department:* {cell}, of {of} people who work here. Change: {change}."
    ),
    Headline.PAIRS_LINKED: marked(
        "*Pairs of departments linked:* {cell}, with six people or more on each side. Change: {change}."
    ),
}
FOR_HR = (
    marked("*With charts, every table, and what would help most:* {address}. Every employee sees the same."),
    "/hr/",
)
FOR_ALL = (marked("*You see all of it, too,* once it is released: {address}."), "/report/")
PERIODS = {
    4: marked("Taking part and meeting: four weeks, {first} to {last}."),
    12: marked("Departments: twelve weeks, {first} to {last}."),
}


def hr_numbers(
    words: Words, screen: FirstScreen | None, site: str | None = None, has_picture: bool = False
) -> Message:
    """The answer to `/lunch stats`; without numbers it is for somebody who is not HR.

    `site` is where the pages on the web are, where there are any; `has_picture` is whether who meets whom was
    sent as one.
    """
    if screen is None:
        return private_answer(
            words,
            words.say(
                "HR's numbers are for HR. If you work there, ask your admin to name you, or try again in a "
                "minute. This is what they say and don't say:"
            ),
            "\n".join(
                (
                    *what_hr_sees(words),
                    words.say("*Every look is noted:* who of HR looked at the numbers, and when."),
                )
            ),
            *_link(words, FOR_ALL, site),
        )
    *paragraphs, small = _paragraphs(words, screen, site)
    if has_picture:
        paragraphs.append(words.say("*Who met whom as a picture:* in your own messages with this app."))
    return private_answer(words, *paragraphs, small)


def about_picture(words: Words, picture: ReportPicture) -> str:
    """What the picture is, said with it."""
    return words.say(
        "Who meets whom, {first} to {last}, for HR: people of the row's department who met somebody of the "
        "column's for the first time. Stripes are few people. The same in words: `/lunch stats`.",
        first=words.day(picture.first_on, picture.last_on),
        last=words.day(picture.last_on, picture.last_on),
    )


def hr_section(words: Words, screen: FirstScreen | None, site: str | None = None) -> list[Block]:
    """The same in the Home tab of HR; nothing in anybody else's."""
    if screen is None:
        return []
    *paragraphs, small = _paragraphs(words, screen, site)
    return [
        header(words.say("HR's numbers")),
        *map(section, paragraphs),
        ContextBlock(elements=[MarkdownTextObject(text=small)]),
    ]


def what_hr_sees(words: Words) -> tuple[str, str]:
    """What HR sees, and what HR never sees."""
    return (
        words.say(
            "*HR sees totals:* how many people take part, are introduced, answer and meet, and how the "
            "departments connect. They are rounded, and no group has fewer than ten people."
        ),
        words.say(
            "*HR never sees names:* who takes part, who was introduced to whom, what anybody answered, who "
            "paused or left."
        ),
    )


def _link(words: Words, page: tuple[str, str], site: str | None) -> list[str]:
    sentence, path = page
    return [words.say(sentence, address=f"<{site}{path}>")] if site else []


def _paragraphs(words: Words, screen: FirstScreen, site: str | None) -> list[str]:
    next_on = words.day(screen.next_on, screen.next_on)
    if not screen.figures:
        return [
            words.say("Nothing is released yet."),
            words.say(
                "Numbers come two weeks after every four weeks. The next are due on {day}, if at least "
                "{people} people work here by then.",
                day=next_on,
                people=insights.BASE_FLOOR.company,
            ),
        ]
    shown = {figure.headline: figure for figure in screen.figures}
    lines = [_figure(words, shown[headline]) for headline in Headline if headline in shown]
    if Headline.NEW_TIES not in shown:
        lines.append(words.say("The numbers of departments come after the first twelve weeks."))
    return [
        "\n".join(lines),
        *(_meetings(words, screen.meetings) if screen.meetings else []),
        *_link(words, FOR_HR, site),
        _small(words, screen, next_on),
    ]


def _figure(words: Words, figure: Figure) -> str:
    said = words.say(
        FIGURES[figure.headline],
        cell=cell_words(words, figure.cell),
        of="" if figure.of is None else cell_words(words, figure.of),
        change=change_words(words, figure.change),
    )
    return f"• {said}"


def _meetings(words: Words, meetings: ReleasedTable) -> list[str]:
    """Department by department, in as many paragraphs as Slack's limit asks for."""
    if not meetings.rows:
        return [words.say("*Who met whom:* nothing is said of departments, since there are too few people.")]
    if len(meetings.rows) > DEPARTMENTS_SHOWN:
        return [
            words.say(
                "*Who met whom:* with {number} departments the table is too large for Slack; your admin can "
                "print it: `python app.py stats`.",
                number=len(meetings.rows),
            )
        ]
    said = [
        words.say(
            "*Who met whom:* people of the first department who met somebody of the others for the first "
            "time."
        )
    ]
    labels = [escaped(column, most=LABEL_SHOWN) for column in meetings.columns]
    for row in meetings.rows:
        cells = [
            words.say("{department} {number}", department=label, number=cell_words(words, cell))
            for label, cell in zip(labels, row.cells, strict=True)
        ]
        label = escaped(row.label, most=LABEL_SHOWN)
        line = "• " + words.say("{department}: {numbers}", department=label, numbers=" · ".join(cells))
        if len(said[-1]) + len(line) < LONGEST:
            said[-1] += f"\n{line}"
        else:
            said.append(line)
    return said


def _small(words: Words, screen: FirstScreen, next_on: str) -> str:
    lengths = {figure.weeks: figure.period_on for figure in reversed(screen.figures)}
    periods = [
        words.say(
            PERIODS[weeks],
            first=words.day(first, screen.next_on),
            last=words.day(first + timedelta(weeks=weeks, days=-1), screen.next_on),
        )
        for weeks, first in sorted(lengths.items())
    ]
    parts = [
        *periods,
        words.say(
            "Every count is rounded to a multiple of five, and a change is said only where it is more than "
            "rounding."
        ),
        words.say("The next period is released on {day}.", day=next_on),
    ]
    return " ".join(parts)
