"""Exercises on the page: numbers that have to fit into their cells."""

import numpy as np

from lessons.practising import Slip, bands, one_of
from lib.course import ChooseOne, Exercise, Reply, TypeNumber, kind


@kind
def largest_numbers_that_fit(generator: np.random.Generator) -> Exercise:
    """How large the numbers in the cells can be."""
    while True:
        columns = int(generator.integers(8, 31))
        wide = 10 * int(generator.integers(50, 120))
        number = int(generator.integers(26, 37))
        cell = wide / columns
        points = 10 * cell / number
        fits = int(points)
        # Away from the edge, where a pixel more or less would decide.
        if 4 <= fits <= 20 and 0.15 < points - fits < 0.85:
            break
    slips = {
        10: Slip(
            f"At 10 points a number is {number} pixels wide, and a cell {cell:.1f}. The usual size "
            f"does not ask how many columns there are: {fits} points.",
            "defaults_fit",
        ),
    }
    too_low = Slip(
        f"{{said}} fits, and is smaller than need be. A cell is {wide} / {columns} = {cell:.1f} "
        "pixels "
        f"wide, so {fits} points fit as well.",
        "fitting_is_reading",
    )
    too_high = Slip(
        f"At {{said}} points numbers run into each other. A cell is {wide} / {columns} = "
        f"{cell:.1f} pixels wide, and a number {number / 10:.1f} a point: {fits} points.",
        "defaults_fit",
    )
    return TypeNumber(
        question=f"A map of {columns} columns is {wide} pixels wide, without its labels. In "
        f"letters of 10 points its widest number takes {number} pixels, and it grows with the "
        "points. How many whole points can the numbers have at most, so that each stays within its "
        "cell?",
        value=fits,
        tolerance=0,
        low=1,
        high=72,
        unit="points",
        feedback=f"A cell is {wide} / {columns} = {cell:.1f} pixels wide. A number takes "
        f"{number / 10:.1f} pixels a point: {fits} points make {fits * number / 10:.1f}, one more "
        f"{(fits + 1) * number / 10:.1f}.",
        bands=bands(fits, 72, slips, too_low, too_high, low=1),
        holds=fits * number / 10 <= cell < (fits + 1) * number / 10,
    )


@kind(transfer=True)
def what_makes_room(generator: np.random.Generator) -> Exercise:
    """What gives the numbers of a map more room in their cells."""
    columns = 2 * int(generator.integers(6, 16))
    width = int(generator.integers(6, 13))
    change = one_of(
        generator, ("both", "dpi", "tight", "half", "font", "bigger", "double", "narrow")
    )
    cell, number = {
        "both": (2.0, 2.0),
        "dpi": (2.0, 2.0),
        "tight": (1.0, 1.0),
        "half": (2.0, 1.0),
        "font": (1.0, 0.5),
        "bigger": (1.0, 1.5),
        "double": (0.5, 1.0),
        "narrow": (0.5, 1.0),
    }[change]
    text = {
        "both": f"a page of {2 * width} inches instead of {width}, and letters twice as large",
        "dpi": "twice as many dots per inch, for the same page and the same points",
        "tight": '`bbox_inches="tight"`',
        "half": f"{columns // 2} columns instead of {columns}, on the same page",
        "font": "letters of half the size",
        "bigger": "letters half again as large, so that they can be read",
        "double": f"{2 * columns} columns instead of {columns}, on the same page",
        "narrow": "a page of half the width, with letters of the same size",
    }[change]
    happens = {
        "both": "A cell is twice as wide, and so is a number",
        "dpi": "Everything has twice as many pixels, cells and numbers alike",
        "tight": "The page becomes as large as what is drawn. Cells and numbers keep their size",
        "half": "Half the columns share the same width, so a cell is about twice as wide",
        "font": "A number takes half the width, and a cell stays as it was",
        "bigger": "A number takes half as much again, and a cell stays as it was",
        "double": "Twice the columns share the same width, so a cell is about half as wide",
        "narrow": "A cell is half as wide, and a number stays as it was",
    }[change]
    more, less = cell / number > 1, cell / number < 1
    same = not more and not less
    now = f"The number was 1.5 cells wide, and is now {1.5 * number / cell:.2f}"
    so = f"But {happens[0].lower()}{happens[1:]}. {now}"
    more_room = {
        "both": "A larger page looks like more room.",
        "dpi": "More dots make a sharper picture.",
        "tight": "The margin looks like room that is gained.",
        "bigger": "Larger letters are easier to read.",
        "double": "More columns make a fuller picture.",
        "narrow": "A page that is half as wide may seem to fit better.",
    }
    less_room = {
        "both": "Larger letters take more room.",
        "dpi": "A number takes more dots than before.",
        "tight": "A map without its margin may seem squeezed.",
        "half": "With fewer columns the map may seem to shrink.",
        "font": "Small letters are harder to read.",
    }
    wrong = "tight_fixes_everything" if change == "tight" else "defaults_fit"
    return ChooseOne(
        question=f"The numbers on a map of {columns} columns are half again as wide as their "
        f"cells. You try {text}. Do they fit now?",
        choices=[
            Reply(
                text="yes, each stays within its cell",
                feedback=f"{happens}. {now}." if more else f"{more_room[change]} {so}.",
                right=more,
                misconception=None if more else wrong,
                holds=(1.5 * number / cell < 1) == more,
            ),
            Reply(
                text="no, they overlap as before",
                feedback=f"{happens}. {now}."
                if same
                else f"Much that is tried changes nothing, but this does. {happens}. {now}.",
                right=same,
                misconception=None if same else "defaults_fit",
                holds=(number == cell) == same,
            ),
            Reply(
                text="no, they overlap more than before",
                feedback=f"{happens}. {now}, more than before."
                if less
                else f"{less_room[change]} {so}, not more.",
                right=less,
                misconception=None if less else "defaults_fit",
                holds=(number > cell) == less,
            ),
        ],
    )
