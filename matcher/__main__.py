"""`python -m matcher`: one match as a process of its own, JSON on stdin, JSON on stdout."""

import sys

from matcher.errors import MatcherError
from matcher.match import match
from matcher.wire import input_from_json, matching_to_json


def main() -> int:
    """Match what stdin says. Returns 0, or 2 with a sentence on stderr if it cannot be used."""
    try:
        given = input_from_json(sys.stdin.buffer.read().decode())
        matching = match(given.people, given.history, given.rules, seed=given.seed, burdens=given.burdens)
    except UnicodeDecodeError:
        print("The input is not UTF-8; save it as UTF-8 and send it again.", file=sys.stderr)
        return 2
    except MatcherError as error:
        print(error, file=sys.stderr)
        return 2
    print(matching_to_json(matching))
    return 0


if __name__ == "__main__":
    sys.exit(main())
