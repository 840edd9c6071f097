"""The two ways in which the sandbox says no: to its driver, and to the app over the Web API."""

from collections.abc import Mapping
from typing import Any


class SandboxError(Exception):
    """The driver asked for something that nobody could do in Slack."""


class ApiError(Exception):
    """A Web API call is answered with ok: false and this code."""

    def __init__(
        self, code: str, *, messages: list[str] | None = None, fields: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages or []
        self.fields = dict(fields or {})

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error": self.code, **self.fields}
        if self.messages:
            body["response_metadata"] = {"messages": self.messages}
        return body
