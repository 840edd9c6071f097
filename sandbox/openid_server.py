"""Sign in with Slack over HTTP: the page where somebody says who they are, and the keys."""

import json
from dataclasses import asdict, fields
from html import escape
from urllib.parse import urlencode

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from sandbox.errors import SandboxError
from sandbox.members import SLACKBOT_ID
from sandbox.openid import Ask, OpenId
from sandbox.page_server import HEADERS
from sandbox.workspace import Workspace

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="/page/icon.svg">
<link rel="stylesheet" href="/page/openid.css">
<main>
<h1>{title}</h1>
{body}
</main>
</html>
"""


class OpenIdServer:
    def __init__(self, workspace: Workspace, openid: OpenId) -> None:
        self._workspace, self._openid = workspace, openid

    def answer(self, rest: str, request: Request) -> Response:
        """What is under /openid/, but for the keys, which a fault may keep back."""
        if rest != "connect/authorize":
            raise NotFound
        if request.method not in ("GET", "HEAD"):
            raise MethodNotAllowed
        ask = Ask(**{name.name: request.args.get(name.name, "") for name in fields(Ask)})
        if problem := self._openid.refusal(ask):
            return _page(f"Slack refuses this: {problem}", "<p>The app asked for something wrong.</p>", 400)
        chosen = request.args.get("be") or self._openid.user_id
        if "decline" in request.args:
            return redirect(self._openid.declined(ask))
        if chosen:
            try:
                return redirect(self._openid.agreed(ask, chosen))
            except SandboxError as error:
                return _page("Nobody can sign in like that", f"<p>{escape(str(error))}</p>", 400)
        return _page("Who are you?", self._choices(ask))

    def keys(self) -> str:
        return json.dumps(self._openid.public_keys())

    def well_known(self, rest: str, request: Request) -> Response:
        if rest != "openid-configuration":
            raise NotFound
        return Response(json.dumps(self._openid.configuration()), content_type="application/json")

    def _choices(self, ask: Ask) -> str:
        asked = urlencode(asdict(ask))
        with self._workspace.lock:
            people = sorted(
                (member.name, member.id)
                for member in self._workspace.members.values()
                if not (member.is_bot or member.deleted or member.is_guest or member.id == SLACKBOT_ID)
            )
        items = "".join(
            f'<li><a href="?{escape(asked)}&amp;be={escape(id)}">{escape(name)}</a></li>'
            for name, id in people
        )
        return (
            "<p>Sign in with Slack, as one of these people. The app learns who you are, and nothing else.</p>"
            f'<p><a href="?{escape(asked)}&amp;decline">Don’t sign in</a></p><ul>{items}</ul>'
        )


def _page(title: str, body: str, status: int = 200) -> Response:
    page = PAGE.format(title=escape(title), body=body)
    return Response(page, status, content_type="text/html; charset=utf-8", headers=HEADERS)
