"""What is wrong with the input of a report, each as a sentence that says what to do and names no person."""


class InsightsError(ValueError):
    """The report cannot be made from this input; the message says what to change and names no person."""


class RecordsError(InsightsError):
    """The records of a period contradict each other; correct the query that reads them."""


class FloorError(InsightsError):
    """The floor is 5 or more, and once raised it stays; give a number that is not lower."""


class SecretError(InsightsError):
    """The secret of the rounding is too short to be one; give at least 16 random bytes."""


class TableError(InsightsError):
    """This is not a table as `release` makes it; read it again from where it is stored."""
