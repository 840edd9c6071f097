"""Draws one round of a company: departments around a circle, who had met, and whom the round introduces.

    python -m benchmarks.round_picture [PEOPLE.csv MEETINGS.csv] PICTURE

PICTURE ends in .svg or .png. The files have the columns that `python app.py match` reads; nobody's id or name
is drawn. Without them the company is made up (`benchmarks.company`).
"""

import sys
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import vl_convert

from benchmarks.company import draw_company
from matcher import Matching, PastPair, Person, match
from use_cases.read_csv import read_meetings, read_people, refuse_strangers

SEED = 1
MADE_UP = 120
MADE_UP_WEEKS = 8
# Half of the picture, in radii of the circle; the names need room beside it.
ACROSS, UPWARDS = 1.36, 1.14
RADIUS = 320
# Names of small neighbours, which would lie on each other, stand in two rows.
CLOSE = 0.12
# Of the circle, how much is left free between two departments, in people.
GAP = 2.0
POINTS = 11
MET, NEW, AGAIN = "had met", "introduced now: new to each other", "introduced now: once more"
COLOURS = {MET: "#9aa5b1", NEW: "#0b6e4f", AGAIN: "#c2410c"}
# Thousands of links must still be seen through.
FAINTEST = 0.16
# Two tones that follow each other around the circle, for the names tell the departments apart.
RING = ["#1e3a5f", "#6b8fb5"]

Rows = list[dict[str, Any]]


def main() -> int:
    """Match one round and draw it."""
    *files, target = sys.argv[1:] or [""]
    picture = Path(target)
    if len(files) not in (0, 2) or picture.suffix not in (".svg", ".png"):
        print(__doc__, file=sys.stderr)
        return 2
    people, past = _read(Path(files[0]), Path(files[1])) if files else _made_up()
    matching = match(people, past, seed=SEED)
    chart = round_chart(people, past, matching)
    if picture.suffix == ".svg":
        picture.write_text(vl_convert.vegalite_to_svg(chart))
    else:
        picture.write_bytes(vl_convert.vegalite_to_png(chart, scale=2))
    print(f"{len(people)} people, {len(past)} pairs who had met: {_sentence(matching)}")
    return 0


def round_chart(people: Sequence[Person], past: Sequence[PastPair], matching: Matching) -> dict[str, Any]:
    """The picture as a Vega-Lite specification.

    Parameters
    ----------
    people : sequence of Person
        Who takes part, at least one.
    past : sequence of PastPair
        Who had met before.
    matching : Matching
        The round.
    """
    place = _places(people)
    had_met = {frozenset((pair.a, pair.b)) for pair in past}
    curves: Rows = []
    for number, pair in enumerate(past):
        curves += _curve(f"m{number}", MET, place[pair.a], place[pair.b])
    for number, one in enumerate(matching.introductions):
        for side, (a, b) in enumerate(combinations(one.members, 2)):
            kind = AGAIN if frozenset((a, b)) in had_met else NEW
            curves += _curve(f"i{number}-{side}", kind, place[a], place[b])
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 2 * ACROSS * RADIUS,
        "height": 2 * UPWARDS * RADIUS,
        "background": "white",
        "title": {
            "text": f"One round of {len(people)} people",
            "subtitle": _sentence(matching),
            "fontSize": 20,
            "subtitleFontSize": 14,
        },
        "config": {"aria": False, "view": {"stroke": None}, "font": "sans-serif"},
        "layer": [*_links(curves), *_ring(people, place)],
    }


def _read(people_file: Path, meetings_file: Path) -> tuple[list[Person], list[PastPair]]:
    people, meetings = read_people(people_file), read_meetings(meetings_file)
    refuse_strangers(meetings, {row.external_id for row in people.rows}, people.path)
    return (
        [Person(row.external_id, row.department) for row in people.rows],
        [PastPair(row.person_a, row.person_b, confirmed=True) for row in meetings.rows],
    )


def _made_up() -> tuple[list[Person], list[PastPair]]:
    people = draw_company(MADE_UP, seed=SEED).people()
    past: list[PastPair] = []
    for week in range(MADE_UP_WEEKS):
        for one in match(people, past, seed=week).introductions:
            past += [PastPair(a, b) for a, b in combinations(one.members, 2)]
    return people, past


def _sentence(matching: Matching) -> str:
    values, bounds = matching.values, matching.bounds
    count = len(matching.introductions)
    return (
        f"{count} introductions, {values.cross_department} of them across departments (at most "
        f"{bounds.cross_department}), {values.repeats} repeats (at least {bounds.repeats})"
    )


def _departments(people: Sequence[Person]) -> list[list[Person]]:
    """The people of each department, the largest first."""
    members: dict[str, list[Person]] = {}
    for person in people:
        members.setdefault(person.department or "(none)", []).append(person)
    return [members[name] for name in sorted(members, key=lambda name: (-len(members[name]), name))]


def _places(people: Sequence[Person]) -> dict[int | str, float]:
    """The angle of each person, clockwise from the top."""
    departments = _departments(people)
    whole = len(people) + GAP * len(departments)
    place: dict[int | str, float] = {}
    at = 0.0
    for members in departments:
        for person in members:
            place[person.id] = 2 * np.pi * (at + 0.5) / whole
            at += 1
        at += GAP
    return place


def _curve(name: str, kind: str, one: float, other: float) -> Rows:
    """A quadratic Bézier curve between two places, bent towards the centre, as points."""
    at = np.linspace(0, 1, POINTS)[:, None]
    start, end = (np.array([np.sin(angle), np.cos(angle)]) for angle in (one, other))
    bend = 0.25 * (start + end) / 2
    points = (1 - at) ** 2 * start + 2 * at * (1 - at) * bend + at**2 * end
    return [
        {"link": name, "kind": kind, "x": round(float(x), 4), "y": round(float(y), 4), "step": step}
        for step, (x, y) in enumerate(points)
    ]


def _links(curves: Rows) -> Iterator[dict[str, Any]]:
    """Each kind as a layer, so that what the round does lies above what was before."""
    kinds = [kind for kind in COLOURS if any(row["kind"] == kind for row in curves)]
    legend = {
        "orient": "bottom",
        "title": None,
        "labelFontSize": 14,
        "labelLimit": 0,
        "symbolType": "stroke",
        "symbolSize": 500,
        "symbolStrokeWidth": 4,
        "symbolOpacity": 1,
        "columnPadding": 30,
    }
    scale = {"domain": kinds, "range": [COLOURS[kind] for kind in kinds]}
    for kind in kinds:
        own = [row for row in curves if row["kind"] == kind]
        many = len(own) // POINTS
        before = {"strokeWidth": 0.5, "opacity": max(FAINTEST, min(0.5, 200 / many))}
        yield {
            "data": {"values": own},
            "mark": {"type": "line", **(before if kind == MET else {"strokeWidth": 1.7, "opacity": 0.9})},
            "encoding": {
                **_position(),
                "detail": {"field": "link"},
                "order": {"field": "step"},
                "color": {"field": "kind", "scale": scale, "legend": legend},
            },
        }


def _position() -> dict[str, Any]:
    return {
        name: {
            "field": name,
            "type": "quantitative",
            "axis": None,
            "scale": {"domain": [-half, half], "nice": False, "zero": False},
        }
        for name, half in (("x", ACROSS), ("y", UPWARDS))
    }


def _ring(people: Sequence[Person], place: dict[int | str, float]) -> Iterator[dict[str, Any]]:
    dots: Rows = []
    names: Rows = []
    before, far = -1.0, False
    for number, members in enumerate(_departments(people)):
        angles = [place[person.id] for person in members]
        tone = RING[number % 2]
        dots += [{"x": 1.02 * np.sin(angle), "y": 1.02 * np.cos(angle), "tone": tone} for angle in angles]
        middle = (angles[0] + angles[-1]) / 2
        far = middle - before < CLOSE + GAP * 2 * np.pi / len(people) and not far
        before = middle
        out = 1.11 if far else 1.06
        names.append(
            {
                "x": out * np.sin(middle),
                "y": out * np.cos(middle),
                "name": f"{members[0].department or 'no department'} ({len(members)})",
                "right": bool(np.sin(middle) >= 0),
            }
        )
    yield {
        "data": {"values": dots},
        "mark": {"type": "circle", "size": 30, "opacity": 1},
        "encoding": {**_position(), "color": {"field": "tone", "scale": None}},
    }
    for right in (True, False):
        yield {
            "data": {"values": [row for row in names if row["right"] is right]},
            "mark": {"type": "text", "fontSize": 14, "align": "left" if right else "right"},
            "encoding": {**_position(), "text": {"field": "name"}},
        }


if __name__ == "__main__":
    sys.exit(main())
