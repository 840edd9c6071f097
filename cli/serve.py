"""`serve`: the app, in one process with Gunicorn embedded."""

import logging
from typing import Any

import structlog
import typer
from flask import Flask
from gunicorn.app.base import BaseApplication

from cli.parts import Installation, Parts
from scheduler.clockwork import schedule


def serve(context: typer.Context) -> None:
    """Answer Slack, and run the rounds, until stopped."""
    parts: Parts = context.obj
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))
    host, port = parts.address()
    # Bad settings, a token that Slack refuses or an old schema stop the program here, with a sentence.
    parts.granted_scopes()
    parts.installation().close()
    _Server(parts, f"{host}:{port}").run()


class _Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with one worker: engine and scheduler live in it, since before the fork they would
    live in the process that only watches."""

    def __init__(self, parts: Parts, address: str) -> None:
        self._parts, self._address = parts, address
        self._installed: Installation | None = None
        self._scheduler: Any = None
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": self._address,
            "worker_class": "gthread",
            "workers": 1,
            "threads": 16,
            "control_socket_disable": True,
            "post_worker_init": self._start,
            "worker_exit": self._stop,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        self._installed = self._parts.installation()
        return self._installed.web

    def _start(self, _worker: Any) -> None:
        assert self._installed is not None  # Gunicorn loads the app first
        self._scheduler = schedule(self._installed.clockwork, tick=self._installed.tick)
        self._scheduler.start()
        self._installed.connect()
        print(self._ready(self._installed), flush=True)

    def _ready(self, installed: Installation) -> str:
        if installed.socket is None:
            return f"Lunchmates waits for Slack's requests at http://{self._address}/slack/events."
        return "Lunchmates is connected to Slack: type `/lunch join` there. Ctrl-C here stops it."

    def _stop(self, _server: Any, _worker: Any) -> None:
        if self._installed is not None and self._scheduler is not None:
            self._installed.clockwork.stop()
            self._scheduler.shutdown()
            self._installed.close()
