"""The picture of a round shows every person, every pair who had met, and every pair that is introduced."""

from pathlib import Path

import pytest
import vl_convert

from benchmarks.round_picture import AGAIN, MET, NEW, main, round_chart
from matcher import PastPair, Person, match

PEOPLE = [Person("a", "Law"), Person("b", "Law"), Person("c", "Sales"), Person("d", None)]
PAST = [PastPair("a", "c"), PastPair("a", "d"), PastPair("b", "c"), PastPair("b", "d"), PastPair("c", "d")]


def links(chart: dict[str, object], kind: str) -> set[str]:
    layers = chart["layer"]
    assert isinstance(layers, list)
    rows = [row for layer in layers for row in layer["data"]["values"]]
    return {row["link"] for row in rows if row.get("kind") == kind}


def test_new_and_repeated_pairs_differ() -> None:
    chart = round_chart(PEOPLE, PAST, match(PEOPLE, PAST, seed=1))
    assert (len(links(chart, MET)), len(links(chart, NEW)), len(links(chart, AGAIN))) == (5, 1, 1)
    svg = vl_convert.vegalite_to_svg(chart)
    for said in ("Law (2)", "Sales (1)", "no department (1)", MET, NEW, AGAIN):
        assert said in svg


def test_a_picture_of_files_names_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    people, meetings, picture = tmp_path / "people.csv", tmp_path / "meetings.csv", tmp_path / "round.svg"
    people.write_text("person_id,department\nidA,Law\nidB,Law\nidC,Sales\nidD,Sales\n")
    meetings.write_text("person_a,person_b\nidA,idC\n")
    monkeypatch.setattr("sys.argv", ["round_picture", str(people), str(meetings), str(picture)])
    assert main() == 0
    assert "2 introductions, 2 of them across departments (at most 2)" in capsys.readouterr().out
    drawn = picture.read_text()
    assert "Law (2)" in drawn
    assert not any(name in drawn for name in ("idA", "idB", "idC", "idD"))


def test_a_mistaken_call_says_how_to_call_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["round_picture", "people.csv", "round.svg"])
    assert main() == 2
    assert "PICTURE ends in .svg or .png" in capsys.readouterr().err
