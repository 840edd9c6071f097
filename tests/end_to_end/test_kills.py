"""`serve` is killed with SIGKILL in the middle of a delivery, again and again: nothing is doubled or lost."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from cli.parts import Installation
from db.tables import Round
from domain.rounds import DeliveryState, RoundState, Timing
from sandbox import DEFAULT_SCOPES, Fault, Sandbox
from tests.end_to_end.company import (
    ON_ITS_WAY,
    check_delivered,
    deliveries,
    everybody_joins,
    match_now,
    people,
    states,
)
from tests.end_to_end.serving import (
    Environment,
    Group,
    environment,
    free_port,
    installed_here,
    run_command,
    serving,
    wait_until,
    warm_starts,
)
from use_cases.list_deliveries import list_deliveries
from use_cases.start_due_rounds import start_round_now

Start = Callable[[Environment], Group]
WITHOUT_HISTORY = tuple(scope for scope in DEFAULT_SCOPES if scope != "mpim:history")
DELIVERING = {"conversations.open", "chat.postMessage", "conversations.history"}
# The sandbox answers within 60 ms, so these are long enough, and a dead process's leases end soon.
QUICK = {"tick": 0.05, "lease": 0.6, "lookup": 0.4}


def company(size: int, scopes: tuple[str, ...] = DEFAULT_SCOPES) -> Sandbox:
    slack = Sandbox(signing_secret="secret", bot_token="xoxb-kill", scopes=scopes, speed=600)
    slack.add_users(people(size))
    for method in ("conversations.open", "chat.postMessage"):
        for kind in ("slow", "slow_after"):
            for seconds in (0.01, 0.03):
                slack.inject(Fault(kind, method, times=None, probability=0.2, seconds=seconds))
    return slack


@pytest.fixture(params=[True, False], ids=["history", "no-history"])
def history(request: pytest.FixtureRequest) -> bool:
    """Whether the app may look up what it has posted."""
    return bool(request.param)


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    with warm_starts(tmp_path_factory.mktemp("kills") / "log") as started:
        yield started


def calls_of(slack: Sandbox) -> int:
    return sum(entry["method"] in DELIVERING for entry in slack.traffic())


def survive(size: int, kills: int, history: bool, database_url: str, start: Start) -> Counter[DeliveryState]:
    """Deliver one round to this many people through this many kills; where the kills struck."""
    dice = random.Random(kills)
    struck: Counter[DeliveryState] = Counter()
    with company(size, DEFAULT_SCOPES if history else WITHOUT_HISTORY) as slack:
        settings = environment(slack, database_url, **QUICK)
        here = installed_here(settings)
        here.clockwork.read_directory()
        everybody_joins(here.sessions)
        assert match_now(here) == size // 2
        for _ in range(kills):
            live_and_die(slack, start, settings, calls=dice.randrange(8), seconds=dice.uniform(0, 0.06))
            struck += Counter(one.state for one in deliveries(here.sessions) if one.lease_token)
            assert states(here.sessions)[DeliveryState.PENDING], "there was nothing left to interrupt"
        last = start({**settings, "PORT": str(free_port())})
        wait_until(lambda: not states(here.sessions).keys() & ON_ITS_WAY, seconds=60, every=0.1)
        last.kill()
        check_delivered(slack, here.sessions, exactly=history)
        check_listed(here)
        here.close()
    return struck


def live_and_die(slack: Sandbox, start: Start, settings: Environment, *, calls: int, seconds: float) -> None:
    """Start the app, and kill it a moment after it has made that many calls."""
    slack.clear_traffic()
    # Another test may have got the port while nobody listened on it.
    group = start({**settings, "PORT": str(free_port())})
    wait_until(lambda: calls_of(slack) >= calls if calls else group.is_healthy())
    time.sleep(seconds)
    group.kill()


def check_listed(here: Installation) -> None:
    """What is uncertain is on the admin's list, and nothing else is."""
    listed = list_deliveries(here.sessions, workspace_id=here.workspace_id)
    uncertain = {one.public_id for one in deliveries(here.sessions) if one.state == DeliveryState.UNCERTAIN}
    assert {one.delivery_id for one in listed} == uncertain


@pytest.mark.parametrize(
    ("history", "database_url"), [(True, "postgresql"), (False, "sqlite")], indirect=True
)
def test_a_few_kills(history: bool, database_url: str, start: Start) -> None:
    survive(100, 4, history, database_url, start)


@pytest.mark.slow
def test_fifty_kills(history: bool, database_url: str, start: Start) -> None:
    struck = survive(400, 50, history, database_url, start)
    # They struck between all steps: before the conversation was open, after that, and around the post.
    assert struck.keys() == ON_ITS_WAY


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_replicas_deliver_a_round_together_and_each_message_once(database_url: str, start: Start) -> None:
    with company(100) as slack:
        settings = environment(slack, database_url, tick=0.05, lease=20, lookup=20)
        here = installed_here(settings)
        here.clockwork.read_directory()
        everybody_joins(here.sessions)
        assert match_now(here) == 50
        replicas = [start({**settings, "PORT": str(free_port())}) for _ in range(2)]
        wait_until(lambda: states(here.sessions) == {DeliveryState.SENT: 50}, every=0.05)
        for replica in replicas:
            assert replica.is_healthy()
            replica.kill()
        check_delivered(slack, here.sessions, exactly=True)
        here.close()


def test_a_round_whose_matcher_died_is_taken_over_with_the_same_seed(
    database_url: str, tmp_path: Path
) -> None:
    with company(30) as slack:
        settings = environment(slack, database_url, **QUICK)
        here = installed_here(settings)
        here.clockwork.read_directory()
        everybody_joins(here.sessions)
        # This process claims the round and then never matches it.
        claim = start_round_now(
            here.sessions,
            workspace_id=here.workspace_id,
            now=here.clock.now(),
            timing=Timing(round_lease=timedelta(seconds=0.1)),
            actor="test",
        )
        with serving(settings, tmp_path / "log"):
            wait_until(lambda: states(here.sessions) == {DeliveryState.SENT: 15}, every=0.1)
        with here.sessions.read() as session:
            [taken_over] = session.scalars(select(Round))
        assert (taken_over.id, taken_over.seed) == (claim.round_id, claim.seed)
        assert taken_over.state == RoundState.MATCHED
        check_delivered(slack, here.sessions, exactly=True)
        here.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_uncertain_delivery_is_listed_and_sent_again_on_the_admins_word(
    database_url: str, start: Start
) -> None:
    with company(8, WITHOUT_HISTORY) as slack:
        slack.clear_faults()
        slack.inject(Fault("drop", "chat.postMessage"))
        settings = environment(slack, database_url, **QUICK)
        here = installed_here(settings)
        here.clockwork.read_directory()
        everybody_joins(here.sessions)
        assert match_now(here) == 4
        running = start(settings)
        expected = {DeliveryState.SENT: 3, DeliveryState.UNCERTAIN: 1}
        wait_until(lambda: states(here.sessions) == expected, every=0.05)
        [lost] = [one for one in deliveries(here.sessions) if one.state == DeliveryState.UNCERTAIN]
        listed = run_command(settings, "deliveries")
        assert lost.public_id in listed
        assert "uncertain" in listed
        assert "U0P" not in listed
        run_command(settings, "deliveries", "--resend", lost.public_id)
        wait_until(lambda: states(here.sessions) == {DeliveryState.SENT: 4}, every=0.05)
        running.kill()
        check_delivered(slack, here.sessions, exactly=True)
        here.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sigterm_lets_the_delivery_in_flight_finish(database_url: str, tmp_path: Path) -> None:
    with company(40) as slack:
        settings = environment(slack, database_url, tick=0.05, lease=60, lookup=60)
        here = installed_here(settings)
        here.clockwork.read_directory()
        everybody_joins(here.sessions)
        assert match_now(here) == 20
        slack.clear_faults()
        # All of them would take 40 s.
        slack.inject(Fault("slow", "chat.postMessage", times=None, seconds=2))
        with serving(settings, tmp_path / "log") as (group, process):
            wait_until(lambda: states(here.sessions)[DeliveryState.SENDING] == 1)
            started = time.monotonic()
            process.terminate()
            assert process.wait(60) == 0
            assert time.monotonic() - started < 20
            assert not group.is_running()
        stopped = states(here.sessions)
        assert stopped.keys() == {DeliveryState.SENT, DeliveryState.PENDING}
        assert stopped[DeliveryState.SENT] == len(slack.messages())
        assert stopped[DeliveryState.SENT] < 20
        assert "Traceback" not in (tmp_path / "log").read_text()
        here.close()
