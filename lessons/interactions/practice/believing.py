"""Exercises on what curves, ratios and splits say of two features, and what they do not."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lessons.practising import Slip, bands, fair
from lib.charts import Lines, Scatter, number_text
from lib.course import Arrange, ChooseOne, Exercise, Reply, TwoTier, TypeNumber, kind
from lib.stats import Surface

Floats = npt.NDArray[np.float64]

_PARALLEL, _FAN, _CROSSING = "parallel", "fan", "crossing"
_SCALES = ("log-odds", "degrees", "euros", "days")


@kind
def curves_of_single_rows(generator: np.random.Generator) -> Exercise:
    """Whether a feature interacts, told by individual curves."""
    shape = str(generator.choice([_PARALLEL, _PARALLEL, _FAN, _CROSSING]))
    scale = str(generator.choice(_SCALES))
    x = np.linspace(0, 10, 21)
    steepness = {
        _PARALLEL: np.ones(4),
        _FAN: np.array([0.3, 0.8, 1.4, 2.0]),
        _CROSSING: np.array([-1.2, -0.5, 0.6, 1.3]),
    }[shape]
    bend = float(generator.choice([-0.06, 0.05, 0.07]))
    slope = float(generator.choice([-0.7, 0.5, 0.8]))
    one = slope * x + (bend * (x - 5) ** 2 if shape == _PARALLEL else 0)
    starts = generator.permutation([0, 1.5, 3.5, 5]) + generator.uniform(1, 3)
    lines = pd.DataFrame(
        {
            f"row {number}": start + size * (one - one[0])
            for number, (start, size) in enumerate(zip(starts, steepness, strict=True), 1)
        },
        index=pd.Index(x, name="x"),
    )
    moves = (lines.iloc[-1] - lines.iloc[0]).round(2)
    interacts = shape != _PARALLEL
    said = (
        f"From x = 0 to x = 10 the curves move by "
        f"{', '.join(number_text(float(move)) for move in moves)}"
    )
    readings = "; ".join(
        f"{name} has " + ", ".join(number_text(float(value)) for value in line.iloc[[0, 10, 20]])
        for name, line in lines.items()
    )
    figure = Lines(lines, title="Four rows", y=scale)
    described = f"A line a row over x from 0 to 10. At 0, 5 and 10: {readings}."
    if generator.random() < 0.3:
        return _something_else(generator, lines, scale, figure, described)
    verdict = f"{said}: " + (
        "what x does depends on the row, so on its other features."
        if interacts
        else "each as much as the others, and alike at every x. What x does is the same for all."
    )
    gap = lines["row 4"] - lines["row 1"]
    distance = (
        f"rows 1 and 4 are {abs(gap.iloc[0]):.1f} apart at x = 0 and {abs(gap.iloc[-1]):.1f} at "
        "x = 10"
    )
    question = (
        f"Individual curves of a feature x, four rows, predictions in {scale}. On this scale, does "
        "x interact with another feature of the model?"
    )
    return TwoTier(
        question=question,
        figures=(figure,),
        description=described,
        first=ChooseOne(
            question=question,
            choices=[
                Reply(
                    text="Yes, it interacts",
                    feedback=verdict
                    if interacts
                    else f"Each row has a curve of its own, as if x did another thing to it. But "
                    f"{verdict[0].lower()}{verdict[1:]}",
                    right=interacts,
                    misconception=None if interacts else "every_model_interacts",
                    holds=(moves.max() - moves.min() > 1) == interacts,
                ),
                Reply(
                    text="No, nothing says so",
                    feedback=verdict
                    if not interacts
                    else f"Their mean is one curve, which moves by "
                    f"{number_text(float(moves.mean()))}, and so x may seem to do one thing. But "
                    f"{verdict[0].lower()}{verdict[1:]}",
                    right=not interacts,
                    misconception="mean_curve_is_everybodys" if interacts else None,
                    holds=(moves.max() - moves.min() > 1) == interacts,
                ),
            ],
        ),
        why=ChooseOne(
            question="Why?",
            choices=[
                Reply(
                    text=_ARE_PARALLEL,
                    feedback=f"They are: {distance}, and no others part either."
                    if not interacts
                    else f"All four are straight, and may look alike. But {distance}.",
                    right=not interacts,
                    misconception="mean_curve_is_everybodys" if interacts else None,
                ),
                Reply(
                    text=_ARE_NOT_PARALLEL,
                    feedback=f"They are not: {distance}."
                    if interacts
                    else f"They bend and stand apart, but do not part: {distance}.",
                    right=interacts,
                    misconception=None if interacts else "every_model_interacts",
                    holds=bool(abs(gap.iloc[0] - gap.iloc[-1]) > 1) == interacts,
                ),
                Reply(
                    text=_HEIGHTS,
                    feedback=f"Heights differ by what the other features add on their own: at "
                    f"x = 0 from {lines.iloc[0].min():.1f} to {lines.iloc[0].max():.1f}. {verdict}",
                    misconception="map_is_interaction",
                ),
                Reply(
                    text=_MOVES,
                    feedback=f"That is an effect of x, and one that is the same for all is no "
                    f"interaction. {verdict}",
                    misconception="map_is_interaction",
                    holds=bool((lines.max() - lines.min() > 0.5).all()),
                ),
            ],
        ),
    )


_ARE_PARALLEL, _ARE_NOT_PARALLEL, _HEIGHTS, _MOVES = (
    "The curves are parallel",
    "The curves are not parallel",
    "The curves stand at different heights",
    "The curves move: none of them is flat",
)


def _something_else(
    generator: np.random.Generator,
    lines: pd.DataFrame,
    scale: str,
    figure: Lines,
    described: str,
) -> Exercise:
    """The same curves, asked whether x does anything, or whether something else does."""
    asks_x = bool(generator.integers(2))
    starts = lines.iloc[0]
    apart = f"at x = 0 they stand from {starts.min():.1f} to {starts.max():.1f}"
    least = float((lines.max() - lines.min()).min())
    moved = f"even the one that moves least moves by {least:.1f}"
    seen = moved if asks_x else apart
    asked = "x itself does" if asks_x else "features other than x do"
    question = f"Individual curves of a feature x, four rows, predictions in {scale}. " + (
        "Does the prediction of these rows change with x?"
        if asks_x
        else "Do features other than x change the prediction?"
    )
    whether = f"Whether they are tells of interaction. What {asked} is seen elsewhere: {seen}."

    def reason(text: str, feedback: str, *, right: bool) -> Reply:
        return Reply(
            text=text,
            feedback=feedback,
            right=right,
            misconception=None if right else "map_is_interaction",
        )

    return TwoTier(
        question=question,
        figures=(figure,),
        description=described,
        first=ChooseOne(
            question=question,
            choices=[
                Reply(
                    text="Yes",
                    feedback=f"{seen[0].upper()}{seen[1:]}.",
                    right=True,
                    holds=least > 0.5 and starts.max() - starts.min() > 1,
                ),
                Reply(
                    text="No",
                    feedback=f"Then the four curves would be {'flat' if asks_x else 'one'}. But "
                    f"{seen}.",
                    misconception="mean_curve_is_everybodys",
                ),
            ],
        ),
        why=ChooseOne(
            question="Why?",
            choices=[
                reason(
                    _ARE_PARALLEL, f"{whether} Parallel curves show it as others do.", right=False
                ),
                reason(_ARE_NOT_PARALLEL, whether, right=False),
                reason(
                    _HEIGHTS,
                    f"{apart[0].upper()}{apart[1:]}. All have the same x there, so something else "
                    "parts them."
                    if not asks_x
                    else f"That is what the other features do. What x does is seen along a curve: "
                    f"{moved}.",
                    right=not asks_x,
                ),
                reason(
                    _MOVES,
                    f"Along a curve nothing changes but x, and {moved}."
                    if asks_x
                    else f"That is what x does. What others do is seen from curve to curve: "
                    f"{apart}.",
                    right=asks_x,
                ),
            ],
        ),
    )


@kind(transfer=True)
def what_the_mean_curve_shows(generator: np.random.Generator) -> Exercise:
    """What the mean of individual curves hides."""

    def attempt(generator: np.random.Generator) -> tuple[int, int, int, float] | None:
        share = int(generator.choice([10, 20, 25, 30, 40, 50, 60, 75, 80]))
        up, down = generator.integers(2, 21, 2).tolist()
        mean = (share * up - (100 - share) * down) / 100
        is_fair = abs(mean) < 0.4 * max(up, down) and up != down and round(mean, 1) == mean
        return (share, up, down, mean) if is_fair else None

    share, up, down, mean = fair(lambda: attempt(generator))
    rest = 100 - share
    worked = (
        f"{share}% of {up} less {rest}% of {down} is {share * up / 100:g} − {rest * down / 100:g} "
        f"= {number_text(mean, 1)}"
    )
    return TypeNumber(
        question=f"A feature moves from low to high. For {share}% of the rows the prediction rises "
        f"by {up}, for the other {rest}% it falls by {down}. By how much does the partial "
        "dependence move?",
        value=mean,
        tolerance=0.05,
        low=-50,
        high=50,
        decimals=1,
        feedback=f"Partial dependence is a mean over the rows: {worked}. No row moves by that: the "
        f"mean hides {up} upwards and {down} downwards.",
        holds=abs(mean) < 0.4 * max(up, down),
        bands=bands(
            mean,
            50,
            {
                up - down: Slip(
                    f"That counts both kinds of rows alike. There are {share}% of one: {worked}.",
                    "mean_curve_is_everybodys",
                ),
                (up - down) / 2: Slip(
                    f"That would be so for halves. Here it is {share}% and {rest}%: {worked}.",
                    "mean_curve_is_everybodys",
                ),
                up: Slip(
                    f"So do {share}% of the rows. The mean over all: {worked}.",
                    "mean_curve_is_everybodys",
                ),
                -down: Slip(
                    f"So do {rest}% of the rows. The mean over all: {worked}.",
                    "mean_curve_is_everybodys",
                ),
                (share * up + rest * down) / 100: Slip(
                    f"That is how far a row moves on average, up or down. The mean keeps the sign: "
                    f"{worked}.",
                    "mean_curve_is_everybodys",
                ),
            },
            Slip(
                f"{{said}} leans too far to the {rest}% that fall. Weigh each kind by its rows: "
                f"{worked}.",
                "mean_curve_is_everybodys",
            ),
            Slip(
                f"{{said}} leans too far to the {share}% that rise. Weigh each kind by its rows: "
                f"{worked}.",
                "mean_curve_is_everybodys",
            ),
            low=-50,
            near=0.04,
        ),
    )


class _Pairs(NamedTuple):
    names: list[str]
    h: list[float]
    joint: list[float]

    @property
    def rms(self) -> list[float]:
        return [h * joint for h, joint in zip(self.h, self.joint, strict=True)]


def _four_pairs(generator: np.random.Generator) -> _Pairs | None:
    features = generator.permutation(["age", "dose", "weight", "sleep", "income"])
    names = [f"{features[i]} × {features[j]}" for i, j in ((0, 1), (0, 2), (1, 3), (2, 4))]
    h = (generator.permutation([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8])[:4]).tolist()
    joint = generator.permutation([0.5, 1, 2, 3, 4, 5, 8, 10])[:4].tolist()
    pairs = _Pairs(names, h, joint)
    rms = np.sort(pairs.rms)
    is_fair = (rms[1:] > 1.35 * rms[:-1]).all() and np.argmax(pairs.h) != np.argmax(pairs.rms)
    return pairs if is_fair else None


@kind
def ranked_by_what_they_do(generator: np.random.Generator) -> Exercise:
    """Which pairs do most together, when H is a share."""
    pairs = fair(lambda: _four_pairs(generator))
    ranked = sorted(range(4), key=lambda place: -pairs.rms[place])
    by_h = tuple(sorted(range(4), key=lambda place: -pairs.h[place]))
    by_joint = tuple(sorted(range(4), key=lambda place: -pairs.joint[place]))
    products = "; ".join(
        f"{pairs.names[place]}: {pairs.h[place]:g} · {pairs.joint[place]:g} = "
        f"{pairs.rms[place]:.2f}"
        for place in ranked
    )

    def wrong(order: tuple[int, ...]) -> Reply:
        if order == by_h:
            feedback = (
                f"That is the order of H. It is a share, and a large share of little is little. "
                f"{products}."
            )
        elif order == by_joint:
            feedback = (
                f"That is the order of all that a pair does, alone and together. H says which "
                f"share is together. {products}."
            )
            return Reply(text="", feedback=feedback, misconception="map_is_interaction")
        elif order == tuple(reversed(ranked)):
            feedback = f"That is the weakest first. {products}."
        else:
            feedback = f"Multiply H with what the pair does in all. {products}."
        return Reply(text="", feedback=feedback, misconception="highest_h_is_strongest")

    return Arrange(
        question="Four pairs of features in one model. H is given, and the rms of all that the two "
        "do to the prediction, in its units; H is the rms of what they do only together, as a "
        "share of that. Order the pairs by the rms of what they do only together, the largest "
        "first.",
        items=[
            f"{name}: H = {h:g} and in all {joint:g}"
            for name, h, joint in zip(pairs.names, pairs.h, pairs.joint, strict=True)
        ],
        values=pairs.rms,
        feedback=f"{products}. The highest H is not at the top: it is a share of what the pair "
        "does.",
        wrong=wrong,
    )


@kind(transfer=True)
def the_leaf_of_a_sum(generator: np.random.Generator) -> Exercise:
    """Which nested splits are a sum all the same."""

    def attempt(generator: np.random.Generator) -> tuple[int, int, int] | None:
        first, second, third = generator.integers(1, 20, 3).tolist()
        last = second + third - first
        slips = {first, second, third, last, second + third}
        return (first, second, third) if last > 0 and len(slips) == 5 else None

    first, second, third = fair(lambda: attempt(generator))
    right = second + third - first
    step = number_text(second - first, 0)
    share = Surface(pd.DataFrame([[first, second], [third, third]])).interaction_share
    worked = (
        f"Where x is low, high y changes the prediction by {second} − {first} = {step}. In a sum "
        f"it does the same where x is high: {third} and {right}"
    )
    return TypeNumber(
        question="A tree splits by x, and below, on both sides, by y. Its leaves: x low and y low "
        f"{first}; x low and y high {second}; x high and y low {third}. Which value must the last "
        "leaf have, x high and y high, so that x and y do not interact?",
        value=right,
        tolerance=0,
        low=-60,
        high=60,
        feedback=f"{worked}. Splits below splits may interact; these do not.",
        holds=Surface(pd.DataFrame([[first, second], [third, right]])).interaction_share < 1e-9,
        bands=bands(
            right,
            60,
            {
                third: Slip(
                    f"Then y would do nothing where x is high, and {step} where x is low: "
                    f"{share:.0%} of the variance would be interaction. {worked}.",
                    "every_model_interacts",
                ),
                second + third: Slip(
                    f"That adds two leaves, and counts the {first} twice that is in both. "
                    f"{worked}.",
                    "every_model_interacts",
                ),
                second: Slip(
                    f"Then x would do nothing where y is high. {worked}.", "every_model_interacts"
                ),
            },
            Slip(
                "With {said} y would do less where x is high than where it is low, and that is an "
                f"interaction. {worked}.",
                "every_model_interacts",
            ),
            Slip(
                "With {said} y would do more where x is high than where it is low, and that is an "
                f"interaction. {worked}.",
                "every_model_interacts",
            ),
            low=-60,
            near=0.4,
        ),
    )


class _World(NamedTuple):
    """Two features and an outcome: whether it interacts is known from how it was made."""

    interacts: bool
    features: pd.DataFrame
    outcome: Floats

    @property
    def r(self) -> float:
        return float(np.corrcoef(self.features["x1"], self.features["x2"])[0, 1])

    @property
    def quarters(self) -> Floats:
        """Mean outcome: rows x1 low and high, columns x2 low and high."""
        high = self.features.to_numpy() > 0
        means = [
            [self.outcome[(high[:, 0] == one) & (high[:, 1] == two)].mean() for two in (0, 1)]
            for one in (0, 1)
        ]
        return np.array(means)


def _world(generator: np.random.Generator) -> _World | None:
    interacts, alike = (bool(turn) for turn in generator.random(2) < 0.5)
    shared = 0.8 * float(generator.choice([-1, 1])) if alike else 0.0
    x1, other = generator.normal(size=(2, 300))
    x2 = shared * x1 + np.sqrt(1 - shared**2) * other
    size = float(generator.uniform(2, 5))
    high = (x1 > 0) * 1.0, (x2 > 0) * 1.0
    kind_of = str(generator.choice(["either", "both"]))
    signs = generator.choice([-1, 1], 2)
    if interacts:
        outcome = size * ((high[0] != high[1]) if kind_of == "either" else high[0] * high[1])
    else:
        outcome = size * (signs[0] * high[0] + signs[1] * high[1])
    outcome = outcome + generator.normal(scale=0.3, size=300)
    return _World(interacts, pd.DataFrame({"x1": x1, "x2": x2}), outcome)


@kind(transfer=True)
def together_or_alike(generator: np.random.Generator) -> Exercise:
    """Whether features interact, which is not whether they correlate."""
    drawn = fair(lambda: _world(generator))
    quarters = drawn.quarters
    low, high = (float(value) for value in quarters[1] - quarters[0])
    is_alike = abs(drawn.r) > 0.5
    correlate = f"Between x1 and x2 r is {number_text(drawn.r)}"
    effects = (
        f"From low to high x1 the mean outcome moves by {number_text(low, 1)} where x2 is low, and "
        f"by {number_text(high, 1)} where x2 is high"
    )
    verdict = f"{effects}: " + (
        "it depends on x2." if drawn.interacts else "the same, but for noise."
    )
    parted = f"the two moves are {abs(round(high, 1) - round(low, 1)):.1f} apart"
    means = [number_text(float(mean), 1) for mean in quarters.ravel()]
    question = (
        f"{len(drawn.outcome)} rows. Mean outcome where x1 is low: {means[0]} with x2 low, "
        f"{means[1]} with x2 high. Where x1 is high: {means[2]} and {means[3]}. {correlate}. Do "
        "the two interact in what they do to the outcome?"
    )
    middle = np.where(drawn.outcome > np.median(drawn.outcome), "high", "low")
    said_of_r = "they correlate" if is_alike else "they hardly correlate"
    holds = (abs(high - low) > 1) == drawn.interacts
    return TwoTier(
        question=question,
        figures=(
            Scatter(
                drawn.features["x1"],
                drawn.features["x2"],
                groups=pd.Series(middle, name="outcome"),
                title="Where the outcome is high",
            ),
        ),
        description=f"A scatter plot of x2 against x1, with the outcome above and below its "
        f"median in two colours. {correlate}. The means of its quarters stand in the question.",
        first=ChooseOne(
            question=question,
            choices=[
                Reply(
                    text="Yes, they interact",
                    feedback=verdict
                    if drawn.interacts
                    else "Both do something to the outcome, and that may look like working "
                    f"together. {verdict}",
                    right=drawn.interacts,
                    misconception=None if drawn.interacts else "correlated_means_interacting",
                    holds=holds,
                ),
                Reply(
                    text="No, they do not",
                    feedback=verdict
                    if not drawn.interacts
                    else f"{correlate}, and says nothing of the outcome. {verdict}",
                    right=not drawn.interacts,
                    misconception="interaction_shows_in_r" if drawn.interacts else None,
                    holds=holds,
                ),
            ],
        ),
        why=ChooseOne(
            question="Why?",
            choices=[
                Reply(
                    text="What x1 does is the same, whether x2 is low or high",
                    feedback=f"As far as noise allows: {parted}."
                    if not drawn.interacts
                    else f"A sum of two effects would have it so, and is the simplest guess. "
                    f"But {parted}. {effects}.",
                    right=not drawn.interacts,
                    misconception="interaction_shows_in_r" if drawn.interacts else None,
                ),
                Reply(
                    text="What x1 does depends on whether x2 is low or high",
                    feedback=f"So it does: {parted}."
                    if drawn.interacts
                    else f"Two such moves seldom agree to the last digit. But {parted}, and noise "
                    f"makes as much. {effects}.",
                    right=drawn.interacts,
                    misconception=None if drawn.interacts else "correlated_means_interacting",
                ),
                Reply(
                    text=f"As features {said_of_r}",
                    feedback=f"{correlate}. To go together is one thing, "
                    f"to work together another. {verdict}",
                    misconception="correlated_means_interacting",
                    holds=is_alike or abs(drawn.r) < 0.3,
                ),
            ],
        ),
    )
