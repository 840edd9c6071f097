"""The catalogue of all texts: English sentences are the message ids, each other language has a file here."""

from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

FOLDER = Path(__file__).parent
ENGLISH = "en"
LANGUAGES = (ENGLISH, *sorted(path.stem for path in FOLDER.glob("*.po")))


def path_of(language: str) -> Path:
    """The file of a language."""
    return FOLDER / f"{language}.po"


def read_catalogue(language: str) -> Catalog:
    """What translators wrote, with their notes; nothing that is obsolete is left out."""
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@cache
def translations(language: str) -> NullTranslations:
    """What a language says for each sentence; compiled in memory, so that no file can be stale."""
    if language == ENGLISH:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return Translations(compiled)
