"""The sentences that the source holds: what is said, and the docstrings of errors that people read."""

import inspect
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from domain import errors
from slack_handlers.blocks.catalogue import FOLDER

SOURCE = FOLDER.parent.parent
KEYWORDS = {"say": None, "say_count": (1, 2), "marked": None}
NOTE = "translators:"


def messages_of_source() -> Catalog:
    """Every sentence once, with the files in which it stands."""
    found = Catalog(charset="utf-8", fuzzy=False)
    for file, line, message, notes, _ in extract_from_dir(
        str(SOURCE),
        method_map=[("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=[NOTE],
        strip_comment_tags=True,
    ):
        found.add(message, locations=[(f"{SOURCE.name}/{Path(file).as_posix()}", line)], auto_comments=notes)
    for error in refusals():
        found.add(error.sentence(), locations=[("domain/errors.py", 0)])
    return found


def refusals() -> Iterator[type[errors.UnmetWish]]:
    """The errors that a person may read in Slack."""
    for _, error in inspect.getmembers(errors, inspect.isclass):
        if issubclass(error, errors.UnmetWish):
            yield error


def is_whole(message: Message) -> bool:
    """Whether every form of a sentence is translated."""
    forms = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return all(forms)


def brought_up_to_date(catalogue: Catalog) -> bytes:
    """A language's file with all sentences of the source: what is new is empty, what is gone is gone."""
    source = messages_of_source()
    # Its dates are the translator's: the same catalogue is always the same file.
    source.creation_date = catalogue.creation_date
    catalogue.update(source, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    written = BytesIO()
    # Without line numbers and Babel's version, which change although no sentence does.
    write_po(written, catalogue, width=110, sort_by_file=True, include_lineno=False)
    lines = written.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(b'"Generated-By:'))
