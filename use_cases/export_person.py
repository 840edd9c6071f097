"""Everything that is stored about one person, for that person: never what others said or wished."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from db.lunches import lunches_of
from db.own_data import (
    audited,
    counted_in,
    deliveries_to,
    exclusions_owned,
    imported_meetings_of,
    introductions_with,
    members_by_introduction,
    memberships,
    own_acceptances,
    own_answers,
    own_proposals,
    own_withdrawals,
    plain,
    sit_outs_of_person,
    skips_of,
)
from db.tables import Answer, Person, Preference, Withdrawal
from db.workspaces import programs

Json = dict[str, Any]

DIRECTORY = (
    *("slack_user_id", "external_id", "name", "email", "department", "office", "level", "started_on"),
    *("timezone", "interests", "skills", "languages", "locale", "imported_fields", "away_until", "is_active"),
)
PREFERENCES = (
    *("format", "office", "weekdays", "lunch_hours", "languages", "interests", "ask_about"),
    *("every_rounds", "heads_up"),
)


def export_person(session: Session, person: Person, *, now: datetime) -> bytes:
    """A JSON file in UTF-8, each part with a line that says what it is."""
    preference = session.get(Preference, person.id)
    parts: dict[str, tuple[str, Any]] = {
        "directory": (
            "What the company's directory says about you: Slack, or a file of the company, which wins in the "
            "imported_fields. away_until is the day on which you are back, where your status in Slack says "
            "that you are away.",
            {**plain(person, *DIRECTORY), "manager": _manager(session, person)},
        ),
        "preferences": (
            "What you have said about your lunches; null where you have said nothing. Weekday 0 is Monday.",
            None if preference is None else plain(preference, *PREFERENCES),
        ),
        "left_out": (
            "Whom you would rather not be introduced to. Nobody else ever sees this.",
            [
                {**_who(other), **plain(exclusion, "created_at")}
                for exclusion, other in exclusions_owned(session, person.id)
            ],
        ),
        "participation": (
            "Since when you are in, or were in before, your pause, rounds that you skip, and since when you "
            "rest because three introductions stayed without a word from either side.",
            _participation(session, person),
        ),
        "introductions": (
            "Whom you were introduced to, why, and your department, office and level then; times that you "
            "suggested or said yes to; what you, and nobody else, answered to “Did you meet?”, with a thumb "
            "where you gave one (1 is up, -1 is down); and whether you gave the lunch up.",
            _introductions(session, person),
        ),
        "lunches": (
            "The lunches that you said you had. What others answered is theirs and is not in here; of one "
            "that is more than 100 days ago it is known only that you met.",
            _lunches(session, person, now),
        ),
        "known_before": (
            "Whom you have known since before, as a file of the company says.",
            [
                {**_who(other), **plain(meeting, "met_on")}
                for meeting, other in imported_meetings_of(session, person.id)
            ],
        ),
        "rounds_without_introduction": (
            "Rounds in which there was nobody for you, with the reason that you were told.",
            [
                {"round": round_.slot_at.isoformat(), "reason": sit_out.reason}
                for sit_out, round_ in sit_outs_of_person(session, person.id)
            ],
        ),
        "messages": (
            "The messages that you alone got or are about to get, without their text, which is in Slack.",
            [
                plain(delivery, "kind", "state", "due_at", "sent_at", "channel_id", "message_ts")
                for delivery in deliveries_to(session, person.id)
            ],
        ),
        "counted_for_reports": (
            "Periods of HR's reports of half a year that count you. The reports name nobody.",
            [
                {
                    **plain(period, "period_on", "weeks"),
                    **plain(census, "department", "office", "level", "started_on"),
                }
                for census, period in counted_in(session, person.id)
            ],
        ),
        "audit": (
            "When you looked at HR's numbers, and where, if you are HR.",
            [plain(event, "action", "details", "happened_at") for event in audited(session, person)],
        ),
    }
    whole: Json = {
        "what_this_is": "Everything that Lunchmates has stored about you. What others said, answered or "
        "would rather not is theirs, and is not in here.",
        "made_at": now.isoformat(),
    }
    for name, (what_this_is, data) in parts.items():
        whole[name] = {"what_this_is": what_this_is, "data": data}
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def _who(person: Person) -> Json:
    """Somebody else, as one sees them in Slack; whoever asked to be forgotten has neither."""
    return plain(person, "name", "slack_user_id")


def _manager(session: Session, person: Person) -> Json | None:
    return None if person.manager_id is None else _who(session.get_one(Person, person.manager_id))


def _participation(session: Session, person: Person) -> Sequence[Json]:
    return [
        {
            "program": program.name,
            **plain(participant, "state", "paused_until", "resting_at", "joined_at", "changed_at"),
            "skipped": [one.period_on.isoformat() for one in skips_of(session, participant.id)],
            "earlier": [plain(one, "since_at", "until_at") for one in earlier],
        }
        for participant, program, earlier in memberships(session, person.id)
    ]


def _introductions(session: Session, person: Person) -> Sequence[Json]:
    others = members_by_introduction(session, person.id)
    answers, given_up = own_answers(session, person.id), own_withdrawals(session, person.id)
    proposals, acceptances = own_proposals(session, person.id), own_acceptances(session, person.id)
    return [
        {
            "round": round_.slot_at.isoformat(),
            "others": [_who(other) for other in others.get(introduction.id, ())],
            **plain(member, "department", "office", "level"),
            **plain(introduction, "why", "offers", "active"),
            "you_were_asked_to_suggest_a_time": introduction.proposer_id == person.id,
            "message": plain(delivery, "state", "sent_at", "channel_id", "message_ts"),
            "you_suggested": [
                plain(one, "kind", "starts_at", "state", "created_at")
                for one in proposals
                if one.introduction_id == introduction.id
            ],
            "you_said_yes_to": [
                {**plain(proposal, "kind", "starts_at"), **plain(one, "accepted_at")}
                for one, proposal in acceptances
                if one.introduction_id == introduction.id
            ],
            "you_answered": _answer(answers.get(introduction.id), others.get(introduction.id, ())),
            "you_gave_it_up": _withdrawal(given_up.get(introduction.id)),
        }
        for member, introduction, round_, delivery in introductions_with(session, person.id)
    ]


def _answer(answer: Answer | None, others: Sequence[Person]) -> Json | None:
    if answer is None:
        return None
    met = [_who(other) for other in others if other.id in answer.met_ids]
    return {**plain(answer, "answer", "thumb", "answered_at"), "met": met}


def _withdrawal(withdrawal: Withdrawal | None) -> Json | None:
    return None if withdrawal is None else plain(withdrawal, "wants_another", "takes_effect_at")


def _lunches(session: Session, person: Person, now: datetime) -> Sequence[Json]:
    return [
        {
            "on": lunch.on.isoformat(),
            "is_agreed_date": lunch.is_agreed,
            "with": [slack_user_id or None for slack_user_id in lunch.people],
        }
        for program in programs(session, person.workspace_id)
        for lunch in lunches_of(session, program, person.id, now)
    ]
