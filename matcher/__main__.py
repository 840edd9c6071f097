"""`python -m matcher`: one match as a process of its own, JSON on stdin, JSON on stdout."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from math import inf, isfinite
from time import monotonic

from matcher.errors import MatcherError
from matcher.match import match
from matcher.wire import input_from_json, matching_to_json


def main() -> int:
    """Match what stdin says. Returns 0, or 2 with a sentence on stderr if it cannot be used.

    The same input and options give the same output on every machine, unless the time limit is hit: reading
    the input counts towards it, and `unproven` says which priorities it left without a proof.
    """
    began = monotonic()
    options = _options()
    ends_at = inf if options.time_limit is None else began + options.time_limit
    try:
        given = input_from_json(sys.stdin.buffer.read().decode())
        matching = match(
            given.people,
            given.history,
            given.rules,
            seed=given.seed,
            burdens=given.burdens,
            certify=options.certify,
            expired=lambda: monotonic() >= ends_at,
        )
    except UnicodeDecodeError:
        print("The input is not UTF-8; save it as UTF-8 and send it again.", file=sys.stderr)
        return 2
    except MatcherError as error:
        print(error, file=sys.stderr)
        return 2
    print(matching_to_json(matching))
    return 0


def _options() -> Namespace:
    parser = ArgumentParser("python -m matcher", description="One match: JSON on stdin, JSON on stdout.")
    parser.add_argument("--certify", action="store_true", help="search until nothing helps any more")
    parser.add_argument(
        "--time-limit",
        type=_seconds,
        metavar="SECONDS",
        help="then the best so far is the result, and its bounds say what is not proven",
    )
    return parser.parse_args()


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if seconds > 0 and isfinite(seconds):
        return seconds
    raise ArgumentTypeError(f"{text!r} is no time limit; give a positive number of seconds.")


if __name__ == "__main__":
    sys.exit(main())
