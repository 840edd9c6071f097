"""An admin changes when a program's rounds begin, and how many people are introduced to each other."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from db.sessions import Sessions
from db.workspaces import first_program, record_audit, schedule_of
from domain.errors import BadSchedule
from domain.programs import Schedule
from matcher.people import LARGEST_GROUP, SMALLEST_GROUP
from use_cases.find_next_round import find_next_round
from use_cases.start_due_rounds import record_missed

EARLIEST, LATEST = time(6), time(22)


def change_schedule(
    sessions: Sessions,
    *,
    workspace_id: int,
    now: datetime,
    actor: str,
    weekday: int | None = None,
    local_time: time | None = None,
    timezone: str | None = None,
    cadence_weeks: int | None = None,
    group_size: int | None = None,
) -> tuple[Schedule, datetime]:
    """Change what is given and keep the rest; the schedule, and its next round in its own zone.

    A period that has had its round gets no second one: moved from Monday to Wednesday, a program
    still runs once in that week. The group size counts from the next round on, and moves none.
    """
    problem = _problem(weekday, local_time, timezone, cadence_weeks, group_size)
    if problem:
        raise BadSchedule(problem=problem)
    with sessions.write() as session:
        program = first_program(session, workspace_id)
        given = (weekday, local_time, timezone, cadence_weeks)
        if any(value is not None for value in given):
            if record_missed(session, program, now) is not None:  # while the old schedule still tells
                raise BadSchedule(problem="a round is due right now. Try again when it has gone out.")
            program.schedule_changed_at = now
            record_audit(session, workspace_id, actor=actor, action="changed the schedule", now=now)
        if group_size is not None and group_size != program.group_size:
            program.group_size = group_size
            record_audit(
                session,
                workspace_id,
                actor=actor,
                action="changed the group size",
                now=now,
                group_size=group_size,
            )
        if weekday is not None:
            program.weekday = weekday
        if local_time is not None:
            program.local_time = local_time.replace(second=0, microsecond=0)
        if timezone is not None:
            program.timezone = timezone
        if cadence_weeks is not None and cadence_weeks != program.cadence_weeks:
            program.cadence_weeks = cadence_weeks
            program.reports_from = program.reports_from or program.anchor_on
            today = now.astimezone(ZoneInfo(program.timezone)).date()
            program.anchor_on = today - timedelta(days=today.weekday())
        session.flush()
        next_at = find_next_round(session, program, now)
        return schedule_of(program), next_at.astimezone(ZoneInfo(program.timezone))


def _problem(
    weekday: int | None,
    local_time: time | None,
    timezone: str | None,
    cadence_weeks: int | None,
    group_size: int | None,
) -> str | None:
    if weekday is not None and not 0 <= weekday <= 6:
        return "the weekday must be one of monday to sunday."
    if local_time is not None and not EARLIEST <= local_time <= LATEST:
        return "introductions go out between 06:00 and 22:00, when people are awake."
    if timezone is not None and timezone not in available_timezones():
        return f"{timezone!r} is no time zone; write it like Europe/Berlin."
    if cadence_weeks is not None and not 1 <= cadence_weeks <= 12:
        return "a round takes place every 1 to 12 weeks."
    if group_size is not None and not SMALLEST_GROUP <= group_size <= LARGEST_GROUP:
        return "an introduction is of 2 to 8 people, since a group DM takes no more."
    return None
