"""What is wrong with the input of a match, each as a sentence that says what to do."""


class MatcherError(ValueError):
    """The input of the match cannot be used; the message says what to change."""


class PersonError(MatcherError):
    """A person cannot be used as given; give each person one id, of one type, and hours from 0 to 23."""


class PairError(MatcherError):
    """A pair must name two different people; correct or remove it."""


class WireError(MatcherError):
    """The JSON does not describe a match; send an object with people, history, rules and seed."""


class BurdenError(MatcherError):
    """A burden cannot be used as given; name its kind and count its rounds from 1."""


class GroupSizeError(MatcherError):
    """The people in an introduction must be a whole number from 2 to 8; choose one of these."""
