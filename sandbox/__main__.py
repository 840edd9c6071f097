"""Runs a sandbox alone: `python -m sandbox --signing-secret S --token T [--port N] [--app-url URL]`."""

import argparse
import signal
import sys
import threading

from sandbox import DEFAULT_SCOPES, Sandbox, SandboxError


def main() -> int:
    parser = argparse.ArgumentParser(prog="sandbox", description="A local Slack workspace.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--app-url", help="where the app takes Slack's requests")
    parser.add_argument("--signing-secret", required=True)
    parser.add_argument("--token", required=True, help="the bot token that the app uses")
    parser.add_argument("--app-token", help="the app-level token, for Socket Mode")
    parser.add_argument("--command", action="append", help="a line that the page suggests, such as /lunch")
    parser.add_argument("--scopes", default=",".join(DEFAULT_SCOPES), help="joined by commas")
    parser.add_argument("--speed", type=float, default=1.0, help="how much faster the clock runs")
    given = parser.parse_args()
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    try:
        with Sandbox(
            given.app_url,
            signing_secret=given.signing_secret,
            bot_token=given.token,
            scopes=[scope for scope in given.scopes.split(",") if scope],
            speed=given.speed,
            port=given.port,
            host=given.host,
            app_token=given.app_token,
            commands=given.command or ("/lunch",),
        ) as sandbox:
            print(
                f"Page {sandbox.url}/, Web API {sandbox.api_url}, control API {sandbox.url}/control/",
                flush=True,
            )
            stop.wait()
    except (SandboxError, ValueError) as error:
        print(f"sandbox: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
