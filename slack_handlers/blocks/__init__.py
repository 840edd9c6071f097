"""PURE: results in, Block Kit out. One file for each message; the words of the app stand here."""

from slack_handlers.blocks.message import Message

__all__ = ["Message"]
