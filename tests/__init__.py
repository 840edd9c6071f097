"""Tests mirror the tree; `end_to_end` runs the whole app against the sandbox over HTTP."""
