"""The sandbox's HTTP server: Web API, response URLs, control API, and the faults that come between."""

import json
import os
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from sandbox.clock import Clock
from sandbox.errors import ApiError, SandboxError
from sandbox.faults import Fault, Faults
from sandbox.openid_server import OpenIdServer
from sandbox.page_server import PageServer
from sandbox.responses import Responses
from sandbox.socket_mode import Sockets
from sandbox.traffic import Traffic
from sandbox.web_api import Reply, WebApi, rate_limited

Work = Callable[[], Reply]
BODY_BYTES = 10_000_000
# As much of an answer as the log keeps for the page.
ANSWER_KEPT = 4_000


class SlackServer:
    def __init__(
        self,
        *,
        web_api: WebApi,
        responses: Responses,
        control: Callable[[Request], Response],
        sockets: Sockets,
        page: PageServer,
        openid: OpenIdServer,
        faults: Faults,
        traffic: Traffic,
        clock: Clock,
    ) -> None:
        self._web_api = web_api
        self._responses = responses
        self._sockets = sockets
        self._openid = openid
        self._faults = faults
        self._traffic = traffic
        self._clock = clock
        self._areas: dict[str, Callable[[str, Request], Response]] = {
            "": lambda _, request: page.file("", request),
            "page": page.file,
            "live": page.live,
            "control": lambda _, request: control(request),
            "socket": self._socket,
            "api": self._api,
            "response": self._response,
            "upload": self._upload,
            "file": page.shared_file,
            "openid": self._sign_in,
            ".well-known": openid.well_known,
        }
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None

    def start(self, host: str, port: int) -> int:
        """The port that the server listens on."""
        try:
            server = make_server(host, port, self, threaded=True, request_handler=_QuietHandler)
        except SystemExit as error:
            # Werkzeug ends the whole process where a port is taken.
            raise SandboxError(f"cannot listen on {host}:{port}") from error
        run = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._server, self._thread = server, run
        run.start()
        return server.port

    def stop(self) -> None:
        if self._server and self._thread:
            self._server.shutdown()
            self._thread.join()
            self._server = self._thread = None

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        request.max_content_length = request.max_form_memory_size = BODY_BYTES
        return self._respond(request)(environ, start_response)

    def _respond(self, request: Request) -> Response:
        area, _, rest = request.path.lstrip("/").partition("/")
        answer = self._areas.get(area)
        try:
            if answer is None:
                return Response("The sandbox has its page at /, its APIs at /api/ and /control/\n", 404)
            if area in ("control", "live") and not _is_own(request):
                return Response("Another site's page may not drive the sandbox.", 403)
            return answer(rest, request)
        except HTTPException as error:
            return Response(str(error), error.code or 400, content_type="text/plain")

    def _api(self, rest: str, request: Request) -> Response:
        if request.method not in ("GET", "POST"):
            raise MethodNotAllowed
        return self._sent(self._api_call(rest.strip("/"), request), request)

    def _response(self, rest: str, request: Request) -> Response:
        if request.method != "POST":
            raise MethodNotAllowed
        return self._sent(self._response_url(rest, request), request)

    def _upload(self, ticket: str, request: Request) -> Response:
        if request.method != "POST":
            raise MethodNotAllowed
        content = request.get_data()
        entry = self._traffic.begin(
            self._clock.now(), method="upload", args={"bytes": len(content)}, error=None
        )

        def work() -> Reply:
            if self._web_api.take_upload(ticket, content):
                return Reply(200, f"OK - {len(content)}", content_type="text/plain")
            return Reply(400, "This upload URL is not for such a file.", content_type="text/plain")

        return self._sent(self._faulty("upload", entry, work), request)

    def _sign_in(self, rest: str, request: Request) -> Response:
        if rest != "connect/keys":
            return self._openid.answer(rest, request)
        entry = self._traffic.begin(self._clock.now(), method="openid.connect.keys", args={}, error=None)
        reply = self._faulty("openid.connect.keys", entry, lambda: Reply(200, self._openid.keys()))
        return self._sent(reply, request)

    def _socket(self, _: str, request: Request) -> Response:
        if request.headers.get("Upgrade", "").lower() != "websocket":
            return Response("This address is for WebSockets.", 426)
        if not self._sockets.take_ticket(request.args.get("ticket", "")):
            return Response("This ticket is unknown or was used.", 408)
        self._sockets.serve(request.environ)
        # The socket is closed: Werkzeug must not write an answer to it.
        raise ConnectionAbortedError

    def _api_call(self, method: str, request: Request) -> Reply:
        entry, work = self._web_api.begin(method, request)
        return self._faulty(method, entry, work)

    def _response_url(self, token: str, request: Request) -> Reply:
        body = request.get_data()
        sent = {"body": body.decode(errors="replace")}
        entry = self._traffic.begin(self._clock.now(), method="response_url", args=sent, error=None)
        return self._faulty("response_url", entry, lambda: self._responses.through_url(token, body))

    def _faulty(self, method: str, entry: dict[str, Any], work: Work) -> Reply:
        fault = self._faults.take(method)
        reply = with_fault(fault, work)
        status = None if reply.cut else reply.status
        kind = fault.kind if fault else None
        answer = None if reply.cut else reply.body[:ANSWER_KEPT]
        self._traffic.end(entry, status=status, error=reply.error or reply.cut, fault=kind, answer=answer)
        return reply

    def _sent(self, reply: Reply, request: Request) -> Response:
        if reply.cut:
            _hang_up(request.environ["werkzeug.socket"], reset=reply.cut == "reset")
        return Response(reply.body, reply.status, reply.headers, content_type=reply.content_type)


def _is_own(request: Request) -> bool:
    """Browsers say which page a request comes from; other clients say nothing."""
    return request.headers.get("Origin") in (None, f"http://{request.host}")


def with_fault(fault: Fault | None, work: Work) -> Reply:
    """The work's reply, or what the fault makes of it."""
    if fault is None:
        return work()
    if fault.kind == "slow":
        time.sleep(fault.seconds)
        return work()
    if fault.kind == "slow_after":
        reply = work()
        time.sleep(fault.seconds)
        return reply
    if fault.kind.endswith("_after"):
        work()
    return _instead(fault)


def _instead(fault: Fault) -> Reply:
    name = fault.kind.removesuffix("_after")
    if name in ("drop", "reset"):
        return Reply(0, "", cut=name)
    if name == "ratelimited":
        return rate_limited(fault.retry_after)
    if name == "http_500":
        return Reply(500, "Internal Server Error", content_type="text/plain", error="http_500")
    return Reply(200, json.dumps(ApiError(fault.error).body()), error=fault.error)


def _hang_up(connection: socket.socket, *, reset: bool) -> None:
    if reset:
        # Lingering for 0 seconds makes close send RST instead of FIN.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    # Werkzeug still holds files on this socket, which would keep an ordinary close() waiting.
    os.close(connection.detach())
    raise ConnectionAbortedError


class _QuietHandler(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Every request is in the traffic log already."""

    def connection_dropped(self, error: BaseException, environ: dict[str, Any] | None = None) -> None:
        # Otherwise the handler reads on from a socket that a fault has closed.
        self.close_connection = True
