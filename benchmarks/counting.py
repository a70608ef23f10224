"""Whether a class was counted rightly: what its devices saw, beside what the database keeps."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

from lib.room import Answer

Count = tuple[float, int]
"""When a page said how many have answered, and how many."""


def lost(confirmed: Mapping[str, str], answers: Sequence[Answer], vote: int) -> list[str]:
    """The devices that were told what they said, while something else is kept, or nothing."""
    kept = {answer.device: answer.said for answer in answers if answer.vote == vote}
    return [device for device, said in confirmed.items() if kept.get(device) != said]


def twice(answers: Sequence[Answer], vote: int) -> list[str]:
    """The devices that are counted more than once in a vote."""
    counts = Counter(answer.device for answer in answers if answer.vote == vote)
    return [device for device, count in counts.items() if count > 1]


def behind(answers: Sequence[Answer], vote: int, seen: Sequence[Count]) -> list[float]:
    """For each answer of a vote, the seconds until a page counted it; infinite if it never did.

    >>> at_3 = Answer(round=1, vote=1, device="a", said="x", at=3.0)
    >>> behind([at_3], 1, [(2.0, 0), (4.5, 1)])
    [1.5]
    """
    most, rising = 0, []
    for at, count in seen:
        if count > most:
            rising.append((at, count))
            most = count
    times = sorted(answer.at for answer in answers if answer.vote == vote)
    counts = [count for _, count in rising]
    late = []
    for number, at in enumerate(times, 1):
        place = bisect_left(counts, number)
        late.append(rising[place][0] - at if place < len(rising) else float("inf"))
    return late
