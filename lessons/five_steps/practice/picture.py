"""Exercises on the picture: its mask, its colours, and what is read off it."""

from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from lessons.practising import Slip, bands, cell, measurements, one_of
from lib.charts import (
    Heatmap,
    colour_map,
    ends_distance,
    ends_distance_for_deuteranope,
    is_diverging,
    lightness,
    number_text,
)
from lib.course import Arrange, ChooseOne, ClickCell, Exercise, Reply, TwoTier, TypeNumber, kind


@kind
def which_triangle_a_mask_leaves(generator: np.random.Generator) -> Exercise:
    """What a mask of `np.triu` or `np.tril` leaves to be seen."""
    below = bool(generator.integers(2))
    keeps_diagonal = bool(generator.random() < 0.4)
    side = int(generator.integers(5, 13))
    ones = np.ones((side, side), bool)
    k = (1 if below else -1) if keeps_diagonal else 0
    call, cut = ("np.triu", np.triu) if below else ("np.tril", np.tril)
    mask = cut(ones, k)
    # A cell of the mask that is True is not drawn.
    shown = int((~mask).sum())
    where, other = ("below", "above") if below else ("above", "below")
    offset = f", k={k}" if keeps_diagonal else ""
    texts = {
        "one side": f"those {where} the diagonal",
        "the other": f"those {other} the diagonal",
        "diagonal": f"the diagonal and those {where} it",
    }
    right = "diagonal" if keeps_diagonal else "one side"
    hides = (
        f"`k={k}` leaves the diagonal False" if keeps_diagonal else "The diagonal is True as well"
    )
    told = {
        "one side": f"True hides. {hides}: it is {'drawn' if keeps_diagonal else 'hidden'}, and "
        f"so {shown} cells remain.",
        "the other": f"That is where `{call}` is True, and True hides. Left are {shown} cells, "
        f"{texts[right]}.",
        "diagonal": f"True hides. {hides}: {shown} cells remain, {texts[right]}.",
    }
    beliefs = {
        "one side": "mask_keeps_the_diagonal",
        "the other": "true_shows",
        "diagonal": "mask_keeps_the_diagonal",
    }
    return ChooseOne(
        question=f"`sns.heatmap(r, mask={call}(np.ones_like(r, dtype=bool){offset}))` with {side} "
        "columns. Which cells are drawn?",
        choices=[
            Reply(
                text=texts[each],
                feedback=told[each],
                right=each == right,
                misconception=None if each == right else beliefs[each],
                holds=bool((~mask)[2, 1]) == below
                and bool((~mask).diagonal().all()) == keeps_diagonal
                and shown == side * (side - 1) // 2 + side * keeps_diagonal,
            )
            for each in texts
        ],
    )


@kind
def cells_that_a_mask_leaves(generator: np.random.Generator) -> Exercise:
    """How many cells a mask with an offset leaves."""
    side = int(generator.integers(4, 13))
    upper = bool(generator.integers(2))
    k = one_of(generator, (-1, 0, 1))
    call = "np.triu" if upper else "np.tril"
    ones = np.ones((side, side), bool)
    mask = np.triu(ones, k) if upper else np.tril(ones, k)
    visible, hidden = int((~mask).sum()), int(mask.sum())
    pairs = side * (side - 1) // 2
    shift = k if upper else -k
    seen = {
        1: f"the {pairs} of one side and the {side} of the diagonal",
        0: f"the {pairs} of one side, and nothing on the diagonal",
        -1: f"{pairs} less the {side - 1} next to the diagonal",
    }[shift]
    slips = {
        hidden: Slip(
            f"That many are True. True hides, so the others are drawn: {seen}, {visible} in all.",
            "true_shows",
        ),
        pairs: Slip(
            f"So it is without `k`. `k={k}` moves the edge by one: {seen}, {visible} in all.",
            "mask_keeps_the_diagonal",
        ),
        pairs + side: Slip(
            f"So it would be if the diagonal stayed. Here the mask is True on it: {seen}, "
            f"{visible} in all.",
            "mask_keeps_the_diagonal",
        ),
        side**2: Slip(
            f"Those are all cells. The mask hides {hidden} of them: {visible} are drawn.",
            "every_cell_is_a_finding",
        ),
    }
    argument = "" if k == 0 else f", k={k}"
    other = Slip(
        f"Count along the diagonals. The mask is True on {hidden} of {side**2} cells, and True "
        f"hides. What is drawn: {seen}, {visible} in all.",
        "true_shows",
    )
    return TypeNumber(
        question=f"`mask={call}(np.ones_like(r, dtype=bool){argument})` on a matrix of {side} × "
        f"{side}. How many cells does `sns.heatmap(r, mask=mask)` draw?",
        value=visible,
        tolerance=0,
        low=0,
        high=200,
        unit="cells",
        feedback=f"True hides, here {hidden} of {side**2} cells. What is drawn: {seen}.",
        bands=bands(visible, 200, slips, other, other),
        holds=visible == pairs + {1: side, 0: 0, -1: 1 - side}[shift],
    )


@kind
def middle_of_the_colours(generator: np.random.Generator) -> Exercise:
    """Which r gets the neutral colour when the limits are left to the data."""
    low = -round(float(generator.uniform(0.2, 0.9)), 2)
    high = round(float(generator.uniform(0.2, 0.9)), 2)
    while abs(low + high) < 0.1:
        high = round(float(generator.uniform(0.2, 0.9)), 2)
    whole = bool(generator.integers(2))
    names = ["a", "b", "c"]
    r = pd.DataFrame([[1, low, high], [low, 1, 0], [high, 0, 1]], names, names, dtype=float)
    drawn = Heatmap(r, limits=None) if whole else Heatmap.lower(r, limits=None)
    ends, middle = drawn.range, drawn.neutral_value
    other_ends = (low, high) if whole else (low, 1.0)
    other_middle = sum(other_ends) / 2
    between = f"from {number_text(ends[0])} to {number_text(ends[1])}"
    half = f"halfway lies {number_text(middle, 3)}"
    slips = {
        0: Slip(
            f"Nobody told the colours where zero is. They run {between}, and {half}.",
            "pale_means_zero",
        ),
        round(other_middle, 3): Slip(
            f"The ones on the diagonal are drawn too, so the colours run {between}, and {half}."
            if whole
            else f"The ones are hidden, so the colours run {between}, and {half}.",
            "limits_are_the_same_everywhere",
        ),
    }
    other = Slip(
        f"The colours run {between}. Halfway, at {number_text(middle, 3)}, lies the neutral one.",
        "pale_means_zero",
    )
    how = "whole, diagonal and all" if whole else "with the diagonal and one triangle hidden"
    return TypeNumber(
        question=f"The pairs of a table have r from {number_text(low)} to {number_text(high)}. The "
        f'matrix is drawn {how}: `sns.heatmap(r, cmap="coolwarm"{"" if whole else ", mask=mask"})`,'
        " limits left alone. Which r gets the neutral colour?",
        value=middle,
        tolerance=0.011,
        low=-1,
        high=1,
        decimals=2,
        feedback=f"The colours run {between}, and {half}. A pair at zero is not neutral.",
        bands=bands(middle, 1, slips, other, other, low=-1),
        holds=abs(middle) > 0.02,
    )


@kind(transfer=True)
def one_shade_on_two_maps(generator: np.random.Generator) -> Exercise:
    """What one shade says on two maps whose colours were left to the data."""
    ends = [round(float(end), 2) for end in generator.uniform(0.3, 0.9, 2)]
    while abs(ends[0] - ends[1]) < 0.2:
        ends = [round(float(end), 2) for end in generator.uniform(0.3, 0.9, 2)]
    if generator.random() < 0.25:
        ends[1] = ends[0]
    # The middle of one of 256 colours, so that rounding does not part the two cells.
    share = (2 * int(generator.integers(51, 116)) + 1) / 256 * one_of(generator, (-1, 1))
    asked = one_of(generator, ("stronger", "weaker"))
    maps = [
        Heatmap(
            pd.DataFrame([[-end, share * end, end]], ["X"], ["a", "b", "c"]),
            limits=None,
            center=0,
        )
        for end in ends
    ]
    values = [share * end for end in ends]
    names = ("Lakes", "Woods")
    shade = "red" if share > 0 else "blue"
    both = f"{number_text(values[0])} on {names[0]} and {number_text(values[1])} on {names[1]}"
    reach = f"the colours reach to ±{ends[0]:.2f} on {names[0]} and to ±{ends[1]:.2f} on {names[1]}"
    same_shade = maps[0].cell_colours()["b"]["X"] == maps[1].cell_colours()["b"]["X"]
    are_alike = ends[0] == ends[1]
    right = None if are_alike else int((ends[1] > ends[0]) == (asked == "stronger"))

    def which(place: int | None) -> Reply:
        text = "neither: both are one number" if place is None else f"the one on {names[place]}"
        if place == right:
            told = f"A shade is a share of the way to the end of the colours: {both}."
        elif are_alike:
            told = f"Nothing parts {names[place or 0]} from the other map: {reach}. One shade is "
            told += f"one number then: {both}."
        elif place is None:
            told = f"One shade is one number where both maps have the same limits. Here: {both}."
        else:
            told = f"On {names[1 - place]} the number is the {asked} one: {reach}."
        return Reply(
            text=text,
            feedback=told,
            right=place == right,
            misconception=None if place == right else "limits_are_the_same_everywhere",
            holds=same_shade and (abs(values[0]) == abs(values[1])) == are_alike,
        )

    reasons = {
        "its colours reach farther, so a shade stands for more": not are_alike
        and asked == "stronger",
        "its colours reach less far, so a shade stands for less": not are_alike
        and asked == "weaker",
        "both reach as far, so a shade stands for the same": are_alike,
        "zero is neutral on both, so the shades can be compared": False,
    }

    def why(text: str) -> Reply:
        if reasons[text]:
            told = f"{reach[0].upper()}{reach[1:]}. With `vmin=-1, vmax=1` on both, one r would "
            told += "have one shade."
        elif text.startswith("zero"):
            told = f"Zero is neutral on both, and that is not enough. A shade is {abs(share):.0%} "
            told += f"of the way to the end, and {reach}."
        elif text.startswith("both"):
            told = (
                f"Both reach to their own end: {reach}. The shade is {abs(share):.0%} of the way "
            )
            told += "on either, and the ways differ."
        elif are_alike:
            told = f"Neither reaches {'farther' if 'farther' in text else 'less far'}: {reach}."
        else:
            told = f"For the other question that would be the reason: {reach}."
        return Reply(
            text=text,
            feedback=told,
            right=reasons[text],
            misconception=None if reasons[text] else "limits_are_the_same_everywhere",
        )

    question = (
        f"Two maps were drawn with `center=0` and no other limit. On the map {names[0]} the values "
        f"run from {number_text(-ends[0])} to {number_text(ends[0])}, on the map {names[1]} from "
        f"{number_text(-ends[1])} to {number_text(ends[1])}. One cell on either has the same shade "
        f"of {shade}. Which of the two is the {asked}?"
    )
    return TwoTier(
        question=question,
        first=ChooseOne(question=question, choices=[which(0), which(1), which(None)]),
        why=ChooseOne(question="Why?", choices=[why(text) for text in reasons]),
    )


@kind(transfer=True)
def limits_for_differences(generator: np.random.Generator) -> Exercise:
    """Which limits show a map of differences honestly."""
    low, high = (-round(float(generator.uniform(0.2, 0.8)), 1), 0.0)
    while abs(low) - 0.05 < high < abs(low) + 0.05 or high == 0:
        high = round(float(generator.uniform(0.2, 0.8)), 1)
    far, near = max(-low, high), min(-low, high)
    values = pd.DataFrame([[low, 0.0, high]], ["now less before"], ["a", "b", "c"])

    def call(ends: tuple[float, float]) -> str:
        return f"`vmin={ends[0]:g}, vmax={ends[1]:g}`"

    def middle(ends: tuple[float, float]) -> float:
        return Heatmap(values, limits=ends).neutral_value

    lost = low if -low > high else high
    return ChooseOne(
        question="Two correlation matrices are subtracted, and the map shows the differences. They "
        f"run from {number_text(low, 1)} to {number_text(high, 1)}. The neutral colour should mean "
        "no difference, and every value should have a colour of its own. Which limits do that?",
        choices=[
            Reply(
                text=call((-far, far)),
                feedback=f"As far to either side as the largest difference, {far:g}. The middle is "
                "zero, and nothing lies beyond the ends.",
                right=True,
                holds=abs(middle((-far, far))) < 1e-9 and -far <= low and high <= far,
            ),
            Reply(
                text=call((low, high)),
                feedback="All values fit, and this is what seaborn takes by itself. But the middle "
                f"is {number_text(middle((low, high)))}, so no difference gets a colour.",
                misconception="pale_means_zero",
                holds=abs(middle((low, high))) > 0.04,
            ),
            Reply(
                text=call((-near, near)),
                feedback=f"The middle is zero. But {number_text(lost, 1)} lies beyond the end, and "
                f"looks like a difference of {near:g}.",
                misconception="limits_are_the_same_everywhere",
                holds=abs(lost) > near and abs(middle((-near, near))) < 1e-9,
            ),
            Reply(
                text=call((0, far)),
                feedback="Then everything below zero has one colour, that of zero, and the middle "
                f"is {far / 2:g}.",
                misconception="minus_is_weak",
                holds=abs(middle((0, far)) - far / 2) < 1e-9 and low < 0,
            ),
        ],
    )


class _Ends(NamedTuple):
    """How far the ends of a colour map lie apart, and whether it has two arms, or grows lighter."""

    apart: float
    to_deuteranope: float
    is_diverging: bool
    is_rising: bool


@cache
def _ends(colours: str) -> _Ends:
    shades = colour_map(colours)
    both = shades[[0, -1]]
    return _Ends(
        ends_distance(both),
        ends_distance_for_deuteranope(both),
        is_diverging(shades),
        bool((np.diff(lightness(shades)) > 0).all()),
    )


@kind
def colours_for_a_signed_map(generator: np.random.Generator) -> Exercise:
    """Which colours show two signs to everybody."""
    good = one_of(generator, ("coolwarm", "RdBu_r", "PuOr"))
    others = [str(name) for name in generator.permutation(["rocket", "viridis", "jet"])[:2]]
    ends, red_and_green = _ends(good), _ends("RdYlGn")
    lacks = "With limits from minus one to one, zero is a colour like any other"
    said = {
        "rocket": "From dark to light is an order of strength, and suits sizes from zero up. It "
        f"has no two arms. {lacks}, and minus one is the darkest.",
        "viridis": "Its steps are even, and almost everybody sees them. But they go one way, from "
        f"dark to light. {lacks}.",
        "jet": f"So many colours seem to part anything. But it has no neutral middle. {lacks}.",
    }
    pairs = int(generator.integers(6, 40))
    low = number_text(-float(generator.uniform(0.3, 0.9)))
    story = f"A map of {pairs} pairs, r from {low} upwards, limits from minus one to one."
    if generator.random() < 0.35:
        return _colours_that_hide_signs(story, good, others[0])
    return ChooseOne(
        question=f"{story} Which colours make zero neutral, and let everybody tell the two signs "
        "apart?",
        choices=[
            Reply(
                text=f"`{good}`",
                feedback="A neutral middle and two arms. To a deuteranope its ends lie "
                f"{ends.to_deuteranope:.2f} apart, against {red_and_green.to_deuteranope:.2f} in "
                "RdYlGn.",
                right=True,
                holds=ends.is_diverging
                and ends.to_deuteranope > 1.5 * red_and_green.to_deuteranope,
            ),
            Reply(
                text="`RdYlGn`",
                feedback="`RdYlGn` has a middle and two arms. But to a deuteranope the ends, red "
                "and "
                f"green, lie {red_and_green.to_deuteranope:.2f} apart, against "
                f"{red_and_green.apart:.2f} to other eyes.",
                misconception="red_and_green_are_opposites",
                holds=red_and_green.is_diverging
                and red_and_green.to_deuteranope < red_and_green.apart / 1.5,
            ),
            *(
                Reply(
                    text=f"`{name}`",
                    feedback=said[name],
                    misconception="any_colours_will_do",
                    holds=not _ends(name).is_diverging and (name == "jet" or _ends(name).is_rising),
                )
                for name in others
            ),
        ],
    )


def _colours_that_hide_signs(story: str, good: str, other: str) -> Exercise:
    """The same, asked for the colours that fail only some eyes."""
    ends, red_and_green = _ends(good), _ends("RdYlGn")
    return ChooseOne(
        question=f"{story} Which colours make zero neutral, and yet hide the two signs from a "
        "deuteranope, who hardly sees red from green?",
        choices=[
            Reply(
                text=f"`{good}`",
                feedback=f"Its ends lie {ends.to_deuteranope:.2f} apart to a deuteranope as well, "
                f"against {red_and_green.to_deuteranope:.2f} in `RdYlGn`.",
                misconception="red_and_green_are_opposites",
                holds=ends.to_deuteranope > 1.5 * red_and_green.to_deuteranope,
            ),
            Reply(
                text="`RdYlGn`",
                feedback=f"It has a middle and two arms. But its ends, {red_and_green.apart:.2f} "
                f"apart to other eyes, lie {red_and_green.to_deuteranope:.2f} apart to these.",
                right=True,
                holds=red_and_green.is_diverging
                and red_and_green.to_deuteranope < red_and_green.apart / 1.5,
            ),
            Reply(
                text=f"`{other}`",
                feedback="It has no neutral middle for anybody: zero is a colour like any other.",
                misconception="any_colours_will_do",
                holds=not _ends(other).is_diverging,
            ),
        ],
    )


@kind(transfer=True)
def pairs_by_strength(generator: np.random.Generator) -> Exercise:
    """Putting pairs in order of strength, whatever their sign."""
    while True:
        drawn = measurements(generator, 4)
        r = drawn.data.corr()
        chosen = [drawn.pairs[place] for place in generator.choice(6, 4, replace=False)]
        values = [cell(r, x, y) for x, y in chosen]
        ordered = sorted(values, key=abs, reverse=True)
        apart = min(-np.diff(np.abs(ordered)))
        if apart > 0.06 and ordered != sorted(values, reverse=True):
            break
    said = ", ".join(map(number_text, ordered))

    def wrong(order: tuple[int, ...]) -> Reply:
        given = [values[place] for place in order]
        by_sign = given == sorted(values, reverse=True)
        return Reply(
            text="",
            feedback="That puts the rising pairs first and the falling ones last. The sign is the "
            f"direction. Strength is the distance from zero: {said}."
            if by_sign
            else f"By the distance from zero, with their signs, they stand like this: {said}.",
            misconception="minus_is_weak" if by_sign else "colour_ranks_exactly",
        )

    title = f"{len(drawn.data)} {drawn.rows}"
    return Arrange(
        question=f"{title}. Put these pairs in order, the strongest first.",
        figures=[Heatmap.lower(r, title=f"Pearson's r, {title}")],
        description=f"A map of all pairs: {_in_words(r, drawn.pairs)}.",
        items=[f"{x} and {y}" for x, y in chosen],
        values=[abs(value) for value in values],
        feedback=f"The distance from zero counts, whatever the sign: {said}.",
        wrong=wrong,
    )


def _in_words(r: pd.DataFrame, pairs: list[tuple[str, str]]) -> str:
    return ", ".join(f"{x} and {y} {number_text(cell(r, x, y))}" for x, y in pairs)


@kind
def strongest_by_its_colour(generator: np.random.Generator) -> Exercise:
    """Finding the strongest pair of a map by its colour."""
    while True:
        drawn = measurements(generator, 4)
        r = drawn.data.corr()
        by_strength = sorted((cell(r, x, y) for x, y in drawn.pairs), key=abs, reverse=True)
        strongest, second, third = by_strength[:3]
        # Something of the other sign comes close enough to tempt.
        tempts = min(strongest * second, strongest * third) < 0
        if tempts and abs(strongest) > abs(second) + 0.12:
            break
    title = f"{len(drawn.data)} {drawn.rows}"
    chart = Heatmap.lower(r, decimals=None, title=f"Pearson's r, {title}")
    best = number_text(strongest)

    def reply(row: str, column: str) -> Reply:
        value = cell(r, row, column)
        text = f"{row} and {column}"
        if value == strongest:
            return Reply(
                text=text,
                feedback=f"r is {best}: the colour farthest from the neutral one, on either side.",
                right=True,
            )
        if value * strongest < 0:
            return Reply(
                text=text,
                feedback=f"r is {number_text(value)} here. On the other side of the scale there is "
                f"{best}, farther from zero.",
                misconception="minus_is_weak",
                holds=abs(value) < abs(strongest),
            )
        return Reply(
            text=text,
            feedback=f"r is {number_text(value)} here. There is a pair with {best}: compare the "
            "deepest colours with each other.",
            misconception="colour_ranks_exactly",
            holds=abs(value) < abs(strongest),
        )

    return ClickCell(
        question=f"A map of {title}, colours from minus one to one, and no numbers. Click the "
        "strongest pair.",
        figures=[chart],
        description=f"What the colours mean, pair by pair: {_in_words(r, drawn.pairs)}.",
        chart=chart,
        cells=[(y, x) for x, y in drawn.pairs],
        reply=reply,
    )
