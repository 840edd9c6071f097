"""Front-end files of others are what their page says, and the templates ask nobody else for anything."""

import hashlib
import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"
OURS = {"VENDORED.md", "lunchmates.css", "report.css", "report.js", "icon.svg"}
LISTED = dict(
    re.findall(r"^\| `([^`]+)` .* `([0-9a-f]{64})` \|$", (WEB / "static/VENDORED.md").read_text(), re.M)
)
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))


def test_every_file_of_others_is_listed() -> None:
    assert {path.name for path in (WEB / "static").iterdir()} - OURS == set(LISTED)


@pytest.mark.parametrize("name", LISTED)
def test_a_file_of_others_is_unchanged(name: str) -> None:
    assert hashlib.sha256((WEB / "static" / name).read_bytes()).hexdigest() == LISTED[name]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_keeps_to_the_policy(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:|hx-on", text)
    assert not re.search(r"(src|href|action)=\"(https?:)?//", text)
