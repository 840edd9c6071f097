"""The docs show the pictures that are taken, each with words for whoever doesn't see it."""

import re
from pathlib import Path

from docs.take_pictures import PICTURES, STEPS, picture

ROOT = Path(__file__).parent.parent.parent
PAGES = (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))


def test_the_docs_show_each_picture_that_is_taken_and_no_other() -> None:
    taken = {PICTURES / picture(step, view) for step in STEPS for view in step.views}
    shown = {
        (page.parent / path).resolve()
        for page in PAGES
        for path in re.findall(r"\]\(([^()\s]+\.png)\)", page.read_text())
    }
    assert shown == taken == set(PICTURES.iterdir())


def test_every_picture_has_words() -> None:
    words = [found for page in PAGES for found in re.findall(r"!\[([^\]]*)\]", page.read_text())]
    assert words
    assert all(len(each.split()) > 4 for each in words)
