"""The comparison of HR's numbers runs on any folder of people and contacts, and finds a wrong number."""

import sys
from pathlib import Path

import pytest

from benchmarks import hr_numbers
from benchmarks.hr_numbers import Play, comparisons, main, played
from benchmarks.hr_oracle import Oracle


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Sixty people of four departments, each of whom met the next five."""
    people = [f"P{n},{'ABCD'[n % 4]}" for n in range(60)]
    contacts = [f"P{n},P{(n + step) % 60},{20 * step}" for n in range(60) for step in range(1, 6)]
    (tmp_path / "people.csv").write_text("\n".join(["person_id,department", *people]))
    (tmp_path / "contacts.csv").write_text("\n".join(["person_a,person_b,seconds_face_to_face", *contacts]))
    return tmp_path


@pytest.fixture
def _few_secrets(monkeypatch: pytest.MonkeyPatch, office: Path) -> None:
    monkeypatch.setattr(hr_numbers, "SECRETS", 2)
    monkeypatch.setattr(sys, "argv", ["hr_numbers", str(office)])


@pytest.mark.usefixtures("_few_secrets")
def test_all_numbers_agree(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    assert "new ties" in capsys.readouterr().out


@pytest.mark.usefixtures("_few_secrets")
def test_a_number_that_is_wrong_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Oracle, "sit_outs", lambda _: (-1,))
    assert main() == 1


def test_contacts_end_as_they_are_played(office: Path) -> None:
    found = {each.name: each.ours for each in comparisons(played(office, Play(unanswered=20, again=40)))}
    # 60 contacts of each length; those of 40 s are met again, and those of 80 s are inside a department.
    assert (found["delivered"], found["met"], found["new ties"]) == (300, 240, 180)
    assert found["across departments"] == 120
