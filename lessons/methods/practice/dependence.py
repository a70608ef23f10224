"""Exercises on dependence of any shape, and on the noise that looks like it."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from lessons.methods.measuring import coefficient
from lessons.practising import one_of
from lib.charts import Bars, Scatter, number_text
from lib.course import ChooseOne, Exercise, Reply, TwoTier, kind
from lib.stats import mutual_information

_ROWS = 200


def _nats(data: pd.DataFrame) -> float:
    return float(mutual_information(data).value.to_numpy()[0, 1])


_LINE, _BEND, _TURN, _NOISE = (
    "r and ρ both far from zero, and nearly the same",
    "both far from zero, ρ clearly farther than r",
    "r and ρ near zero, mutual information far above that of noise",
    "r, ρ and mutual information all near zero",
)
_DRAWN: dict[str, tuple[tuple[str, Callable[[np.ndarray, np.ndarray], np.ndarray]], ...]] = {
    _LINE: (
        ("rises along a straight line", lambda x, noise: x + 0.25 * noise),
        ("falls along a straight line", lambda x, noise: -x + 0.25 * noise),
    ),
    _BEND: (
        (
            "rises, hardly at first and then ever more steeply",
            lambda x, noise: np.exp(4 * x + 0.3 * noise),
        ),
        (
            "falls, steeply at first and then hardly at all",
            lambda x, noise: np.exp(-4 * x + 0.3 * noise),
        ),
    ),
    _TURN: (
        ("falls to the middle and rises again", lambda x, noise: x**2 + 0.06 * noise),
        ("rises to the middle and falls again", lambda x, noise: -np.abs(x) + 0.06 * noise),
        (
            "goes along two lines that cross in the middle, one rising and one falling",
            lambda x, noise: x * np.sign(noise) + 0.03 * noise,
        ),
    ),
    _NOISE: (("has no shape but that of a crowd", lambda _, noise: noise),),
}
_MISSED = {
    (_NOISE, _TURN): "zero_means_independent",
    (_BEND, _TURN): "ranks_see_every_shape",
    (_LINE, _BEND): "only_a_line_has_a_high_r",
    (_LINE, _TURN): "ranks_see_every_shape",
    (_TURN, _NOISE): "positive_information_is_a_link",
    (_BEND, _LINE): "rank_is_robust_r",
}


@kind
def what_the_measures_say(generator: np.random.Generator) -> Exercise:
    """Which measures see the shape of a cloud."""
    answer = one_of(generator, tuple(_DRAWN))
    way, draw = one_of(generator, _DRAWN[answer])
    while True:
        x = generator.uniform(-1, 1, _ROWS)
        data = pd.DataFrame({"x": x, "y": draw(x, generator.normal(size=_ROWS))})
        r, rho = coefficient(data.x, data.y), coefficient(data.x, data.y, "Spearman")
        nats = _nats(data)
        if {
            _LINE: min(abs(r), abs(rho)) > 0.8 and abs(abs(r) - abs(rho)) < 0.04,
            _BEND: abs(r) > 0.5 and abs(rho) - abs(r) > 0.12,
            _TURN: max(abs(r), abs(rho)) < 0.12 and nats > 0.4,
            _NOISE: max(abs(r), abs(rho)) < 0.12 and nats < 0.08,
        }[answer]:
            break
    numbers = f"r = {number_text(r)}, ρ = {number_text(rho)}, {number_text(nats)} nats"
    reasons = {
        _LINE: {
            _LINE: "Line and order agree here",
            _BEND: "ρ passes for the one that sees more. Without a bend there is no more to see",
            _TURN: "Mutual information is far above that of noise, but r and ρ are not near zero",
            _NOISE: "The scatter about the line may look like noise. It is small beside the slope",
        },
        _BEND: {
            _LINE: "Points so close to a curve may seem as good as a line. r asks for a line alone",
            _BEND: "It keeps an order and bends: ρ asks for the order, r for a line",
            _TURN: "A curve may seem to escape them both. This one keeps its direction",
            _NOISE: "A curve is no line, but it leaves r far from zero where it keeps its "
            "direction",
        },
        _TURN: {
            _LINE: "Points so close to a shape look like a high r. But it goes both ways",
            _BEND: "ρ sees what bends, as long as it goes one way. This goes both ways",
            _TURN: "It goes both ways, so the best line is level, and y still tells of x",
            _NOISE: "r and ρ are near zero, and that may seem to be all. But y tells of x",
        },
        _NOISE: {
            _LINE: "In any crowd the eye finds a line. Here there is none",
            _BEND: "In any crowd the eye finds a curve. Here there is none",
            _TURN: "What r and ρ miss, mutual information may see. Here there is nothing to see",
            _NOISE: "Neither column tells anything of the other",
        },
    }[answer]
    return ChooseOne(
        question=f"A cloud of {_ROWS} points. What do the measures say of it?",
        figures=[Scatter(data.x, data.y)],
        description=f"A scatter plot. With growing x the cloud {way}.",
        choices=[
            Reply(
                text=text,
                feedback=f"{reasons[text]}. {numbers}.",
                right=text == answer,
                misconception=None
                if text == answer
                else _MISSED.get((text, answer), "strength_can_be_guessed"),
            )
            for text in _DRAWN
        ],
    )


_SHOWN, _OPEN, _NOTHING = (
    "a link is shown, at this level",
    "none is shown, and none is ruled out",
    "the two columns are independent",
)
_SHUFFLES = 39


@kind(transfer=True)
def beside_its_noise(generator: np.random.Generator) -> Exercise:
    """What a mutual information says beside what shuffles have."""
    is_linked = bool(generator.integers(2))
    rows = int(generator.integers(25, 50))
    things = one_of(
        generator,
        ("shoe size and income", "rainfall and sleep", "height and thirst", "age and wit"),
    )
    while True:
        x = generator.normal(size=rows)
        noise = generator.normal(size=rows)
        data = pd.DataFrame({"x": x, "y": np.square(x) + 0.3 * noise if is_linked else noise})
        # Shuffling takes long: only what is not near an edge is worth it.
        if not (_nats(data) > 0.3 if is_linked else 0.01 < _nats(data) < 0.08):
            continue
        found = mutual_information(
            data, shuffles=_SHUFFLES, seed=int(generator.integers(2**31)), adjust="none"
        )
        nats, floor = (float(each.to_numpy()[0, 1]) for each in (found.value, found.floor))
        if nats > 1.5 * floor if is_linked else nats < 0.7 * floor:
            break
    beside = f"{nats:.2f} nats against {floor:.2f}"
    question = (
        f"{rows} rows of {things}: their mutual information is {nats:.2f} nats. One column was "
        f"shuffled {_SHUFFLES} times, and nineteen in twenty of the shuffles stay below about "
        f"{floor:.2f}. What may be said?"
    )
    first = {
        _SHOWN: Reply(
            text=_SHOWN,
            feedback=f"{beside}: chance alone seldom gives so much."
            if is_linked
            else f"Above zero it is, and so are shuffles: {beside}. Chance alone gives so much "
            "often enough.",
            right=is_linked,
            misconception=None if is_linked else "positive_information_is_a_link",
            holds=(nats > floor) == is_linked,
        ),
        _OPEN: Reply(
            text=_OPEN,
            feedback=f"The number looks small, and stands far above what shuffles have: {beside}."
            if is_linked
            else f"{beside}. A weak link in so few rows can look the same.",
            right=not is_linked,
            misconception="information_is_a_share" if is_linked else None,
        ),
        _NOTHING: Reply(
            text=_NOTHING,
            feedback=f"Independent columns would rarely have so much: {beside}."
            if is_linked
            else f"{beside} says that chance could do it, and not that chance did.",
            misconception="information_is_a_share" if is_linked else "under_the_floor_is_nothing",
        ),
    }
    why = [
        Reply(
            text="it is above what most shuffles reach",
            feedback=f"{beside}, with the same {rows} rows and no link left."
            if is_linked
            else f"The number is below it: {beside}.",
            right=is_linked,
            misconception=None if is_linked else "positive_information_is_a_link",
        ),
        Reply(
            text="it is below what shuffles reach at times",
            feedback=f"The number is above it: {beside}."
            if is_linked
            else f"{beside}, with the same {rows} rows and no link left.",
            right=not is_linked,
            misconception="under_the_floor_is_nothing" if is_linked else None,
        ),
        Reply(
            text="it is nearer to zero than to one",
            feedback=f"Nats do not end at one. What {nats:.2f} of them say depends on the rows: "
            f"with {rows} of them compare {floor:.2f}.",
            misconception="information_is_a_share",
        ),
    ]
    return TwoTier(
        question=question,
        figures=[
            Bars(
                pd.DataFrame({"nats": {"these columns": nats}}),
                x="mutual information, nats",
                marks={"most shuffles stay below": floor},
            )
        ],
        description=f"A bar of {nats:.2f} nats and a mark at {floor:.2f}.",
        first=ChooseOne(question=question, choices=list(first.values())),
        why=ChooseOne(question="Why?", choices=why),
    )
