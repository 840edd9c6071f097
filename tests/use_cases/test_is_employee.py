"""Who counts as somebody who works here."""

from db.sessions import Sessions
from db.tables import Person
from use_cases.is_employee import is_employee


def test_only_active_people_of_this_directory_work_here(sessions: Sessions, workspace_id: int) -> None:
    with sessions.write() as session:
        session.add(Person(workspace_id=workspace_id, slack_user_id="U0ADA", name="Ada"))
        session.add(Person(workspace_id=workspace_id, slack_user_id="U0BEN", name="Ben", is_active=False))
        session.add(Person(workspace_id=workspace_id, external_id="E3", name="Cleo"))
    here = {
        who: is_employee(sessions, who, workspace_id=workspace_id)
        for who in ("U0ADA", "U0BEN", "E3", "U0EVE", "")
    }
    assert here == {"U0ADA": True, "U0BEN": False, "E3": False, "U0EVE": False, "": False}
    assert not is_employee(sessions, "U0ADA", workspace_id=workspace_id + 1)
