"""A price for each person, from which the least cost of any set of pairs can be read."""

from collections.abc import Sequence

Costs = Sequence[Sequence[int | None]]


def prices(costs: Costs, seats: Sequence[int]) -> list[int]:
    """Twice the optimal prices of the fractional matching problem.

    For prices y, ``y[i] + y[j] <= costs[i][j]`` and ``y[i] <= seats[i]``. So for every set of people the
    pairs and seats that place them cost at least the sum of their prices. The best such prices come from
    one symmetric assignment problem, whose half-integral solutions are those of the matching problem
    without its odd-set constraints; twice a price is therefore an exact integer.

    Parameters
    ----------
    costs : sequence of sequence of (int or None), shape (n, n)
        Symmetric; None where a pair is not allowed. The diagonal is not read.
    seats : sequence of int, shape (n,)
        Cost of leaving each person over.

    Returns
    -------
    list of int, shape (n,)
        ``2 * y``; empty for nobody.

    References
    ----------
    .. [1] Jonker, Volgenant: A shortest augmenting path algorithm for dense and sparse linear assignment
       problems. Computing 38 (1987) 325-340. doi:10.1007/BF02278710

    Examples
    --------
    >>> sum(prices([[None, 3], [3, None]], seats=[100, 100]))
    6
    """
    # Two seats cost less than a forbidden pair, which is why no solution uses one.
    forbidden = 4 * max(seats, default=0) + 1
    square = [
        [2 * seats[i] if i == j else forbidden if cost is None else cost for j, cost in enumerate(row)]
        for i, row in enumerate(costs)
    ]
    rows, columns = _assignment_prices(square)
    return [row + column for row, column in zip(rows, columns, strict=True)]


def _assignment_prices(square: list[list[int]]) -> tuple[list[int], list[int]]:
    """Optimal duals of the assignment problem: greedy on tight entries, then shortest augmenting paths."""
    size = len(square)
    column_price = [min(column) for column in zip(*square, strict=True)]
    row_price = [min(entry - price for entry, price in zip(row, column_price, strict=True)) for row in square]
    row_at: list[int | None] = [None] * size
    waiting = []
    for i, row in enumerate(square):
        for j in range(size):
            if row_at[j] is None and row[j] - column_price[j] == row_price[i]:
                row_at[j] = i
                break
        else:
            waiting.append(i)
    for i in waiting:
        _augment(i, square, row_price, column_price, row_at)
    return row_price, column_price


def _augment(
    start: int,
    square: list[list[int]],
    row_price: list[int],
    column_price: list[int],
    row_at: list[int | None],
) -> None:
    """Assign one more row along a shortest path, and move the prices so that the path becomes tight."""
    size = len(square)
    distance = [
        entry - row_price[start] - price for entry, price in zip(square[start], column_price, strict=True)
    ]
    before = [start] * size
    open_columns = list(range(size))
    closed: list[int] = []
    while True:
        near = min(open_columns, key=distance.__getitem__)
        here, row_here = distance[near], row_at[near]
        if row_here is None:
            break
        open_columns.remove(near)
        closed.append(near)
        row, offset = square[row_here], here - row_price[row_here]
        for j in open_columns:
            through = offset + row[j] - column_price[j]
            if through < distance[j]:
                distance[j] = through
                before[j] = row_here
    row_price[start] += here
    for j in closed:
        column_price[j] -= here - distance[j]
        matched = row_at[j]
        assert matched is not None
        row_price[matched] += here - distance[j]
    column: int | None = near
    while column is not None:
        moved = before[column]
        left = next((j for j in closed if row_at[j] == moved), None)
        row_at[column] = moved
        column = left
