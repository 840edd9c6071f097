"""A match in a process of its own: it can be stopped, and holds nobody up."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile

from matcher.errors import MatcherError, WireError
from matcher.matching import Matching
from matcher.wire import MatchInput, input_pieces, matching_from_json

# Seconds that a process has beyond its time limit, to start, and to end what it does not interrupt.
GRACE = 60.0


class MatchFailed(RuntimeError):
    """The matcher's process ended without a result; the message says why, and what to do."""


def match_in_process(
    given: MatchInput, *, certify: bool = False, time_limit: float | None = None
) -> Matching:
    """Do what `matcher.match` does, in a process that is killed if it overruns its time limit.

    Parameters
    ----------
    given : MatchInput
        What to match.
    certify : bool
        Whether to search until nothing helps any more.
    time_limit : float, optional
        Seconds, more than 0, from the start of the process; then it ends with the best so far. It is killed
        `GRACE` seconds later. None is as long as it takes.

    Returns
    -------
    Matching
        The same that `matcher.match` returns, unless the time limit was hit.

    Raises
    ------
    MatcherError
        If the input cannot be used, with the sentence of the process.
    MatchFailed
        If the process could not be started, was killed, or broke off.

    Examples
    --------
    >>> from matcher import Person, Rules
    >>> given = MatchInput((Person(1), Person(2)), (), Rules(), seed=1)
    >>> match_in_process(given, time_limit=60).introductions[0].members
    (1, 2)
    """
    done = _run(given, certify=certify, time_limit=time_limit)
    says = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    if done.returncode == 2:
        raise MatcherError(says)
    if done.returncode < 0:
        raise MatchFailed(
            f"The matcher was stopped by signal {-done.returncode}; if nobody sent it, the machine ran out "
            "of memory: give it more, and run the match again."
        )
    try:
        if done.returncode == 0:
            return matching_from_json(done.stdout.decode())
    except (UnicodeDecodeError, WireError) as error:
        says = str(error)
    raise MatchFailed(f"The matcher broke off ({says}); this is a defect, please report it.")


def _run(given: MatchInput, *, certify: bool, time_limit: float | None) -> subprocess.CompletedProcess[bytes]:
    limit = [] if time_limit is None else ["--time-limit", str(time_limit)]
    # Nothing of the working directory is imported (-P), so the package's place is named.
    command = [sys.executable, "-P", "-m", "matcher", *limit, *(["--certify"] if certify else [])]
    places = [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH")]
    timeout = None if time_limit is None else time_limit + GRACE
    try:
        # A file, since the text of a long history would be in memory twice before a pipe had taken it.
        with TemporaryFile() as text:
            for piece in input_pieces(given):
                text.write(piece.encode())
            text.seek(0)
            return subprocess.run(  # noqa: S603 (nothing of it comes from outside)
                command,
                stdin=text,
                capture_output=True,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, places))},
                timeout=timeout,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise MatchFailed(
            f"The matcher did not end within {timeout:g} s and was stopped; give it a longer time limit."
        ) from error
    except OSError as error:
        raise MatchFailed(
            f"The matcher could not be started ({error}); mend that, and run it again."
        ) from error
