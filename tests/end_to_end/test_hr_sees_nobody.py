"""HR opens everything there is, and sees no name and nothing that one person alone has said.

Two companies have the same lunches. In one of them people have also excluded each other, given up lunches,
paused, written something about themselves, and it was the other one of two who said "not this time". HR must
not be able to tell which of the two companies it is in.
"""

import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
import requests
import structlog
from sqlalchemy import select
from structlog.typing import EventDict

from app import SandboxedApp
from db.tables import (
    Answer,
    Delivery,
    Exclusion,
    Introduction,
    IntroductionMember,
    Meeting,
    Participant,
    Person,
    Preference,
    Program,
    Round,
    Withdrawal,
)
from domain.programs import ParticipantState
from domain.rounds import AnswerWord, DeliveryKind, DeliveryState, MeetingSource, RoundState
from tests.end_to_end.company import join
from tests.end_to_end.conftest import SUNDAY, starting, with_three_people
from tests.end_to_end.test_lunch_command import lunch
from tests.end_to_end.worlds import printed
from use_cases.release_report import release_report
from use_cases.take_census import take_census

ADA = "U0ADA"
PEOPLE, JOINED, WEEKS = 60, 40, 12
WRITTEN = "zanzibarology"
OF_PEOPLE = re.compile(r"Zanzibar|@example|U0Z\d|EXT-\d|zanzibarology", re.IGNORECASE)
SECRET = b"0123456789abcdef"

Looked = dict[str, str]


def employ(app: SandboxedApp, *, loudly: bool) -> None:
    """Sixty people, of whom forty take part; two by two they have lunch for twelve weeks."""
    with app.installation.sessions.write() as session:
        program = session.scalars(select(Program)).one()
        people = [
            Person(
                workspace_id=app.installation.workspace_id,
                slack_user_id=f"U0Z{number:03}",
                external_id=f"EXT-{number}",
                name=f"Zanzibar {number}",
                email=f"z{number}@example.com",
                department=("Design", "Legal", "Sales")[number % 3],
                office=("Lyon", "Paris")[number % 2],
                level=("Junior", "Senior")[number % 2],
            )
            for number in range(PEOPLE)
        ]
        session.add_all(people)
        session.flush()
        join(session, program, people[:JOINED])
        for week in range(WEEKS):
            _lunches(session, program, [person.id for person in people[:JOINED]], week, loudly=loudly)
        if loudly:
            _private(session, program, [person.id for person in people])


def _lunches(session: Any, program: Program, ids: list[int], week: int, *, loudly: bool) -> None:
    slot_at = SUNDAY + timedelta(weeks=week, hours=22)
    held = Round(
        program_id=program.id,
        period_on=slot_at.date(),
        slot_at=slot_at,
        ends_at=slot_at + timedelta(weeks=1),
        state=RoundState.CLOSED,
        seed=1,
        matched_at=slot_at,
        input_digest="",
    )
    session.add(held)
    session.flush()
    turned = ids[1:][week:] + ids[1:][:week]
    pairs = list(zip(ids[:1] + turned[: JOINED // 2 - 1], reversed(turned[JOINED // 2 - 1 :]), strict=True))
    for place, pair in enumerate(pairs):
        # The last lunch of each week was given up: by the one, or by the other.
        given_up = place == len(pairs) - 1
        held_by = Introduction(
            public_id=f"{week}-{place}",
            round_id=held.id,
            why=["new"],
            starter=0,
            proposer_id=pair[0],
            active=not given_up,
        )
        session.add(held_by)
        session.flush()
        session.add_all(
            IntroductionMember(introduction_id=held_by.id, person_id=one, round_id=held.id) for one in pair
        )
        session.add(
            Delivery(
                public_id=f"d{week}-{place}",
                workspace_id=program.workspace_id,
                program_id=program.id,
                round_id=held.id,
                introduction_id=held_by.id,
                kind=DeliveryKind.INTRODUCTION,
                recipient_key="group",
                state=DeliveryState.SENT,
                channel_id="C1",
                message_ts="1.0",
                due_at=slot_at,
            )
        )
        session.flush()
        said_at, who = slot_at + timedelta(days=10), pair[loudly]
        if given_up:
            session.add(
                Withdrawal(
                    introduction_id=held_by.id,
                    person_id=who,
                    wants_another=loudly,
                    takes_effect_at=slot_at + timedelta(days=1),
                )
            )
        elif place % 3:
            low, high = sorted(pair)
            session.add(
                Meeting(
                    workspace_id=program.workspace_id,
                    low_id=low,
                    high_id=high,
                    introduction_id=held_by.id,
                    met_on=slot_at.date(),
                    source=MeetingSource.CONFIRMED,
                )
            )
            _say(session, held_by, who, AnswerWord.MET, said_at, [pair[1 - loudly]])
        else:
            _say(session, held_by, who, AnswerWord.NOT_THIS_TIME, said_at, [])


def _say(session: Any, about: Introduction, who: int, word: AnswerWord, at: Any, met: list[int]) -> None:
    session.add(Answer(introduction_id=about.id, person_id=who, answer=word, met_ids=met, answered_at=at))


def _private(session: Any, program: Program, ids: list[int]) -> None:
    session.add_all(Exclusion(owner_id=one, other_id=ids[0], created_at=SUNDAY) for one in ids[1:9])
    session.add_all(Preference(person_id=one, ask_about=WRITTEN, interests=[WRITTEN]) for one in ids[:9])
    paused = session.scalars(select(Participant).where(Participant.person_id.in_(ids[3:6])))
    for one in paused:
        one.state = ParticipantState.PAUSED
        one.paused_until = (SUNDAY + timedelta(weeks=40)).date()


def a_quarter_goes_by(app: SandboxedApp) -> None:
    here: dict[str, Any] = {"workspace_id": app.installation.workspace_id}
    for week in range(WEEKS + 4):
        now = SUNDAY + timedelta(weeks=week)
        take_census(app.installation.sessions, now=now, **here)
        release_report(app.installation.sessions, secret=SECRET, now=now, **here)
    app.clock.move_to(SUNDAY + timedelta(weeks=WEEKS + 3))


def signed_in(app: SandboxedApp) -> requests.Session:
    browser = requests.Session()
    app.slack.sign_in_as(ADA)
    assert browser.get(f"{app.url}/hr/", timeout=10).url == f"{app.url}/hr/"
    return browser


def crawled(app: SandboxedApp) -> Looked:
    """Every page, file and picture of HR, by its path."""
    browser, waiting, found = signed_in(app), ["/hr/"], Looked()
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        answer = browser.get(app.url + path, timeout=10)
        assert answer.status_code == 200, path
        found[path] = answer.text
        if "html" in answer.headers["Content-Type"]:
            links = re.findall(r'(?:href|src|srcset)="([^"]+)"', answer.text)
            here = (unescape(link).split("#")[0] for link in links)
            waiting += [link for link in here if link.startswith(("/hr/", "/report/"))]
    return found


def in_slack(app: SandboxedApp) -> Looked:
    """The answer to /lunch stats, the Home tab, and every message and file of HR's own."""
    said = lunch(app, "stats", ADA)
    app.slack.open_home(ADA)
    files = [
        file
        for channel in app.slack.dms_of(ADA)
        for message in channel["messages"]
        for file in message.get("files", [])
    ]
    assert files
    pictures = {}
    for file in files:
        with urlopen(file["url_private_download"]) as answer:
            pictures[file["name"]] = answer.read().hex()
    return {
        "/lunch stats": json.dumps([said["text"], said["blocks"]], ensure_ascii=False),
        "Home tab": json.dumps(app.slack.home_of(ADA), ensure_ascii=False),
        "messages": json.dumps([one["text"] for dm in app.slack.dms_of(ADA) for one in dm["messages"]]),
        **pictures,
    }


@pytest.fixture
def logged() -> Iterator[list[EventDict]]:
    """Every line of the log, of whatever level."""
    lines: list[EventDict] = []

    def keep(_logger: object, level: str, line: EventDict) -> EventDict:
        lines.append({"level": level, **line})
        raise structlog.DropEvent

    structlog.configure(
        processors=[structlog.processors.format_exc_info, keep],
        wrapper_class=structlog.make_filtering_bound_logger(logging.NOTSET),
    )
    return lines


@pytest.fixture
def looks(
    sqlite_template: Path,
    tmp_path: Path,
    logged: list[EventDict],
) -> Iterator[Callable[[bool], tuple[Looked, set[str]]]]:
    """All that HR sees of a company, and the routes of HR that this did not take."""
    with ExitStack() as running:

        def looked(loudly: bool) -> tuple[Looked, set[str]]:
            folder = tmp_path / str(loudly)
            folder.mkdir()
            started = running.enter_context(starting(sqlite_template, folder))
            app = with_three_people(started(hr=ADA))
            employ(app, loudly=loudly)
            a_quarter_goes_by(app)
            pages = crawled(app)
            rules = app.installation.web.url_map
            paths = (path.partition("?")[0] for path in pages)
            walked = {rules.bind("HR").match(path, return_rule=True)[0].rule for path in paths}
            of_hr = {rule.rule for rule in rules.iter_rules() if rule.rule.startswith("/hr/")}
            found = {**pages, **in_slack(app), "stats": printed(app.installation, app.clock, "stats")}
            own = urlsplit(app.url).netloc, urlsplit(app.slack.url).netloc
            return {where: _plain(text, own) for where, text in found.items()}, of_hr - walked

        yield looked


def _plain(text: str, hosts: tuple[str, ...]) -> str:
    """Without what is drawn anew for each run: addresses, tokens, moments of Slack's own clock."""
    for host in hosts:
        text = text.replace(host, "HOST")
    text = re.sub(r'name="csrf_token" value="[^"]+"', "TOKEN", text)
    return re.sub(r'"(id|hash|block_id|app_id|bot_id|team_id)": "[^"]*"', "ID", text)


def test_hr_sees_no_name_and_cannot_tell_what_anybody_has_said(
    looks: Callable[[bool], tuple[Looked, set[str]]], logged: list[EventDict]
) -> None:
    (quiet, unwalked), (loud, _) = looks(False), looks(True)
    for where, text in loud.items():
        assert not OF_PEOPLE.search(text), where
    assert not OF_PEOPLE.search(str(logged))
    assert quiet.keys() == loud.keys()
    for where in quiet:
        assert quiet[where] == loud[where], where
    # Numbers came out at all, and of departments.
    assert "Legal" in loud["/hr/"]
    assert "opted in" in loud["stats"]
    assert len([where for where in loud if where.endswith(".csv")]) > 15
    assert unwalked == set()
    assert "directory read" in {line["event"] for line in logged}
