"""Beyond lines and order: dependence of any shape, and the noise that looks like it."""

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.methods.measuring import cloud, coefficient
from lessons.tables import NOTTINGHAM, QUAKES, WINE, table
from lib.charts import Bars, Histogram, Scatter, number_text
from lib.course import (
    Band,
    Choice,
    Estimate,
    Exhibit,
    Goal,
    Mistake,
    Option,
    Outcome,
    Predict,
    Seed,
    Slider,
    Step,
    Task,
    fill,
    working,
)
from lib.stats import (
    MutualInformation,
    correlation_ratio,
    distance_correlate,
    mutual_information,
)

_PARTS = ("everything", "lower half", "upper half")


class ZeroIsNotNothing(Step):
    """
    ### Zero is not nothing

    A pale cell says that no line goes through the cloud. People read it as *these two have nothing
    to do with each other*, as *independent*. That is a much larger claim.

    Two measures take it seriously. *Distance correlation* asks whether rows that are near in one
    column are near in the other, in whatever shape. *Mutual information* asks what one column tells
    about the other. Its unit is the *nat*, from natural logarithms, and in nats it has no upper
    end. Beside the others it is drawn as the |r| that a straight cloud would need for as much
    information.
    """

    tables = (QUAKES, WINE, NOTTINGHAM)

    pair = Choice(
        "Pair",
        (
            "flavanoids, colour",
            "longitude, depth",
            "latitude, depth",
            "month, temperature",
            "parabola",
            "circle",
            "noise",
        ),
        default="flavanoids, colour",
    )
    part = Choice("Part of x", _PARTS, default="everything")
    seed = Seed("Draw of the last three")

    predict = Predict(
        "Earthquakes off Fiji: latitude and depth have r = {r:.2f} and ρ = {rho:.2f}. Are they "
        "independent?",
        choices=[
            Option(
                text="Yes: both measures are as good as zero",
                value="independent",
                feedback=(
                    "Two measures agree, and both ask the same kind of question: does it go up or "
                    "down? It does one, then the other. Mutual information is {mi:.2f} nats; a "
                    "straight cloud would need |r| = {mi_as_r:.2f} for that."
                ),
                misconception="zero_means_independent",
            ),
            Option(
                text="No: knowing one tells something about the other",
                value="dependent",
                feedback=(
                    "Mutual information is {mi:.2f} nats, distance correlation {distance:.2f}. "
                    "Within the southern half r is {r_lower:.2f}, within the northern "
                    "{r_upper:.2f}: together they cancel."
                ),
            ),
            Option(
                text="Nearly: a link so weak does not matter",
                value="weak",
                feedback=(
                    "Weak as a *line*, at {r:.2f}. But within the southern half r is {r_lower:.2f} "
                    "and within the northern {r_upper:.2f}. Two links that cancel are not a weak "
                    "one."
                ),
                misconception="zero_means_independent",
            ),
        ],
        answer=lambda exhibit: "dependent" if float(exhibit.facts["mi"]) > 0.1 else "independent",
        answer_at={"pair": "latitude, depth"},
    )

    task = Task(
        "Find a pair whose |r| is below {almost_zero:.1f} although its mutual information exceeds "
        "{a_lot:.1f} nats. Then look at a half of it in which |r| is above {visible:.1f}.",
        goals=[
            Goal(
                "Over the whole pair |r| is below {almost_zero:.1f}: now r is {r:.2f}",
                met=lambda state: abs(state["r"]) < state["almost_zero"],
            ),
            Goal(
                "The mutual information exceeds {a_lot:.1f} nats: now {mi:.2f}",
                met=lambda state: state["mi"] > state["a_lot"],
            ),
            Goal(
                "In the part on the screen |r| is above {visible:.1f}: now r is {r_here:.2f}",
                met=lambda state: abs(state["r_here"]) > state["visible"],
            ),
        ],
        solution={
            "pair": "latitude, depth",
            "part": "lower half",
        },
        hints=[
            "Compare the first bar with the last two.",
            "What rises and then falls has no r. Half of it has.",
            "The earthquakes with latitude will do. So will a parabola.",
        ],
    )

    mistakes = [
        Mistake(
            "Here everything is small: r = {r:.2f}, and mutual information {mi:.2f} nats. So it "
            "looks when there really is nothing.",
            when=lambda state: state["mi"] <= state["a_lot"],
            example={"pair": "noise"},
            misconception="zero_means_independent",
        ),
        Mistake(
            "A fine find: r = {r:.2f}, and {mi:.2f} nats. Yet neither half has an r to speak of; "
            "this one has {r_here:.2f}. Whatever half of a ring you take, it goes up and "
            "comes down.",
            when=lambda state: state["pair"] == "circle" and state["part"] != "everything",
            example={"pair": "circle", "part": "lower half"},
            misconception="halves_show_everything",
        ),
        Mistake(
            "A lot of information, {mi:.2f} nats. But r = {r:.2f} is not zero: a heatmap shows a "
            "tint here. Look for a pair that it would call pale.",
            when=lambda state: abs(state["r"]) >= state["almost_zero"],
            example={"pair": "longitude, depth"},
            misconception="zero_means_independent",
        ),
        Mistake(
            "That is such a pair: r = {r:.2f}, and {mi:.2f} nats. Now look at one half of it.",
            when=lambda state: state["part"] == "everything",
            example={"pair": "latitude, depth"},
            misconception="zero_means_independent",
        ),
    ]

    learned = [
        Outcome(
            "r = {r:.2f} over everything, {r_lower:.2f} and {r_upper:.2f} in the two halves, "
            "{mi:.2f} nats of mutual information. Zero says: no line. It does not say: no link."
        )
    ]

    def show(self, pair: str, part: str, seed: int) -> Exhibit:
        whole, lower, upper, here = (_rows(pair, seed, name) for name in (*_PARTS, part))
        facts: dict[str, Any] = {
            "almost_zero": 0.1,
            "a_lot": 0.4,
            "visible": 0.3,
            "n": len(whole),
            **_measured(pair, seed, "everything"),
            "r_lower": _r(lower),
            "r_upper": _r(upper),
            "r_here": _r(here),
        }
        if pair == "month, temperature":
            months = correlation_ratio(whole["month"], whole["temperature"])
            facts["eta_squared"] = months**2
        bars = pd.DataFrame(
            {"everything": _as_bars(facts)}
            | ({} if part == "everything" else {part: _as_bars(_measured(pair, seed, part))})
        )
        eta = " η² of the months is {eta_squared:.2f}." if "eta_squared" in facts else ""
        return Exhibit(
            figures=(
                Scatter(
                    here.iloc[:, 0],
                    here.iloc[:, 1],
                    title=f"{pair}: r = {number_text(facts['r_here'])}, {len(here)} rows",
                    line=True,
                ),
                Bars(bars, title="Five answers", x="strength, in size"),
            ),
            facts=facts,
            table=bars.round(3).rename_axis("measure"),
            description=fill(
                "A scatter plot of {n} rows and bars for five measures. r is {r:.2f}, ρ "
                "{rho:.2f}, τ {tau:.2f}, distance correlation {distance:.2f}, mutual information "
                "{mi:.2f} nats; the halves have r {r_lower:.2f} and {r_upper:.2f}." + eta,
                facts,
            ),
        )


def _rows(pair: str, seed: int, part: str) -> pd.DataFrame:
    """The rows of a pair whose x is in this part of it."""
    whole = _pair(pair, seed)
    x = whole.iloc[:, 0]
    match part:
        case "lower half":
            return whole[x <= x.median()]
        case "upper half":
            return whole[x > x.median()]
    return whole


def _r(data: pd.DataFrame) -> float:
    return coefficient(data.iloc[:, 0], data.iloc[:, 1])


@lru_cache(maxsize=64)
def _pair(name: str, seed: int) -> pd.DataFrame:
    """The two columns, x first."""
    rng = np.random.default_rng(seed)
    match name:
        case "flavanoids, colour":
            return table("wine")[["flavanoids", "color_intensity"]]
        case "longitude, depth":
            return table("quakes")[["long", "depth"]]
        case "latitude, depth":
            return table("quakes")[["lat", "depth"]]
        case "month, temperature":
            series = table("nottingham")["temperature"]
            return pd.DataFrame(
                {"month": series.index.month, "temperature": series.to_numpy()}  # type: ignore[attr-defined]
            )
        case "parabola":
            x = rng.uniform(-1, 1, 300)
            y = x**2 + 0.05 * rng.normal(size=300)
        case "circle":
            angle = rng.uniform(0, 2 * np.pi, 300)
            x = np.cos(angle) + 0.05 * rng.normal(size=300)
            y = np.sin(angle) + 0.05 * rng.normal(size=300)
        case _:
            x, y = rng.normal(size=300), rng.normal(size=300)
    return pd.DataFrame({"x": x, "y": y})


@lru_cache(maxsize=256)
def _measured(pair: str, seed: int, part: str) -> dict[str, float]:
    data = _rows(pair, seed, part)
    x, y = data.iloc[:, 0], data.iloc[:, 1]
    # Twelve months are twelve groups: as neighbours on a line they would all be ties.
    informing = data.astype({"month": "category"}) if pair == "month, temperature" else data
    mi = float(mutual_information(informing).value.to_numpy()[0, 1])
    return {
        "r": _r(data),
        "rho": coefficient(x, y, "Spearman"),
        "tau": coefficient(x, y, "Kendall"),
        "distance": float(distance_correlate(data).value.to_numpy()[0, 1]),
        "mi": mi,
        "mi_as_r": float(np.sqrt(1 - np.exp(-2 * mi))),
    }


def _as_bars(measured: dict[str, Any]) -> "pd.Series[float]":
    return pd.Series(
        {
            "Pearson |r|": abs(measured["r"]),
            "Spearman |ρ|": abs(measured["rho"]),
            "Kendall |τ|": abs(measured["tau"]),
            "distance correlation": measured["distance"],
            "information as |r|": measured["mi_as_r"],
        }
    )


class NoiseFloor(Step):
    """
    ### What noise knows

    Mutual information is never negative. So its estimates cannot scatter around zero: they scatter
    *above* it. A positive number is what you get, link or no link.

    How much is noise? Shuffle one column. Every link is gone, every value is still there. Measure
    again, and again. What nineteen of twenty shuffles stay below is the *floor*.

    The two columns form a *normal cloud*: an ellipse, densest in its middle. You decide how strong
    the true link is and how many rows there are. The estimate looks at how near each row's *nearest
    neighbours* are; you decide at how many of them.
    """

    rows = Choice("Rows", ("30", "100", "300", "1000"), default="30")
    strength = Slider("True r", 0.0, 0.9, default=0.0, step=0.1)
    neighbours = Slider("Neighbours", 1, 10, default=3)
    shuffles = Choice("Shuffles", ("none", "20", "200"), default="none")
    seed = Seed("Draw")
    answers = {"verdict": Choice("This pair", ("beats noise", "may be noise"), default=None)}

    predict = Estimate(
        "Two columns of noise, {n} rows. They share nothing. What is their *estimated* mutual "
        "information on average, in nats?",
        low=0,
        high=0.5,
        step=0.01,
        tolerance=0.025,
        feedback=(
            "Over {shuffled} shuffles the mean is {floor_mean:.3f}, and one in twenty exceeds "
            "{floor:.2f}. The truth is zero."
        ),
        bands=[
            Band(
                low=0,
                high=0.03,
                feedback=(
                    "Zero is the truth, and an estimate that cannot go below it errs upwards. The "
                    "mean of {shuffled} shuffles is {floor_mean:.3f}, the floor {floor:.2f}."
                ),
                misconception="positive_information_is_a_link",
            ),
            Band(
                low=0.03,
                high=0.2,
                feedback=(
                    "A value like that does happen: one shuffle in twenty exceeds {floor:.2f}. The "
                    "mean is {floor_mean:.3f}."
                ),
                misconception="positive_information_is_a_link",
            ),
            Band(
                low=0.2,
                high=0.6,
                feedback=(
                    "Not that bad. The mean of {shuffled} shuffles is {floor_mean:.3f}, and one in "
                    "twenty exceeds {floor:.2f}."
                ),
                misconception="information_is_a_share",
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["floor_mean"]),
        answer_at={"shuffles": "200"},
    )

    task = Task(
        "Take a true r of {wanted:.1f} or more, find its floor with the larger number of shuffles, "
        "and say whether the value beats noise.",
        goals=[
            Goal(
                "The true r is at least {wanted:.1f}: now {strength:.1f}",
                met=lambda state: state["strength"] >= state["wanted"],
            ),
            Goal(
                "The floor comes from the larger number of shuffles: now {shuffled}",
                met=lambda state: state["shuffled"] >= 200,
            ),
            Goal(
                "Whether the value beats noise is said rightly",
                met=lambda state: (
                    state["shuffled"] >= 200
                    and state["verdict"] is not None
                    and (state["verdict"] == "beats noise") == state["above"]
                ),
            ),
        ],
        solution={
            "strength": 0.8,
            "shuffles": "200",
            "verdict": "beats noise",
        },
        hints=[
            "First the truth: move the slider. Then the shuffles.",
            "The value is the vertical line, and so is the floor. Which lies farther right?",
            "Below the floor the honest verdict is *may be noise*, even if you know better.",
        ],
    )

    mistakes = [
        Mistake(
            "{mi:.2f} nats, and nothing to compare it with. Shuffle first.",
            when=lambda state: state["verdict"] is not None and state["shuffled"] == 0,
            example={"verdict": "beats noise"},
            misconception="positive_information_is_a_link",
        ),
        Mistake(
            "The value is {mi:.2f}, and the shuffles reach {floor:.2f} with no link at all. That "
            "is what noise gives.",
            when=lambda state: (
                state["verdict"] == "beats noise" and state["shuffled"] > 0 and not state["above"]
            ),
            example={"shuffles": "200", "verdict": "beats noise"},
            misconception="positive_information_is_a_link",
        ),
        Mistake(
            "The value is {mi:.2f} and the floor {floor:.2f}. Noise would have to be lucky.",
            when=lambda state: (
                state["verdict"] == "may be noise" and state["shuffled"] > 0 and state["above"]
            ),
            example={"strength": 0.9, "shuffles": "200", "verdict": "may be noise"},
            misconception="information_is_a_share",
        ),
        Mistake(
            "Twenty shuffles have only one value at the top, and the floor is that one, or nearly: "
            "{floor:.2f}. Take more.",
            when=lambda state: state["shuffled"] == 20,
            example={"strength": 0.8, "shuffles": "20"},
            misconception="positive_information_is_a_link",
        ),
        Mistake(
            "True, and you measured noise: {mi:.2f} nats, under a floor of {floor:.2f}. Now give "
            "it a link to find.",
            when=lambda state: state["shuffled"] > 0 and state["strength"] < state["wanted"],
            example={"shuffles": "200", "verdict": "may be noise"},
            misconception="positive_information_is_a_link",
        ),
    ]

    learned = [
        Outcome(
            "{n} rows of pure noise reach {floor:.2f} nats in one shuffle of twenty. Mutual "
            "information without its floor is not a finding; here it is {mi:.2f}."
        )
    ]

    def show(
        self, rows: str, strength: float, neighbours: int, shuffles: str, seed: int
    ) -> Exhibit:
        n, count = int(rows), 0 if shuffles == "none" else int(shuffles)
        data = _linked(n, strength, seed)
        mi = _information(data, neighbours)
        facts: dict[str, Any] = {
            "n": n,
            "wanted": 0.5,
            "r": coefficient(data.x, data.y),
            "mi": mi,
            "theory": float(-0.5 * np.log(1 - strength**2)),
            "shuffled": count,
        }
        marks = {"this pair": mi}
        null = _shuffled(n, strength, neighbours, count, seed)
        if count:
            floor = float(np.percentile(null, 95))
            facts |= {
                "floor_mean": float(np.mean(null)),
                "floor": floor,
                "above": bool(mi > floor),
            }
            marks["floor"] = floor
        words = (
            "Shuffled {shuffled} times it has a mean of {floor_mean:.3f} and a floor of "
            "{floor:.3f}."
            if count
            else "It has not been shuffled yet."
        )
        cloud_of_points = Scatter(data.x, data.y, title=f"r = {number_text(facts['r'])}, {n} rows")
        null_values = pd.Series(null, name="mutual information, nats", dtype=float)
        return Exhibit(
            figures=(
                (
                    cloud_of_points,
                    Histogram(null_values, title=f"{count} shuffles", bins=30, marks=marks),
                )
                if count
                else (cloud_of_points,)
            ),
            facts=facts,
            table=pd.DataFrame(
                {
                    "nats": {
                        "this pair": mi,
                        "theory, for this true r": facts["theory"],
                        **(
                            {"mean of the shuffles": facts["floor_mean"], "floor": facts["floor"]}
                            if count
                            else {}
                        ),
                    }
                }
            ).round(4),
            description=fill(
                "A pair of {n} rows with r = {r:.2f} and an estimated mutual information of "
                "{mi:.3f} nats. " + words,
                facts,
            ),
        )


def _linked(n: int, strength: float, seed: int) -> pd.DataFrame:
    noise = cloud(n, seed)
    return noise.assign(y=strength * noise.x + np.sqrt(1 - strength**2) * noise.y)


def _information(data: pd.DataFrame, neighbours: int) -> float:
    return float(mutual_information(data, neighbours=neighbours).value.to_numpy()[0, 1])


@lru_cache(maxsize=256)
def _shuffled(n: int, strength: float, neighbours: int, shuffles: int, seed: int) -> list[float]:
    """Of x and the shuffled y. `mutual_information` would check hundreds of tables anew."""
    columns = _linked(n, strength, seed).to_numpy()
    noise = np.random.default_rng(0).standard_normal(columns.shape)
    estimate = MutualInformation(columns, np.array([False, False]), noise, neighbours)
    generator = np.random.default_rng(seed)
    x, y = np.array([0]), np.array([1])
    values = []
    for done in range(shuffles):
        working(done / shuffles, "Shuffling")
        order = np.array([[np.arange(n), generator.permutation(n)]])
        values.append(float(estimate(order, x, y)[0, 0]))
    return values
