"""Where a sign-in may lead to: the report pages, and nowhere else."""

import re

_OWN = re.compile(r"/(hr|report)(/[A-Za-z0-9_.-]+)*/?(\?[A-Za-z0-9_.~%&=+-]*)?")


def own_path(path: str | None) -> str | None:
    """The path of a page behind the door; None for everything that could lead elsewhere."""
    if path is None or len(path) > 200 or not _OWN.fullmatch(path):
        return None
    return None if "/." in path else path
