"""The sandbox's page: its files, and the live stream of what one employee sees."""

import mimetypes
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.wrappers import Request, Response

from sandbox.page_view import PageView
from sandbox.workspace import Workspace

FILES = Path(__file__).parent / "page"
# The page asks nobody but this machine for anything; an app's pictures may come from the app itself.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
    "img-src 'self' data: http://127.0.0.1:* http://localhost:*; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
# The program's clock and the log tell nobody that they changed, so a stream looks at least so often.
LOOK_SECONDS = 1.0
HEARTBEAT_SECONDS = 5.0
# A burst of changes is sent as one.
GATHER_SECONDS = 0.03


class PageServer:
    def __init__(self, workspace: Workspace, view: PageView) -> None:
        self._workspace = workspace
        self._view = view
        self._stopped = threading.Event()

    def start(self) -> None:
        self._stopped.clear()

    def stop(self) -> None:
        """Ends the open streams."""
        self._stopped.set()
        with self._workspace.changed:
            self._workspace.changed.notify_all()

    def file(self, name: str, request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            raise MethodNotAllowed
        path = (FILES / (name or "index.html")).resolve()
        if not path.is_relative_to(FILES) or not path.is_file():
            raise NotFound
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        # Some systems map .js to a type that browsers refuse to run.
        kind = "text/javascript" if path.suffix == ".js" else kind
        return Response(path.read_bytes(), content_type=f"{kind}; charset=utf-8", headers=HEADERS)

    def shared_file(self, name: str, request: Request) -> Response:
        """A file that the app has shared."""
        if request.method not in ("GET", "HEAD"):
            raise MethodNotAllowed
        with self._workspace.lock:
            file = self._workspace.files.get(name.partition("/")[0])
        if file is None or file.content is None or file.shared_in is None:
            raise NotFound
        shown = {**HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}"}
        return Response(file.content, content_type="application/octet-stream", headers=shown)

    def live(self, name: str, request: Request) -> Response:
        if name != "stream":
            raise NotFound
        user_id, place = request.args.get("user", ""), request.args.get("place", "")
        news = self._news(user_id, place, with_traffic=request.args.get("traffic") == "1")
        return Response(news, content_type="text/event-stream; charset=utf-8", headers=HEADERS)

    def _news(self, user_id: str, place: str, *, with_traffic: bool) -> Iterator[str]:
        known: dict[str, str] = {}
        logged: dict[str, str] = {}
        last_sent = time.monotonic()
        while not self._stopped.is_set():
            parts = self._view.parts(user_id, place)
            for name in [name for name in parts if known.get(name) != parts[name]]:
                yield f"event: {name}\ndata: {parts[name]}\n\n"
                last_sent = time.monotonic()
            known = parts
            if with_traffic:
                entries = self._view.traffic()
                if news := [entry for key, entry in entries.items() if logged.get(key) != entry]:
                    yield f"event: traffic\ndata: [{','.join(news)}]\n\n"
                logged = entries
            if time.monotonic() - last_sent > HEARTBEAT_SECONDS:
                yield ": still here\n\n"
                last_sent = time.monotonic()
            with self._workspace.changed:
                self._workspace.changed.wait(LOOK_SECONDS)
            time.sleep(GATHER_SECONDS)
