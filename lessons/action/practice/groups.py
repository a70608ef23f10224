"""Exercises on third variables: groups, a column that divides, an effect that depends."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from lessons.highway import r_between
from lessons.practising import fair, p_of_r
from lib.charts import Lines, Scatter, number_text, p_text
from lib.course import ChooseOne, Exercise, Reply, TwoTier, kind
from lib.stats import correlate, correlate_within

Floats = npt.NDArray[np.float64]


class _Grouped(NamedTuple):
    """Two columns and their groups, with r over all, pooled within and between the means."""

    x: Floats
    y: Floats
    groups: npt.NDArray[np.intp]
    overall: float
    within: float
    between: float


def _r(x: Floats, y: Floats) -> float:
    x, y = x - x.mean(), y - y.mean()
    return float(x @ y / np.sqrt((x @ x) * (y @ y)))


def _grouped(generator: np.random.Generator, slope_within: float, slope_between: float) -> _Grouped:
    """Three groups of one size."""
    each = int(generator.integers(12, 22))
    groups = np.repeat(np.arange(3), each)
    middles = generator.permutation([-2.2, 0.0, 2.2])
    x = generator.standard_normal(3 * each)
    y = slope_within * x + 0.7 * generator.standard_normal(3 * each)
    x = x + middles[groups]
    y = y + slope_between * middles[groups] + 0.3 * generator.standard_normal(3)[groups]
    means = np.array([[c[groups == g].mean() for g in range(3)] for c in (x, y)])
    return _Grouped(x, y, groups, _r(x, y), _r(*(np.array([x, y]) - means[:, groups])), _r(*means))


_PLACES = (
    ("price", "sales", ("kiosk", "market", "mall"), "shops"),
    ("dose", "recovery", ("mild", "severe", "grave"), "patients"),
    ("lessons", "mistakes", ("first year", "second year", "third year"), "pupils"),
    ("rain", "harvest", ("valley", "slope", "ridge"), "farms"),
)


def _frame(drawn: _Grouped, x: str, y: str, names: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            x: (20 + 3 * drawn.x).round(1),
            y: (60 + 8 * drawn.y).round(1),
            "kind": np.array(names)[drawn.groups],
        }
    )


@kind(transfer=True)
def within_the_groups(generator: np.random.Generator) -> Exercise:
    """What holds within groups, where all together say something else."""
    x, y, names, units = _PLACES[generator.integers(len(_PLACES))]
    sign = int(generator.choice([-1, 0, 1]))
    # The means of the kinds mostly run against what holds within, so that overall misleads.
    way = float(generator.choice([-1, 1]) if sign == 0 else generator.choice([sign, -sign, -sign]))
    drawn = fair(
        lambda: _grouped(generator, 1.0 * sign, (0.3 if way == sign else 1.1) * way),
        lambda one: (
            one.overall * way > 0.3
            and one.between * way > 0.5
            and (one.within * sign > 0.5 if sign else abs(one.within) < 0.12)
        ),
    )
    data = _frame(drawn, x, y, names)
    overall = r_between(data, x, y)
    pooled = correlate_within(data, "kind", adjust="none").pairs().iloc[0]
    within = f"Pooled within the kinds r is {number_text(pooled.r)}, {p_text(pooled.p)}"
    lies = {
        -1: "Between the means of the kinds it runs the other way, and that made "
        f"{number_text(overall)}",
        0: f"The {number_text(overall)} lies between the means of the kinds",
        1: f"Between their means it runs the same way: here the {number_text(overall)} over all "
        "did not deceive, and only a look could tell",
    }
    told = f"{within}. {lies[int(sign * way)]}"
    texts = {1: "clearly positive", 0: "near zero", -1: "clearly negative"}
    means = data.groupby("kind")[[x, y]].mean()

    def reply(value: int) -> Reply:
        if value == sign:
            return Reply(text=texts[value], feedback=f"{told}.", right=True)
        tempting = (
            f"So it is over all {units}, {number_text(overall)}. "
            if value * overall > 0
            else "What holds over all may turn round within, but does not here. "
            if value
            else "Nothing may be left within the kinds, but here something is: follow the points "
            "of one kind, then of the next. "
        )
        return Reply(
            text=texts[value],
            feedback=f"{tempting}{told}.",
            misconception="overall_holds_within",
        )

    return ChooseOne(
        question=f"{x.capitalize()} and {y} of {len(data)} {units} of three kinds: over all r = "
        f"{number_text(overall)}. Pooled within the kinds r is ...",
        figures=[Scatter(data[x], data[y], groups=data["kind"])],
        description=f"{x.capitalize()} against {y}. "
        + " ".join(
            f"The {name} points have means of {row[x]:.0f} and {row[y]:.0f}; the half with more "
            f"{x} has {_halves(data[data['kind'] == name], x, y)}."
            for name, row in means.iterrows()
        ),
        choices=[reply(value) for value in texts],
    )


def _halves(data: pd.DataFrame, x: str, y: str) -> str:
    """The mean of y where x is above its median, and where it is not."""
    above = data[x] > data[x].median()
    return (
        f"{y} {data[y][above].mean():.0f} on average, the other half {data[y][~above].mean():.0f}"
    )


_CODE = {
    "within": '(t - t.groupby(kind).transform("mean")).corr()',
    "between": "t.groupby(kind).mean().corr()",
    "overall": "(t - t.mean()).corr()",
}
_ASKED = {
    "within": "within all kinds at once, pooled",
    "between": "between the means of the kinds",
    "overall": "over all rows, whatever their kind",
}


@kind
def line_for_the_groups(generator: np.random.Generator) -> Exercise:
    """Which line of code looks within groups, between them, or over all."""
    x, y, names, units = _PLACES[generator.integers(len(_PLACES))]
    asked = str(generator.choice(list(_CODE)))
    slope = float(generator.choice([-1, 1]))
    drawn = fair(
        lambda: _grouped(generator, slope, -0.8 * slope),
        lambda one: (
            min(
                abs(one.within - one.between),
                abs(one.within - one.overall),
                abs(one.between - one.overall),
            )
            > 0.15
        ),
    )
    data = _frame(drawn, x, y, names)
    t, kinds = data[[x, y]], data["kind"]
    made = {
        "within": t - t.groupby(kinds).transform("mean"),
        "between": t.groupby(kinds).mean(),
        "overall": t - t.mean(),
    }
    values = {name: r_between(columns, x, y) for name, columns in made.items()}
    does = {
        "within": "takes the mean of its kind out of every row",
        "between": f"leaves one row a kind, {len(names)} in all",
        "overall": "takes the same mean out of every row, which changes no r",
    }
    return ChooseOne(
        question=f"`t` holds {x} and {y} of {len(data)} {units}, and `kind` says of which of three "
        f"kinds each is. Which line gives r {_ASKED[asked]}?",
        choices=[
            Reply(
                text=f"`{line}`",
                feedback=f"This line {does[name]}: r = {number_text(values[name])}."
                if name == asked
                else f"`{line}` {does[name]}: r = {number_text(values[name])}, which is r "
                f"{_ASKED[name]}. Asked for was r {_ASKED[asked]}, "
                f"{number_text(values[asked])}.",
                right=name == asked,
                misconception=None if name == asked else "overall_holds_within",
            )
            for name, line in _CODE.items()
        ],
    )


class _Pair(NamedTuple):
    r: float
    n: int
    other_r: float
    other_n: int

    @property
    def p(self) -> float:
        return p_of_r(self.r, self.n)

    @property
    def other_p(self) -> float:
        return p_of_r(self.other_r, self.other_n)

    @property
    def difference_p(self) -> float:
        """That of the difference of two r from separate rows, by Fisher's z (1921)."""
        z = np.arctanh(self.r) - np.arctanh(self.other_r)
        return float(2 * special.ndtr(-abs(z) / np.sqrt(1 / (self.n - 3) + 1 / (self.other_n - 3))))


@kind(transfer=True)
def do_they_differ(generator: np.random.Generator) -> Exercise:
    """Whether two groups differ in r, where one has a star and the other has none."""
    x, y, (one_name, other_name) = (
        ("sleep", "marks", ("girls", "boys")),
        ("rain", "accidents", ("villages", "towns")),
        ("coffee", "pulse", ("smokers", "non-smokers")),
    )[generator.integers(3)]
    is_apart = bool(generator.integers(2))

    def draw() -> _Pair:
        sizes = [int(size) for size in generator.integers(15, 120, 2)]
        r, other = (round(float(value), 2) for value in generator.uniform(-0.3, 0.8, 2))
        return _Pair(r, sizes[0], other, sizes[1])

    pair = fair(
        draw,
        lambda one: (
            one.p < 0.02
            and one.other_p > 0.12
            and abs(one.r) > abs(one.other_r)
            and (one.difference_p < 0.002 if is_apart else one.difference_p > 0.2)
        ),
    )
    differ = f"the test of the difference gives {p_text(pair.difference_p)}"
    stars = (
        f"{one_name} have a star, {p_text(pair.p)}, and {other_name} have none, "
        f"{p_text(pair.other_p)}"
    )
    groups = (
        f"{x.capitalize()} and {y}: r = {number_text(pair.r)} among {pair.n} {one_name} and "
        f"{number_text(pair.other_r)} among {pair.other_n} {other_name}. At 5 % {stars}."
    )
    apart = f"{abs(pair.r - pair.other_r):.2f}"
    if generator.random() < 0.2:
        return _one_by_one(groups, stars, apart, differ)
    first = ChooseOne(
        question=f"{groups} Do the two groups differ in r, beyond chance?",
        choices=[
            Reply(
                text="Yes",
                feedback=f"{differ.capitalize()}: two groups with the same true r are seldom so "
                "far apart."
                if is_apart
                else f"{differ.capitalize()}: two groups with the same true r are often so far "
                "apart.",
                right=is_apart,
                misconception=None if is_apart else "one_star_makes_a_difference",
                holds=(pair.difference_p < 0.05) == is_apart,
            ),
            Reply(
                text="That is not shown",
                feedback="One r without a star may seem to leave it open. But the two r differ, "
                f"and {differ}."
                if is_apart
                else f"{differ.capitalize()}. They may have the same true r, or different ones.",
                right=not is_apart,
                misconception="no_star_says_nothing" if is_apart else None,
                holds=(pair.difference_p > 0.05) != is_apart,
            ),
        ],
    )
    rows = f"{pair.n} and {pair.other_n} rows"
    why = ChooseOne(
        question="Why?",
        choices=[
            Reply(
                text=_STARS_DIFFER,
                feedback="Each star asks whether one r is zero. Whether the two differ is another "
                f"question: {differ}.",
                misconception="one_star_makes_a_difference",
            ),
            Reply(
                text=_FARTHER,
                feedback=f"They are {apart} apart, and {differ}."
                if is_apart
                else f"They are {apart} apart, which may look far. With {rows} it is not: "
                f"{differ}.",
                right=is_apart,
                misconception=None if is_apart else "one_star_makes_a_difference",
            ),
            Reply(
                text=_NO_FARTHER,
                feedback=f"They are {apart} apart, and {differ}."
                if not is_apart
                else f"With {rows} chance moves an r a good deal, but seldom so far: they are "
                f"{apart} apart, and {differ}.",
                right=not is_apart,
                misconception="no_star_says_nothing" if is_apart else None,
            ),
        ],
    )
    return TwoTier(question=first.question, first=first, why=why)


_STARS_DIFFER, _FARTHER, _NO_FARTHER = (
    "One r has a star, and the other has none",
    "The two r are farther apart than chance often has them",
    "The two r are no farther apart than chance often has them",
)


def _one_by_one(groups: str, stars: str, apart: str, differ: str) -> Exercise:
    """The same two groups, each asked about by itself."""
    first = ChooseOne(
        question=f"{groups} Take each group by itself. Is a link shown in one of them, and none "
        "shown in the other?",
        choices=[
            Reply(
                text="Yes",
                feedback=f"{stars[0].upper()}{stars[1:]}. None shown is not the same as shown that "
                "there is none.",
                right=True,
            ),
            Reply(
                text="That is not shown",
                feedback=f"Whether the two differ is another question. Each by itself, {stars}.",
                misconception="no_star_says_nothing",
            ),
        ],
    )
    alone = "Each group is asked about by itself here"
    why = ChooseOne(
        question="Why?",
        choices=[
            Reply(
                text=_STARS_DIFFER,
                feedback="A star says that zero is ruled out for this one r, and that was asked of "
                "each.",
                right=True,
            ),
            Reply(
                text=_FARTHER,
                feedback=f"{alone}, and how far apart the two are, {apart}, tells of neither.",
                misconception="one_star_makes_a_difference",
            ),
            Reply(
                text=_NO_FARTHER,
                feedback=f"{alone}. Their difference was not asked for: {differ}.",
                misconception="one_star_makes_a_difference",
            ),
        ],
    )
    return TwoTier(question=first.question, first=first, why=why)


_MODELS = (
    ("price", "advertising", "sales"),
    ("water", "sun", "growth"),
    ("training", "sleep", "speed"),
)


@kind(transfer=True)
def parallel_or_not(generator: np.random.Generator) -> Exercise:
    """Whether two predictors interact, read from lines and not from their r."""
    x, other, outcome = _MODELS[generator.integers(len(_MODELS))]
    is_product = bool(generator.integers(2))
    r = round(float(generator.choice([0.05, 0.1, 0.6, 0.75])) * int(generator.choice([-1, 1])), 2)
    slope = round(float(generator.uniform(0.5, 1.5)), 1) * int(generator.choice([-1, 1]))
    change = round(float(generator.uniform(1.0, 2.0)), 1) * int(generator.choice([-1, 1]))
    lift = round(float(generator.uniform(2, 5)), 1)
    much = round(slope + (change if is_product else 0.0), 1)
    steps = np.arange(11)
    low, high = 20 + slope * steps, 20 + lift + much * steps
    lines = pd.DataFrame({f"little {other}": low, f"much {other}": high}, pd.Index(steps, name=x))
    rise = (
        f"by {number_text(slope, 1)} for each step of {x} with little {other}, and by "
        f"{number_text(much, 1)} with much"
    )
    known = f"That the two correlate at {number_text(r)} says how they go together"
    return ChooseOne(
        question=f"What a model predicts of {outcome}, over {x}, with little and with much "
        f"{other}. In the table {x} and {other} correlate at r = {number_text(r)}. Do the two "
        f"interact on {outcome}, by this model?",
        figures=[Lines(lines, y=f"predicted {outcome}")],
        description=f"Two straight lines over {x} from 0 to 10. With little {other} the predicted "
        f"{outcome} goes from {low[0]:.1f} to {number_text(low[-1], 1)}, with "
        f"much from {high[0]:.1f} to {number_text(high[-1], 1)}.",
        choices=[
            Reply(
                text=f"Yes: what {x} does depends on {other}",
                feedback=f"{outcome.capitalize()} changes {rise}. {known}, which is another "
                "question."
                if is_product
                else f"What {x} does is the same: {outcome} changes {rise}. The lines lie apart, "
                "and stay as far "
                "apart.",
                right=is_product,
                misconception=None if is_product else "correlated_means_interacting",
                holds=(slope != much) == is_product,
            ),
            Reply(
                text=f"No: what {x} does is the same with little {other} and with much",
                feedback=f"What {x} does differs: {outcome} changes {rise}."
                if is_product
                else f"{outcome.capitalize()} changes {rise}. {known}, which is another question.",
                right=not is_product,
                misconception="correlated_means_interacting" if is_product else None,
                holds=(slope == much) != is_product,
            ),
            Reply(
                text=f"r decides: with {number_text(r)} they "
                + ("do" if abs(r) > 0.3 else "do not"),
                feedback=f"{known}. Whether the effect of one depends on the other, the outcome "
                f"has to say: it changes {rise}.",
                misconception="correlated_means_interacting",
            ),
        ],
    )


@kind(transfer=True)
def rate_or_count(generator: np.random.Generator) -> Exercise:
    """Whether a link with a column is there, or was made by dividing through it."""
    thing, units = (("libraries", "towns"), ("breakdowns", "bus lines"), ("doctors", "districts"))[
        generator.integers(3)
    ]
    rows = int(generator.integers(30, 61))
    falls = bool(generator.integers(2))

    def draw() -> pd.DataFrame:
        z = generator.standard_normal(rows)
        size = np.exp(0.8 * z)
        mean = 14 * np.exp(-0.45 * z) if falls else np.full(rows, 12.0)
        return pd.DataFrame({"size": (10 * size).round(1), "count": generator.poisson(mean) + 1})

    def rho(one: pd.DataFrame, name: str) -> float:
        return float(one["size"].rank().corr(one[name].rank()))

    data = fair(
        draw,
        lambda one: rho(one, "count") < -0.65 if falls else abs(rho(one, "count")) < 0.1,
    ).assign(rate=lambda one: one["count"] / one["size"])
    found = correlate(data, "spearman", adjust="none")
    of_rate, of_count = (
        (float(found.r[name]["size"]), float(found.p[name]["size"])) for name in ("rate", "count")
    )
    told = (
        f"Counted, {thing} and inhabitants have ρ = {number_text(of_count[0])}, "
        f"{p_text(of_count[1])}"
    )
    scale = f"{thing} per 1000 inhabitants"
    above = data["size"] > data["size"].median()
    halves = [data["count"][half].mean() for half in (above, ~above)]
    size = data["size"].rename("inhabitants, thousands")
    first = ChooseOne(
        question=f"Of {rows} {units} the larger ones have fewer {scale}: ρ = "
        f"{number_text(of_rate[0])}. Do the larger {units} have fewer {thing}?",
        figures=[
            Scatter(size, data["rate"].rename(scale)),
            Scatter(size, data["count"].rename(f"{thing}, counted")),
        ],
        description=f"Inhabitants against {scale}, which fall, and against {thing} counted: in the "
        f"half with more inhabitants there are {halves[0]:.1f} on average, in the other half "
        f"{halves[1]:.1f}.",
        choices=[
            Reply(
                text="Yes",
                feedback=f"{told}." if falls else f"{told}. No link shows there.",
                right=falls,
                misconception=None if falls else "engineered_is_measured",
                holds=(of_count[1] < 0.01) == falls,
            ),
            Reply(
                text="That is not shown",
                feedback=f"{told}: it is there without the division, too." if falls else f"{told}.",
                right=not falls,
                misconception="engineered_is_measured" if falls else None,
                holds=(of_count[1] > 0.3) != falls,
            ),
        ],
    )
    why = ChooseOne(
        question="Why?",
        choices=[
            Reply(
                text="The division alone makes such a link, and counted there is none to be seen",
                feedback=f"Not here. {told}."
                if falls
                else f"{told}. Divided by the inhabitants the same numbers have "
                f"{number_text(of_rate[0])}.",
                right=not falls,
                misconception="engineered_is_measured" if falls else None,
            ),
            Reply(
                text="They are fewer where nothing was divided, too",
                feedback=f"{told}. The division adds to it: {number_text(of_rate[0])}."
                if falls
                else f"They are not. {told}.",
                right=falls,
                misconception=None if falls else "engineered_is_measured",
                holds=not falls or of_rate[0] < of_count[0],
            ),
            Reply(
                text=f"ρ = {number_text(of_rate[0])} is too large for chance",
                feedback="So it is, and it was built in: whatever is divided by a column tends to "
                f"go against that column. {told}.",
                misconception="engineered_is_measured",
                holds=of_rate[1] < 0.001,
            ),
        ],
    )
    return TwoTier(
        question=first.question,
        figures=first.figures,
        description=first.description,
        first=first,
        why=why,
    )
