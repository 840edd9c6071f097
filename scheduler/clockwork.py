"""What happens by itself: rounds, deliveries, HR's numbers, the nightly directory; each on its own tick."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from threading import Event

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from db.sessions import Sessions
from domain.errors import MessengerError
from domain.ports import Clock, Directory, Messenger
from domain.rounds import Claim, RoundOutcome, Timing
from use_cases.close_rounds import close_rounds
from use_cases.deliver import deliver
from use_cases.end_introductions import end_introductions
from use_cases.end_pauses import end_pauses
from use_cases.forget_old_rows import forget_old_rows
from use_cases.owe_check_ins import owe_check_ins
from use_cases.owe_heads_ups import owe_heads_ups
from use_cases.owe_nudges import owe_nudges
from use_cases.read_profiles import read_profiles
from use_cases.release_report import release_report
from use_cases.rematch import rematch
from use_cases.run_round import run_round
from use_cases.settle_deliveries import settle_deliveries
from use_cases.start_due_rounds import start_due_rounds
from use_cases.sync_directory import sync_directory
from use_cases.take_census import take_census

log = structlog.get_logger()


@dataclass(frozen=True)
class Clockwork:
    """The work of one workspace that is due by the clock."""

    sessions: Sessions
    messenger: Messenger
    directory: Directory
    clock: Clock
    workspace_id: int
    timing: Timing
    release_secret: bytes | None = field(default=None, repr=False)
    """Decides how HR's counts are rounded; without it they wait."""
    stopping: Event = field(default_factory=Event)

    def stop(self) -> None:
        """Finish the delivery that is being sent and the profile that is being read, and begin no other."""
        self.stopping.set()

    def run_rounds(self) -> list[RoundOutcome]:
        """Close what is over, match what is due, rematch whoever is stranded or late, note what is owed."""
        now = self.clock.now()
        close_rounds(self.sessions, workspace_id=self.workspace_id, now=now)
        end_pauses(self.sessions, workspace_id=self.workspace_id, now=now)
        for owe in (owe_check_ins, owe_nudges, owe_heads_ups):
            owe(self.sessions, workspace_id=self.workspace_id, now=now)
        claims = start_due_rounds(self.sessions, workspace_id=self.workspace_id, now=now, timing=self.timing)
        outcomes = [self._run_round(claim) for claim in claims]
        end_introductions(self.sessions, workspace_id=self.workspace_id, now=now)
        rematch(self.sessions, workspace_id=self.workspace_id, now=now)
        return [outcome for outcome in outcomes if outcome is not None]

    def _run_round(self, claim: Claim) -> RoundOutcome | None:
        try:
            return run_round(self.sessions, claim, now=self.clock.now())
        except Exception:
            # The claim is taken over when its lease is over; other work does not wait for it.
            log.exception("round broke off", round_id=claim.round_id)
            return None

    def run_deliveries(self) -> int:
        """Settle what was interrupted, then send what is due; how many deliveries were tried."""
        settle_deliveries(self.sessions, self.messenger, workspace_id=self.workspace_id, timing=self.timing)
        return deliver(
            self.sessions,
            self.messenger,
            self.directory,
            workspace_id=self.workspace_id,
            now=self.clock.now(),
            timing=self.timing,
            go_on=lambda: not self.stopping.is_set(),
        )

    def close_periods(self) -> None:
        """Count who works here when a period of HR's reports ends, and release it when it closes."""
        now = self.clock.now()
        take_census(self.sessions, workspace_id=self.workspace_id, now=now)
        if self.release_secret is not None:
            release_report(self.sessions, workspace_id=self.workspace_id, secret=self.release_secret, now=now)

    def forget_old_rows(self) -> None:
        """Delete what is older than it is kept."""
        done = forget_old_rows(self.sessions, workspace_id=self.workspace_id, now=self.clock.now())
        log.info("old rows forgotten", answers=done.answers, introductions=done.introductions)

    def read_directory(self) -> None:
        """Synchronise with Slack's directory; when Slack is down, tomorrow is early enough."""
        try:
            done = sync_directory(
                self.sessions, self.directory, workspace_id=self.workspace_id, now=self.clock.now()
            )
        except MessengerError as error:
            log.warning("directory not read", code=error.code)
        else:
            log.info("directory read", persons=done.persons, deactivated=done.deactivated)

    def read_profiles(self) -> None:
        """Read everybody's profile fields, as slowly as Slack allows."""
        try:
            done = read_profiles(
                self.sessions,
                self.directory,
                workspace_id=self.workspace_id,
                go_on=lambda: not self.stopping.is_set(),
            )
        except MessengerError as error:
            log.warning("profiles not read", code=error.code)
        else:
            log.info("profiles read", people=done.read, skipped=dict(done.skipped))


def schedule(clockwork: Clockwork, *, tick: timedelta) -> BackgroundScheduler:
    """A scheduler for this process. Every replica has one; the database decides who does what."""
    scheduler = BackgroundScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    jobs: list[tuple[str, Callable[[], object]]] = [
        ("rounds", clockwork.run_rounds),
        ("deliveries", clockwork.run_deliveries),
        ("reports", clockwork.close_periods),
    ]
    for name, work in jobs:
        scheduler.add_job(work, "interval", id=name, seconds=tick.total_seconds())
    # Once at the start, too: a fresh installation knows nobody yet.
    scheduler.add_job(clockwork.read_directory, id="directory now")
    scheduler.add_job(clockwork.read_directory, "cron", id="directory nightly", hour=3, jitter=1800)
    scheduler.add_job(clockwork.forget_old_rows, "cron", id="old rows nightly", hour=2, jitter=1800)
    scheduler.add_job(clockwork.read_profiles, "cron", id="profiles nightly", hour=4, jitter=1800)
    return scheduler
