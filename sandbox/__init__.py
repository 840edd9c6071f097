"""A local Slack workspace for the demo, the tests and the benchmarks."""

from sandbox.errors import SandboxError
from sandbox.events import EventResult
from sandbox.faults import Fault
from sandbox.installation import DEFAULT_SCOPES
from sandbox.sandbox import Sandbox
from sandbox.user_actions import CommandResult
from sandbox.view_actions import ViewResult

__all__ = ["DEFAULT_SCOPES", "CommandResult", "EventResult", "Fault", "Sandbox", "SandboxError", "ViewResult"]
