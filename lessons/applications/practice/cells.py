"""Exercises on events in cells: whose cells they are, and out of how many they happened."""

from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from lessons.practising import Slip, bands, fair, one_of
from lessons.tables import table
from lib.course import Arrange, ChooseOne, Exercise, Reply, TypeNumber, kind


@kind(transfer=True)
def fullest_cell_after_a_shift(generator: np.random.Generator) -> Exercise:
    """What the fullest cell holds when the cells begin elsewhere."""
    things = one_of(generator, ("accidents on a road", "nests along a river", "leaks of a pipe"))
    # None lies on the edge of a cell, wherever the cells begin.
    possible = np.array([place for place in range(1, 55) if place % 5])

    def fullest(places: npt.NDArray[np.int64], begin: int) -> int:
        return int(np.bincount((places - begin + 10) // 10).max())

    def draw() -> npt.NDArray[np.int64]:
        middles = generator.choice([5, 10, 20, 25, 30, 35, 40], 2, replace=False)
        places = np.r_[
            generator.normal(middles[0], 3, 5).round(),
            generator.normal(middles[1], 3, 3).round(),
            generator.choice(possible, 3),
        ].astype(np.int64)
        return np.sort(places)

    def is_fair(places: npt.NDArray[np.int64]) -> bool:
        return bool(
            np.isin(places, possible).all()
            and len(set(places)) == len(places)
            and fullest(places, 0) != fullest(places, 5)
        )

    places = fair(draw, is_fair)
    before, value = fullest(places, 0), fullest(places, 5)
    begins = 5 + 10 * int(np.bincount((places + 5) // 10).argmax() - 1)
    inside = [str(place) for place in places if begins <= place < begins + 10]
    how = (
        f"From {begins} to {begins + 10} lie {', '.join(inside)}: {value}, and no other cell holds "
        "more"
    )
    miss = Slip(f"{how}.", "grid_is_given")
    return TypeNumber(
        question=f"Kilometres of {len(places)} {things}: {', '.join(map(str, places))}. In cells "
        f"from 0 to 10, 10 to 20 and so on, the fullest holds {before}. Now the cells go from 5 to "
        "15, 15 to 25 and so on, with one from −5 to 5 in front. How many does the fullest hold?",
        value=value,
        tolerance=0,
        low=0,
        high=20,
        feedback=f"{how}. Nothing moved but the edges: it was {before} before.",
        bands=bands(
            value,
            20,
            {
                before: Slip(
                    f"So it was before. The edges have moved, and so has what they cut. {how}.",
                    "grid_is_given",
                )
            },
            miss,
            miss,
        ),
        holds=len(inside) == value,
    )


_COSINES = {"37": 0.8, "46": 0.69, "53": 0.6, "60": 0.5, "66": 0.41, "72": 0.31}


@kind
def count_for_the_same_density(generator: np.random.Generator) -> Exercise:
    """What a cell near the pole and one at the equator have to hold."""
    latitude, cosine = one_of(generator, list(_COSINES.items()))
    things = one_of(generator, ("strokes of lightning", "ships", "storks", "fires"))
    count = 10 * int(generator.integers(4, 40))
    north_is_asked = bool(generator.integers(2))
    value = count * cosine if north_is_asked else count / cosine
    turned = count / cosine if north_is_asked else count * cosine
    area = f"Near {latitude} degrees a cell has {cosine:.2f} of the area of one at the equator"
    sum_ = f"{count} × {cosine:.2f}" if north_is_asked else f"{count} / {cosine:.2f}"
    how = f"{area}, and {sum_} is {value:.0f}"
    here, there = (
        ("at the equator", f"near {latitude} degrees north")
        if north_is_asked
        else (f"near {latitude} degrees north", "at the equator")
    )
    miss = Slip(f"{how}.", "degrees_are_areas")
    return TypeNumber(
        question=f"A map counts {things} in cells of one degree by one degree. A cell {here} holds "
        f"{count}. How many must a cell {there} hold, to have as many on a square kilometre? The "
        f"cosine of {latitude} degrees is {cosine:.2f}.",
        value=value,
        tolerance=max(1.0, 0.01 * value),
        low=0,
        high=3000,
        feedback=f"{how}: meridians meet at the pole, so the cell is narrower there.",
        bands=bands(
            value,
            3000,
            {
                count: Slip(
                    f"The cells are equal in degrees, not on the ground. {how}.",
                    "degrees_are_areas",
                ),
                round(turned): Slip(
                    f"That is the wrong way round: the cell with less ground has to hold less. "
                    f"{how}.",
                    "any_normaliser_will_do",
                ),
            },
            miss,
            miss,
        ),
        holds=abs(np.cos(np.radians(int(latitude))) - cosine) < 0.006,
    )


_SCHOOLS = {"P": "primary school", "S": "secondary school", "PS": "higher education"}


@cache
def _groups(name: str) -> tuple[str, "pd.Series[int]", "pd.Series[int]"]:
    """What is asked of whom, and for each group how many did it, out of how many."""
    if name == "berkeley":
        counts = table("ucb_admissions")
        by_group = counts.assign(
            group=counts["gender"].astype(str).str.lower()
            + " (department "
            + counts["dept"].astype(str)
            + ")"
        )
        whole = by_group.groupby("group")["count"].sum()
        did = by_group[by_group["admit"] == "Admitted"].groupby("group")["count"].sum()
        return "Applicants to Berkeley. Of which group was the largest share admitted?", did, whole
    if name == "titanic":
        people = table("titanic")
        group = people["sex"].astype(str) + " (" + people["passengerClass"].astype(str) + " class)"
        yes = people["survived"] == "yes"
        return "Passengers of the Titanic. Of which group did the largest share survive?", *_of(
            yes, group
        )
    if name == "chile":
        people = table("chile").dropna(subset=["vote", "education", "sex"])
        words = people["education"].astype(str).map(_SCHOOLS)
        group = people["sex"].astype(str).map({"F": "women", "M": "men"}) + " (" + words + ")"
        no = people["vote"] == "N"
        asked = "People asked in Chile. Of which group did the largest share mean to vote no?"
        return asked, *_of(no, group)
    students = table("hair_eye")
    blue = students["count"].where(students["eye"] == "Blue", 0)
    group = (
        students["sex"].astype(str) + " (" + students["hair"].astype(str) + " hair)"
    ).str.lower()
    return (
        "Students. Of which group had the largest share blue eyes?",
        blue.groupby(group).sum().astype(int),
        students["count"].groupby(group).sum(),
    )


def _of(
    did: "pd.Series[bool]", group: "pd.Series[str]"
) -> tuple["pd.Series[int]", "pd.Series[int]"]:
    """How many of each group did it, and how many there are."""
    return did.groupby(group).sum().astype(int), did.groupby(group).size()


@kind(transfer=True)
def shares_in_order(generator: np.random.Generator) -> Exercise:
    """Putting groups in order by a share, where the counts say otherwise."""

    def draw() -> tuple[str, pd.DataFrame]:
        asked, did, whole = _groups(one_of(generator, ("berkeley", "titanic", "chile", "students")))
        both = pd.DataFrame({"did": did, "whole": whole})
        return asked, both.iloc[generator.permutation(len(both))[:4]]

    def is_fair(drawn: tuple[str, pd.DataFrame]) -> bool:
        did, whole = drawn[1]["did"], drawn[1]["whole"]
        shares = (did / whole).to_numpy()
        by_count = did.to_numpy()
        return bool(
            np.diff(np.sort(shares)).min() > 0.04
            and did.is_unique
            and by_count.argmax() != shares.argmax()
        )

    asked, groups = fair(draw, is_fair)
    shares = groups["did"] / groups["whole"]
    names = [str(name) for name in groups.index]
    order = np.argsort(-shares.to_numpy())
    by_count = tuple(np.argsort(-groups["did"].to_numpy()))
    told = "; ".join(f"{names[place]} {shares.iloc[place]:.0%}" for place in order)
    most = names[by_count[0]]

    def wrong(given: tuple[int, ...]) -> Reply:
        lead = (
            f"By the counts the first is {most}, out of "
            f"{groups['whole'].iloc[by_count[0]]:,} people."
            if given == by_count
            else "Divide each count by how many there were."
        )
        return Reply(text="", feedback=f"{lead} By share: {told}.", misconception="most_is_best")

    return Arrange(
        question=f"{asked} Put them in order, the largest share first.",
        items=[
            f"{name}: {row['did']} of {row['whole']}"
            for name, (_, row) in zip(names, groups.iterrows(), strict=True)
        ],
        values=[float(share) for share in shares],
        feedback=f"A share, not a crowd: {told}.",
        wrong=wrong,
    )


@kind
def marks_from_noise(generator: np.random.Generator) -> Exercise:
    """How many cells stand out by themselves where all are alike."""
    what, rows, columns = one_of(
        generator,
        (
            ("accidents by day of the week and hour", 7, 24),
            ("births by month and day", 12, 30),
            ("sales by shop and month", 25, 12),
            ("errors by machine and hour", 10, 24),
            ("infections by town and week", 20, 52),
        ),
    )
    level = one_of(generator, (0.01, 0.02, 0.05, 0.1))
    cells = rows * columns
    value = cells * level
    bonferroni = level / cells
    how = f"{cells} cells, each with a chance of {level:.0%} to be marked: {value:g} on average"
    low = Slip(f"Every cell is a test of its own. {how}.", "cells_are_no_tests")
    high = Slip(f"{how}. Each is marked rarely, and there are many.", "cells_are_no_tests")
    return TypeNumber(
        question=f"A map of {what}, {rows} rows and {columns} columns. Each cell is tested by "
        f"itself and marked if p is below {level:.0%}. In truth all cells are alike, and the tests "
        "keep their promise exactly. How many are marked on average?",
        value=value,
        tolerance=0.5,
        low=0,
        high=1500,
        decimals=1,
        unit="cells",
        feedback=f"{how}. To be marked in spite of all {cells}, by Bonferroni, a cell would need a "
        f"p below {bonferroni:.5f}.",
        bands=bands(
            value,
            1500,
            {
                0.0: Slip(
                    f"None would be honest, and only an adjustment comes near it. {how}.",
                    "cells_are_no_tests",
                ),
                100 * level: Slip(
                    f"That is the level in percent: so many of a hundred cells. {how}.",
                    "cells_are_no_tests",
                ),
            },
            low,
            high,
        ),
        holds=bonferroni < level,
    )


@kind
def rate_that_stands_out(generator: np.random.Generator) -> Exercise:
    """Which rate is more than the luck of a few."""
    story, happens, act, visits = one_of(
        generator,
        (
            ("A shop on the web by hours", "end with an order", "orders", "visits"),
            ("A hospital by wards and months", "end in an infection", "infections", "operations"),
            ("A factory by machines and shifts", "are rejected", "rejects", "parts"),
        ),
    )
    usual = one_of(generator, (0.02, 0.04, 0.05))
    cells = one_of(generator, (100, 168, 200))

    stands_out = int(generator.integers(3))

    def draw() -> list[tuple[int, int]]:
        crowds = [
            int(generator.integers(low, high)) for low, high in ((12, 25), (300, 700), (3000, 6000))
        ]
        times = [generator.uniform(0.9, 1.15), generator.uniform(0.97, 1.05)]
        counts = [int(generator.integers(2, 4))]
        counts += [int(one * usual * more) for one, more in zip(crowds[1:], times, strict=True)]
        counts[stands_out] = (
            int(crowds[0] * generator.uniform(0.35, 0.6))
            if stands_out == 0
            else int(
                crowds[stands_out]
                * usual
                * generator.uniform(*((2.2, 3.5), (1.4, 1.8))[stands_out - 1])
            )
        )
        return list(zip(crowds, counts, strict=True))

    def p_of(cell: tuple[int, int]) -> float:
        # The chance of so many or more, if the rate is the usual one.
        return float(special.bdtrc(cell[1] - 1, cell[0], usual))

    def is_fair(drawn: list[tuple[int, int]]) -> bool:
        p = [p_of(each) for each in drawn]
        others = [one for place, one in enumerate(p) if place != stands_out]
        few, some, many = (count / crowd for crowd, count in drawn)
        return (
            few > 1.1 * max(some, many)
            and drawn[2][1] > drawn[1][1]
            and p[stands_out] < 1e-5
            and min(others) > 0.02
        )

    drawn = fair(draw, is_fair)

    def text(cell: tuple[int, int]) -> str:
        return f"{cell[1]:,} {act} of {cell[0]:,} {visits}"

    def odds(cell: tuple[int, int]) -> str:
        return f"{cells * p_of(cell):.0f}"

    def reply(place: int) -> Reply:
        cell = drawn[place]
        due = usual * cell[0]
        rate = f"{cell[1] / cell[0]:.1%}, where about {due:.{0 if due >= 10 else 1}f} {act} were "
        rate += "to be expected"
        if place == stands_out:
            return Reply(
                text=text(cell),
                feedback=f"{rate}. Luck gives so many or more with p = {p_of(cell):.0e}: times "
                f"{cells} cells, that is still small.",
                right=True,
                holds=cells * p_of(cell) < 0.01,
            )
        lead = ("The highest rate, from the fewest: ", "", f"The most {act}, from the most: ")[
            place
        ]
        return Reply(
            text=text(cell),
            feedback=f"{lead}{rate}. Luck alone gives so many or more with p = {p_of(cell):.2f}, "
            f"and among {cells} cells like this one about {odds(cell)} would do so.",
            misconception="most_is_best" if place == 2 else "rates_need_no_crowd",
            holds=cells * p_of(cell) > 1,
        )

    return ChooseOne(
        question=f"{story}: {cells} cells. In all but a few {usual:.0%} of the {visits} {happens}. "
        "Which of these cells is the safest bet to have a higher rate in truth?",
        choices=[reply(place) for place in range(3)],
    )


@kind
def rate_of_a_busy_hour(generator: np.random.Generator) -> Exercise:
    """A rate by head, where many come."""
    day, other = one_of(generator, (("Monday", "Sunday"), ("Friday", "Tuesday")))
    visits = 20 * int(generator.integers(20, 60))
    times = int(generator.integers(3, 7))
    rate = one_of(generator, (0.05, 0.1, 0.15, 0.2))
    orders = round(visits * rate)
    busy_orders = round(orders * one_of(generator, (0.5, 1.5, 2)))
    value = 100 * busy_orders / (visits * times)
    raw = 100 * busy_orders / visits
    how = (
        f"{busy_orders} of {visits * times:,} visits are {value:.1f}%, where {other} has "
        f"{100 * orders / visits:.0f}%"
    )
    miss = Slip(f"Divide the orders by the visits of their own hour. {how}.", "most_is_best")
    return TypeNumber(
        question=f"On {other} at eight {visits:,} people visit a shop on the web, and {orders} "
        f"order. On {day} at eight {times} times as many visit it, and {busy_orders} order. How "
        f"many percent of the visits end with an order on {day} at eight?",
        value=value,
        tolerance=0.15,
        low=0,
        high=100,
        decimals=1,
        unit="%",
        feedback=f"{how}.",
        bands=bands(
            value,
            100,
            {
                round(raw, 1): Slip(
                    f"That divides {busy_orders} by the {visits:,} visits of {other}. {how}.",
                    "any_normaliser_will_do",
                ),
                100 * rate: Slip(
                    f"That is the rate of {other}. The orders did not grow as the visits did. "
                    f"{how}.",
                    "most_is_best",
                ),
            },
            miss,
            miss,
        ),
        holds=busy_orders != orders * times,
    )
