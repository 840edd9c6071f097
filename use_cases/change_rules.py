"""An admin changes what a program's rounds keep to, and what they value in a lunch."""

from collections.abc import Collection
from datetime import datetime

from db.sessions import Sessions
from db.workspaces import first_program, record_audit
from domain.programs import ProgramRules
from matcher import Common, Difference
from use_cases.prepare_match import listed


def change_rules(
    sessions: Sessions,
    *,
    workspace_id: int,
    now: datetime,
    actor: str,
    differences: Collection[Difference] | None = None,
    common: Collection[Common] | None = None,
    cross_department_first: bool | None = None,
    in_person_only: bool | None = None,
) -> ProgramRules:
    """Change what is given and keep the rest; it counts from the next round on."""
    given = {
        "differences": None if differences is None else ",".join(sorted(differences)),
        "common": None if common is None else ",".join(sorted(common)),
        "cross_department_first": cross_department_first,
        "in_person_only": in_person_only,
    }
    with sessions.write() as session:
        program = first_program(session, workspace_id)
        changed = {
            name: value
            for name, value in given.items()
            if value is not None and value != getattr(program, name)
        }
        for name, value in changed.items():
            setattr(program, name, value)
        if changed:
            record_audit(session, workspace_id, actor=actor, action="changed the rules", now=now, **changed)
        return ProgramRules(
            differences=tuple(sorted(listed(program.differences))),
            common=tuple(sorted(listed(program.common))),
            cross_department_first=program.cross_department_first,
            in_person_only=program.in_person_only,
        )
