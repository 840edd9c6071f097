"""An admin changes what a program values: it is noted, and it reaches the matcher."""

from datetime import timedelta

import matcher
from db.tables import AuditEvent, Person, Program
from tests.conftest import MONDAY
from tests.use_cases.company import Company
from use_cases.change_rules import change_rules
from use_cases.prepare_match import prepare_match


def test_a_new_program_values_levels_tenure_and_interests(company: Company) -> None:
    kept = change_rules(company.sessions, workspace_id=company.workspace_id, now=MONDAY, actor="an admin")
    assert (kept.differences, kept.common) == (("level", "tenure"), ("interests",))
    assert not kept.cross_department_first
    assert not kept.in_person_only
    assert company.all(AuditEvent) == []


def test_what_is_changed_is_noted_once_and_reaches_the_matcher(company: Company) -> None:
    for _ in range(2):
        changed = change_rules(
            company.sessions,
            workspace_id=company.workspace_id,
            now=MONDAY,
            actor="an admin",
            differences=[matcher.Difference.SKILLS, matcher.Difference.OFFICE],
            common=[],
            cross_department_first=True,
            in_person_only=True,
        )
        assert (changed.differences, changed.common) == (("office", "skills"), ())
    [event] = company.all(AuditEvent)
    assert event.action == "changed the rules"
    assert event.details == {
        "differences": "office,skills",
        "common": "",
        "cross_department_first": True,
        "in_person_only": True,
    }
    with company.sessions.write() as session:
        person = Person(
            workspace_id=company.workspace_id,
            external_id="E1",
            skills="Python, bread",
            languages="Dutch",
            imported_fields=[],
        )
        session.add(person)
        session.flush()
        [program] = session.query(Program).all()
        prepared = prepare_match(session, program, [person], before=MONDAY + timedelta(weeks=1))
    assert prepared.rules.differences == {matcher.Difference.OFFICE, matcher.Difference.SKILLS}
    assert prepared.rules.common == frozenset()
    assert prepared.rules.cross_department_first
    [one] = prepared.people
    assert not one.takes_virtual
    assert (one.skills, one.languages) == ({"Python", "bread"}, {"Dutch"})
