"""Released cells read the same in Slack as on the page and in a file."""

from insights import cell_text, change_text
from slack_handlers.blocks.cell_words import cell_words, change_words
from slack_handlers.blocks.words import words_for
from tests.slack_handlers.hr_screens import CELLS, CHANGES

ENGLISH, GERMAN = words_for("en-GB"), words_for("de-DE")


def test_english_cells_and_changes_are_those_of_the_report() -> None:
    assert [cell_words(ENGLISH, cell) for cell in CELLS] == [cell_text(cell) for cell in CELLS]
    assert [change_words(ENGLISH, change) for change in CHANGES] == [
        change_text(change) for change in CHANGES
    ]


def test_other_languages_have_no_english_in_them() -> None:
    said = " ".join(
        [*(cell_words(GERMAN, cell) for cell in CELLS), *(change_words(GERMAN, change) for change in CHANGES)]
    )
    assert not any(english in said for english in ("tell", "answered", " of ", "about", "least", "better"))
