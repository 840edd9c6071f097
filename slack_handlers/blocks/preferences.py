"""The modal with everything that somebody may say about their lunches, and the word that it is saved."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from slack_sdk.models.blocks import (
    CheckboxesElement,
    InputBlock,
    InputInteractiveElement,
    MarkdownTextObject,
    Option,
    OptionGroup,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    SectionBlock,
    StaticMultiSelectElement,
    StaticSelectElement,
    UserMultiSelectElement,
)
from slack_sdk.models.views import View

from domain.preferences import (
    EVERY_ROUNDS,
    LONGEST_ASK_ABOUT,
    LONGEST_INTEREST,
    MOST_INTERESTS,
    MOST_LEFT_OUT,
    LunchFormat,
    PreferenceField,
    PreferencesQuestion,
    SavedPreferences,
)
from slack_handlers.blocks.languages import LANGUAGES
from slack_handlers.blocks.preference_words import FORMATS, hours, summary, wanted_rounds
from slack_handlers.blocks.words import Words

CALLBACK, PICKED, DIRECTORY, YES = "preferences", "picked", "directory", "yes"
DAYS, HOURS = range(7), range(6, 22)
LONGEST_LABEL, MOST_OPTIONS = 75, 100


def preferences(words: Words, question: PreferencesQuestion, private_metadata: str) -> dict[str, Any]:
    """One modal, in which nothing has to be filled in."""
    fields = [
        _field(PreferenceField.FORMAT, words.say("How do you like to meet?"), _format(words, question)),
        _field(PreferenceField.OFFICE, words.say("Where do you have lunch?"), _office(words, question)),
        _field(PreferenceField.WEEKDAYS, words.say("On which days?"), _weekdays(words, question)),
        _field(
            PreferenceField.LUNCH_HOURS,
            words.say("When can lunch start?"),
            _hours(words, question),
            words.say(
                "In your own time zone. Left empty: {hours}, or any hour that suits a far-away colleague.",
                hours=hours(words, sorted({11, 12, 13})),
            ),
        ),
        _field(
            PreferenceField.LANGUAGES,
            words.say("Which languages do you like to speak?"),
            _languages(words, question),
        ),
        _field(
            PreferenceField.INTERESTS,
            words.say("What are you interested in?"),
            PlainTextInputElement(
                action_id=PICKED,
                initial_value=", ".join(question.said.interests or ()) or None,
                max_length=MOST_INTERESTS * (LONGEST_INTEREST + 2),
            ),
            _interests_hint(words, question),
        ),
        _field(
            PreferenceField.ASK_ABOUT,
            words.say("Ask me about …"),
            PlainTextInputElement(
                action_id=PICKED, initial_value=question.said.ask_about, max_length=LONGEST_ASK_ABOUT
            ),
            words.say(
                "In your own words. Whoever you are introduced to reads it, in place of the interests."
            ),
        ),
        _field(
            PreferenceField.EVERY_ROUNDS,
            words.say("How often would you like to be introduced?"),
            _every_rounds(words, question),
        ),
        _field(
            PreferenceField.HEADS_UP,
            words.say("Before a round"),
            _heads_up(words, question),
        ),
        _field(
            PreferenceField.LEFT_OUT,
            words.say("Whom would you rather not be introduced to?"),
            UserMultiSelectElement(
                action_id=PICKED,
                placeholder=_plain(words.say("Nobody")),
                initial_users=list(question.left_out) or None,
                max_selected_items=MOST_LEFT_OUT,
            ),
            words.say("Only you see this list; nobody is told, and it works both ways."),
        ),
    ]
    return View(
        type="modal",
        callback_id=CALLBACK,
        private_metadata=private_metadata,
        title=_plain(words.say("Preferences")),
        submit=_plain(words.say("Save")),
        close=_plain(words.say("Cancel")),
        blocks=fields,
    ).to_dict()


def preferences_saved(words: Words, saved: SavedPreferences) -> dict[str, Any]:
    """What takes the modal's place where there is no Home tab to show it in."""
    said = words.say("Saved. It counts from the next introductions on.")
    lines = "\n".join(f"• {line}" for line in summary(words, saved.said, saved.left_out, saved.cadence_weeks))
    return View(
        type="modal",
        title=_plain(words.say("Preferences")),
        close=_plain(words.say("Close")),
        blocks=[SectionBlock(text=MarkdownTextObject(text=f"{said}\n{lines}"))],
    ).to_dict()


def office_value(office: str) -> str:
    """Stands for an office in a menu, whose values are shorter than an office may be."""
    return sha256(office.encode()).hexdigest()[:32]


def _format(words: Words, question: PreferencesQuestion) -> RadioButtonsElement:
    options = {one: _option(words.say(FORMATS[one]), one.value) for one in LunchFormat}
    return RadioButtonsElement(
        action_id=PICKED, options=list(options.values()), initial_option=options[question.said.format]
    )


def _office(words: Words, question: PreferencesQuestion) -> StaticSelectElement:
    own = question.own_office
    directory = (
        words.say("As in the directory: {office}", office=own) if own else words.say("As in the directory")
    )
    said = question.said.office
    known = sorted({*question.offices, *([said] if said else [])})
    options = {office: _option(office, office_value(office)) for office in known}
    first = _option(directory, DIRECTORY)
    chosen = options[said] if said else first
    every = [first, *options.values()]
    if len(every) <= MOST_OPTIONS:
        return StaticSelectElement(action_id=PICKED, options=every, initial_option=chosen)
    return StaticSelectElement(action_id=PICKED, option_groups=_groups(words, every), initial_option=chosen)


def _groups(words: Words, options: Sequence[Option]) -> list[OptionGroup]:
    """More options than one menu takes, in groups."""
    parts = [options[at : at + MOST_OPTIONS] for at in range(0, len(options), MOST_OPTIONS)]
    return [
        OptionGroup(label=_plain(words.say("Offices, part {number}", number=number)), options=list(part))
        for number, part in enumerate(parts[:MOST_OPTIONS], start=1)
    ]


def _weekdays(words: Words, question: PreferencesQuestion) -> CheckboxesElement:
    options = {day: _option(words.weekday(day), str(day)) for day in DAYS}
    chosen = [options[day] for day in DAYS if day in question.said.weekdays]
    return CheckboxesElement(action_id=PICKED, options=list(options.values()), initial_options=chosen)


def _hours(words: Words, question: PreferencesQuestion) -> StaticMultiSelectElement:
    named = question.said.lunch_hours if question.said.names_hours else frozenset[int]()
    options = {hour: _option(hours(words, [hour]), str(hour)) for hour in sorted({*HOURS, *named})}
    return StaticMultiSelectElement(
        action_id=PICKED,
        placeholder=_plain(words.say("No particular hours")),
        options=list(options.values()),
        initial_options=[options[hour] for hour in sorted(named)] or None,
    )


def _languages(words: Words, question: PreferencesQuestion) -> StaticMultiSelectElement:
    codes = sorted({*LANGUAGES, *question.said.languages}, key=words.language)
    options = {code: _option(words.language(code), code) for code in codes}
    return StaticMultiSelectElement(
        action_id=PICKED,
        placeholder=_plain(words.say("Any")),
        options=list(options.values()),
        initial_options=[options[code] for code in codes if code in question.said.languages] or None,
    )


def _interests_hint(words: Words, question: PreferencesQuestion) -> str:
    if question.own_interests:
        return words.say(
            "With commas in between. Left empty: what the directory says, {interests}.",
            interests=question.own_interests,
        )
    return words.say("With commas in between: bread, bicycles, maps.")


def _every_rounds(words: Words, question: PreferencesQuestion) -> RadioButtonsElement:
    options = {
        every: _option(wanted_rounds(words, every, question.cadence_weeks), str(every))
        for every in EVERY_ROUNDS
    }
    return RadioButtonsElement(
        action_id=PICKED, options=list(options.values()), initial_option=options[question.said.every_rounds]
    )


def _heads_up(words: Words, question: PreferencesQuestion) -> CheckboxesElement:
    option = _option(words.say("Give me a heads-up the day before"), YES)
    return CheckboxesElement(
        action_id=PICKED, options=[option], initial_options=[option] if question.said.heads_up else None
    )


def _field(
    field: PreferenceField, label: str, element: InputInteractiveElement, hint: str | None = None
) -> InputBlock:
    return InputBlock(
        block_id=field.value,
        label=_plain(label),
        element=element,
        hint=_plain(hint) if hint else None,
        optional=True,
    )


def _option(text: str, value: str) -> Option:
    shown = text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…"
    return Option(text=_plain(shown), value=value)


def _plain(text: str) -> PlainTextObject:
    return PlainTextObject(text=text, emoji=False)


def chosen_values(options: Iterable[dict[str, Any]] | None) -> list[str]:
    """The values of what was picked in a menu or in checkboxes."""
    return [str(option["value"]) for option in options or ()]
