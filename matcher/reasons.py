"""Why an introduction was made, and why somebody sits out, as values that others turn into words."""

from enum import StrEnum

from matcher.people import SMALLEST_GROUP
from matcher.rules import AllowedPairs


class Reason(StrEnum):
    """What can be said of an introduction; members are in the order in which they are listed."""

    NEW = "new"
    """No two of its people are in history."""
    REPEAT = "repeat"
    """Some two of its people are in history, since every better choice was worse elsewhere."""
    CROSS_DEPARTMENT = "cross_department"
    """Its people are of at least two departments."""
    SAME_DEPARTMENT = "same_department"
    """Its people are of one department."""
    TRIO = "trio"
    """It brings three people together in a round of pairs, since somebody would have been left over."""
    SHARED_INTEREST = "shared_interest"
    """All of its people name one interest; which one is not said."""


class SitOutCause(StrEnum):
    """Why somebody sits out; formats and the head-count decide it, so it cannot betray an exclusion."""

    ODD_NUMBER = "odd_number"
    """An odd number of people could lunch together, so that one is left over; told as "odd number"."""
    NO_SHARED_FORMAT = "no_shared_format"
    """Nobody shares an office, video or an hour; told as "no shared time or format"."""
    NOBODY_FREE = "nobody_free"
    """Nobody is left who could be introduced; told as "nobody new this week"."""


class Remedy(StrEnum):
    """What would give somebody who sits out a lunch; like the cause, it is read off formats alone."""

    ONE_MORE = "one_more"
    """One participant more, with whom the head-count is even."""
    VIDEO = "video"
    """To take a lunch over video."""
    IN_PERSON = "in_person"
    """To take a lunch at one table."""
    MORE_HOURS = "more_hours"
    """More hours in which a lunch can start."""
    VIDEO_AND_MORE_HOURS = "video_and_more_hours"
    """Both of these."""
    SOMEBODY_NEAR = "somebody_near"
    """A participant at the own office."""
    SOMEBODY_NEW = "somebody_new"
    """A participant whom the person does not know yet."""


def remedy(allowed: AllowedPairs, person: int, cause: SitOutCause) -> Remedy:
    """What would give a person a lunch who sits out for a cause.

    Examples
    --------
    >>> from matcher.people import Person, Rules
    >>> people = [Person("ana", office="Oslo", takes_virtual=False), Person("bo", office="Rome")]
    >>> remedy(AllowedPairs(people, Rules()), 0, SitOutCause.NO_SHARED_FORMAT).value
    'video'
    """
    if cause is not SitOutCause.NO_SHARED_FORMAT:
        return Remedy.ONE_MORE if cause is SitOutCause.ODD_NUMBER else Remedy.SOMEBODY_NEW
    own = allowed.format_of(person)
    if allowed.has_company(person, own._replace(virtual=True)):
        return Remedy.VIDEO
    if allowed.has_company(person, own._replace(in_person=True)):
        return Remedy.IN_PERSON
    if allowed.has_company(person, own._replace(hours=None)):
        return Remedy.MORE_HOURS
    if allowed.has_company(person, own._replace(virtual=True, hours=None)):
        return Remedy.VIDEO_AND_MORE_HOURS
    return Remedy.SOMEBODY_NEAR


def sit_out_causes(allowed: AllowedPairs, group_size: int = 2) -> list[SitOutCause]:
    """The cause that each person would be told if they sat out.

    Only formats are read: with and without any exclusion or manager the causes are the same.

    Parameters
    ----------
    allowed : AllowedPairs
        The hard rules over n people.
    group_size : int
        People in an introduction; of more than two an odd number leaves nobody over.

    Returns
    -------
    list of SitOutCause, shape (n,)
        A person alone in the round is an odd number of one. Empty for nobody.
    """
    causes = [SitOutCause.NOBODY_FREE] * allowed.size
    for component in allowed.format_components():
        if len(component) == 1 and allowed.size > 1:
            causes[component[0]] = SitOutCause.NO_SHARED_FORMAT
        elif len(component) % 2 and (group_size == SMALLEST_GROUP or allowed.size == 1):
            for i in component:
                causes[i] = SitOutCause.ODD_NUMBER
    return causes
