"""Beyond lines and order: dependence of any shape, and the noise that looks like it."""

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.methods.measuring import cloud, coefficient
from lessons.tables import NOTTINGHAM, QUAKES, WINE, table
from lib.charts import Bars, Histogram, Scatter, number_text
from lib.course import (
    Choice,
    Claim,
    Exhibit,
    Goal,
    LabAddress,
    Mistake,
    Option,
    Outcome,
    Predict,
    Seed,
    Slider,
    State,
    Step,
    Task,
    Value,
    fill,
    working,
)
from lib.stats import (
    MutualInformation,
    chatterjee_xi,
    correlation_ratio,
    distance_correlate,
    mutual_information,
)

_PARTS = ("everything", "lower half", "upper half")
_MEASURED = ("flavanoids, colour", "longitude, depth", "latitude, depth", "month, temperature")

_CANCEL, _UNRELATED, _FEW = "It goes both ways", "There is no link", "Too few rows to tell"


class ZeroIsNotNothing(Step):
    """
    ### Zero is not nothing

    r is zero where the straight line that fits a cloud best is level. People read a cell of zero as
    *these two have nothing to do with each other*, as *independent*. That is a much larger claim.

    Three measures take it seriously. *Distance correlation* asks whether rows that are near in one
    column are near in the other, in whatever shape. *Mutual information* asks what one column tells
    about the other. Its unit is the *nat*, from natural logarithms, and between numbers it has no
    upper end. Beside the others it is drawn as the |r| that a straight cloud would need for as much
    information. *Chatterjee's ξ* (xi) asks one way at a time: does y follow from x? Of many rows
    it is near one if y does so without noise, and near zero if the two are independent. The y of a
    parabola follows from x. Its x does not follow from y, since each y has two. ξ has a scale of
    its own, not that of |r|.

    First you see the right half of a parabola, and its bars beside those of the whole. One pair is
    noise: two columns that are independent. None of the three has to be exactly zero there, since
    all are estimated, from {n} rows.
    """

    readings = {
        "r, here": "{r_here:.2f}",
        "r, whole pair": "{r:.2f}",
        "mutual information, nats": "{mi:.2f}",
        "ξ, y from x and x from y": "{xi:.2f}, {xi_back:.2f}",
    }

    tables = (QUAKES, WINE, NOTTINGHAM)

    pair = Choice("Pair", (*_MEASURED, "parabola", "circle", "noise"), default="parabola")
    part = Choice("Part of x", _PARTS, default="upper half")
    seed = Seed("Draw of a drawn pair", default=8)
    answers = {"because": Choice("Why r is so small", (_CANCEL, _UNRELATED, _FEW), default=None)}
    typical = ("r", "mi", "distance", "xi", "xi_back")

    predict = Predict(
        "A parabola, falling and then rising again, with hardly any noise: r = {r:.2f}. You look "
        "at its right half alone, where it rises, more and more steeply. There r is ...",
        choices=[
            Option(
                text="near zero as well: half of nothing",
                value="none",
                feedback=(
                    "It was not nothing: two halves cancelled. The left has {r_lower:.2f}, the "
                    "right {r_upper:.2f}."
                ),
                misconception="zero_means_independent",
                holds=lambda state: state["r_lower"] < 0 < state["r_upper"],
            ),
            Option(
                text="about a half: it rises, but along a bend",
                value="half",
                feedback=(
                    "A bend costs r less than one thinks, as long as it rises throughout: "
                    "{r_upper:.2f}. What cost everything was the turn."
                ),
                misconception="only_a_line_has_a_high_r",
                holds=lambda state: state["r_upper"] > 0.9,
            ),
            Option(
                text="near one: it rises all the way",
                value="near one",
                feedback=(
                    "{r_upper:.2f}, and {r_lower:.2f} in the left half. So a high r is no proof of "
                    "a straight line, and a low one no proof of nothing."
                ),
                tempting=True,
                holds=lambda state: (
                    state["r_lower"] < -0.9
                    and state["r_upper"] > 0.9
                    and abs(state["r"]) < state["almost_zero"]
                ),
            ),
        ],
        answer=lambda exhibit: _how_high(float(exhibit.facts["r_upper"])),
    )

    task = Task(
        "Among the measured pairs find one whose |r| is below {almost_zero:.1f} although its "
        "mutual information exceeds {a_lot:.1f} nats. Show a half of it in which |r| is above "
        "{visible:.1f}, and say why r was so small.",
        goals=[
            Goal(
                "The pair was measured, not drawn: now {pair}",
                met=lambda state: state["is_measured"],
            ),
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
            Goal(
                "Why r of the whole pair is so small is said rightly",
                met=lambda state: state["because"] is not None and state["because"] == _why(state),
            ),
        ],
        solution={"pair": "latitude, depth", "part": "lower half", "because": _CANCEL},
        hints=[
            "Compare the bar of |r| with that of the information.",
            "What rises and then falls can have an r of zero. Half of it has not.",
            "Where do the earth's plates dive? Try the earthquakes.",
        ],
    )

    mistakes = [
        Mistake(
            "A fine find, though drawn and not measured: r = {r:.2f}, and {mi:.2f} nats. Yet this "
            "half has no r to speak of, {r_here:.2f}: half of a ring goes up and comes down again.",
            when=lambda state: (
                state["pair"] == "circle"
                and state["part"] != "everything"
                and abs(state["r"]) < state["almost_zero"]
            ),
            example={"pair": "circle", "part": "lower half"},
            misconception="halves_show_everything",
            holds=lambda state: (
                state["mi"] > state["a_lot"] and abs(state["r_here"]) < state["visible"]
            ),
        ),
        Mistake(
            "{mi:.2f} nats are a link: as much as in a straight cloud with |r| = {mi_as_r:.2f}.",
            when=lambda state: state["because"] == _UNRELATED and state["mi"] > state["a_lot"],
            example={"pair": "latitude, depth", "because": _UNRELATED},
            misconception="zero_means_independent",
            holds=lambda state: abs(state["mi"] + np.log(1 - state["mi_as_r"] ** 2) / 2) < 1e-9,
        ),
        Mistake(
            "Here nothing cancels. r is {r_lower:.2f} in the lower half and {r_upper:.2f} in the "
            "upper, and the mutual information {mi:.2f} nats: it goes neither way.",
            when=lambda state: state["because"] == _CANCEL and state["mi"] <= state["a_lot"],
            example={"pair": "noise", "because": _CANCEL},
            misconception="halves_show_everything",
            holds=lambda state: state["pair"] == "noise",
        ),
        Mistake(
            "There are {n} rows, and r of its halves is {r_lower:.2f} and {r_upper:.2f}. Rows are "
            "not what is missing.",
            when=lambda state: state["because"] == _FEW and state["mi"] > state["a_lot"],
            example={"pair": "latitude, depth", "because": _FEW},
            misconception="zero_means_independent",
            holds=lambda state: state["n"] > 100,
        ),
        Mistake(
            "Here everything is small: r = {r:.2f}, and mutual information {mi:.2f} nats. So it "
            "looks when there really is no link. The task asks for a pair that has one.",
            when=lambda state: state["mi"] <= state["a_lot"],
            example={"pair": "noise", "part": "lower half"},
            misconception="zero_means_independent",
            holds=lambda state: state["pair"] == "noise",
        ),
        Mistake(
            "r = {r:.2f} and {mi:.2f} nats, of a pair that was drawn to have them. Do measured "
            "columns do such a thing?",
            when=lambda state: not state["is_measured"],
            example={"pair": "parabola", "part": "lower half"},
            misconception="zero_means_independent",
        ),
        Mistake(
            "{mi:.2f} nats are a link, and the halves have r = {r_lower:.2f} and {r_upper:.2f}. "
            "But over the whole pair |r| is not below {almost_zero:.1f}: r is {r:.2f}. Here the "
            "map would show at least a tint.",
            when=lambda state: abs(state["r"]) >= state["almost_zero"],
            example={"pair": "longitude, depth"},
            misconception="halves_show_everything",
            holds=lambda state: state["mi"] > state["a_lot"],
        ),
        Mistake(
            "{mi:.2f} nats, and r = {r_here:.2f} in what is on the screen: nothing to be seen of a "
            "link yet. Does it rise all the way, or fall?",
            when=lambda state: abs(state["r_here"]) <= state["visible"],
            example={"pair": "latitude, depth", "part": "everything"},
            misconception="zero_means_independent",
            holds=lambda state: state["part"] == "everything",
        ),
    ]

    learned = [
        Outcome(
            "r = {r:.2f} over everything, {r_lower:.2f} and {r_upper:.2f} in the two halves, "
            "{mi:.2f} nats of mutual information. ξ is {xi:.2f} for depth from latitude, and "
            "{xi_back:.2f} for latitude from depth: the link goes both ways, so that one depth "
            "lies at several latitudes. Zero says that the best line is level. It does not say "
            "that there is no link.",
            holds=lambda state: (
                state["r_lower"] * state["r_upper"] < 0
                and state["mi"] > state["a_lot"]
                and state["pair"] == "latitude, depth"
                and state["xi"] > state["xi_back"]
            ),
        )
    ]

    holds = [
        Claim(
            "The y of a parabola follows from x",
            lambda state: state["pair"] != "parabola" or state["xi"] > 0.6,
        ),
        Claim(
            "Its x does not follow from y",
            lambda state: state["pair"] != "parabola" or state["xi_back"] < 0.4,
        ),
    ]

    def in_the_lab(self, *, pair: str, **_: Any) -> LabAddress:
        name, columns = {
            "flavanoids, colour": ("wine", ("flavanoids", "color_intensity")),
            "latitude, depth": ("quakes", ("lat", "depth")),
            "month, temperature": ("nottingham", ("month", "temperature")),
        }.get(pair, ("quakes", ("long", "depth")))
        settings: dict[str, Value] = {"method": "Pearson", "columns": columns}
        return LabAddress(name, "association_map", settings)

    def show(self, pair: str, part: str, seed: int) -> Exhibit:
        whole, lower, upper, here = (_rows(pair, seed, name) for name in (*_PARTS, part))
        facts: dict[str, Any] = {
            "almost_zero": 0.1,
            "a_lot": 0.4,
            "visible": 0.3,
            "n": len(whole),
            "is_measured": pair in _MEASURED,
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
                Bars(bars, title="Seven answers", x="strength"),
            ),
            facts=facts,
            table=bars.round(3).rename_axis("measure"),
            description=fill(
                "A scatter plot of {n} rows and bars for seven answers. r is {r:.2f}, ρ "
                "{rho:.2f}, τ {tau:.2f}, distance correlation {distance:.2f}, mutual information "
                "{mi:.2f} nats, ξ {xi:.2f} for y from x and {xi_back:.2f} for x from y; the halves "
                "have r {r_lower:.2f} and {r_upper:.2f}." + eta,
                facts,
            ),
        )


def _why(state: State) -> str | None:
    """Why r of the whole pair is so small; None where it is not."""
    if abs(state["r"]) >= state["almost_zero"]:
        return None
    return _CANCEL if state["mi"] > state["a_lot"] else _UNRELATED


def _how_high(r: float) -> str:
    if r > 0.8:
        return "near one"
    return "half" if r > 0.3 else "none"


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
    xi = chatterjee_xi(data, adjust="none").value.to_numpy()
    return {
        "r": _r(data),
        "rho": coefficient(x, y, "Spearman"),
        "tau": coefficient(x, y, "Kendall"),
        "distance": float(distance_correlate(data).value.to_numpy()[0, 1]),
        "mi": mi,
        "mi_as_r": float(np.sqrt(1 - np.exp(-2 * mi))),
        "xi": float(xi[1, 0]),
        "xi_back": float(xi[0, 1]),
    }


def _as_bars(measured: dict[str, Any]) -> "pd.Series[float]":
    return pd.Series(
        {
            "Pearson |r|": abs(measured["r"]),
            "Spearman |ρ|": abs(measured["rho"]),
            "Kendall |τ|": abs(measured["tau"]),
            "distance correlation": measured["distance"],
            "information as |r|": measured["mi_as_r"],
            "ξ, y from x": measured["xi"],
            "ξ, x from y": measured["xi_back"],
        }
    )


_NO_LINK, _MISSED, _FOUND = "There is no link", "A link can be missed", "A link was found"


class NoiseFloor(Step):
    """
    ### What noise knows

    Mutual information itself is never negative. An estimate of it scatters, and where it comes out
    below zero, it is reported as zero. So of noise many estimates are zero, the others lie above
    it, and their mean does so too. To be above zero means little.

    How much is noise? Shuffle one column. Every link is gone, every value is still there. Measure
    again, and again. What nineteen of twenty shuffles stay below is the *floor*.

    The two columns form a *normal cloud*: an ellipse, densest in its middle. You decide how strong
    the true link is and how many rows there are. The estimate looks at how near each row's *nearest
    neighbours* are; you decide at how many of them.
    """

    readings = {
        "mutual information, nats": "{mi:.3f}",
        "compared with": "{against}",
        "r": "{r:.2f}",
    }

    rows = Choice("Rows", ("30", "100", "300", "1000"), default="30")
    strength = Slider("True r", 0.0, 0.9, default=0.0, step=0.1)
    neighbours = Slider("Neighbours", 1, 10, default=3)
    shuffles = Choice("Shuffles", ("none", "20", "200"), default="none")
    seed = Seed("Draw", default=19)
    answers = {
        "verdict": Choice("What it shows", (_NO_LINK, _MISSED, _FOUND), default=None),
    }
    typical = ("r", "mi", "xi")

    predict = Predict(
        "Two columns of noise with {few} rows: one shuffle in twenty exceeds {few_floor:.2f} nats. "
        "With ten times as many rows this floor is ...",
        choices=[
            Option(
                text="about the same: noise is noise",
                value="same",
                feedback=(
                    "It is {floor:.2f} with {n} rows, after {few_floor:.2f} with {few}. The floor "
                    "belongs to the measure, the rows and the neighbours together."
                ),
                misconception="noise_has_one_floor",
                holds=lambda state: state["floor"] < 0.7 * state["few_floor"],
            ),
            Option(
                text="lower: more rows, less scatter",
                value="lower",
                feedback=(
                    "{floor:.2f} with {n} rows, after {few_floor:.2f} with {few}. So there is no "
                    "floor to remember: shuffle your own table."
                ),
                tempting=True,
                holds=lambda state: state["floor"] < state["few_floor"],
            ),
            Option(
                text="higher: more rows, more chance encounters",
                value="higher",
                feedback=(
                    "More rows bring more encounters, and more rows to weigh them against: it is "
                    "{floor:.2f} with {n} rows, after {few_floor:.2f} with {few}."
                ),
                misconception="noise_has_one_floor",
                holds=lambda state: state["floor"] < state["few_floor"],
            ),
        ],
        answer=lambda exhibit: _moved(
            float(exhibit.facts["floor"]) / float(exhibit.facts["few_floor"])
        ),
        answer_at={"rows": "300", "shuffles": "200"},
    )

    task = Task(
        "Set a true r of {wanted:.1f} or more, and find a cloud whose value stays below its floor, "
        "with the larger number of shuffles. Then say what that shows.",
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
                "The value is below its floor: now {mi:.3f}, with {against}",
                met=lambda state: state["shuffled"] > 0 and not state["above"],
            ),
            Goal(
                "What it shows is said rightly",
                met=lambda state: (
                    state["strength"] >= state["wanted"]
                    and state["shuffled"] > 0
                    and state["verdict"] == _MISSED
                ),
            ),
        ],
        solution={"strength": 0.5, "shuffles": "200", "verdict": _MISSED},
        hints=[
            "First the truth: move the slider. Then the shuffles.",
            "The value is the vertical line, and so is the floor. Which lies farther right?",
            "A weaker link and fewer rows are missed more easily. Draw again.",
        ],
    )

    mistakes = [
        Mistake(
            "{mi:.2f} nats, and nothing to compare it with. Shuffle first.",
            when=lambda state: state["shuffled"] == 0,
            example={"strength": 0.5},
            misconception="positive_information_is_a_link",
        ),
        Mistake(
            "The true r is {strength:.1f}: you put the link there yourself, {theory:.3f} nats of "
            "it. The value, {mi:.3f}, lies below the floor of {floor:.3f}. To find nothing is not "
            "to find that nothing is there.",
            when=lambda state: (
                state["verdict"] == _NO_LINK
                and state["shuffled"] > 0
                and state["strength"] > 0
                and not state["above"]
            ),
            example={"strength": 0.5, "shuffles": "200", "verdict": _NO_LINK},
            misconception="under_the_floor_is_nothing",
            holds=lambda state: state["mi"] <= state["floor"] and state["theory"] > 0,
        ),
        Mistake(
            "The value is {mi:.3f}, and one shuffle in twenty exceeds {floor:.3f} with no link at "
            "all. So much is what noise gives.",
            when=lambda state: (
                state["verdict"] == _FOUND and state["shuffled"] > 0 and not state["above"]
            ),
            example={"shuffles": "200", "verdict": _FOUND},
            misconception="positive_information_is_a_link",
            holds=lambda state: state["mi"] <= state["floor"],
        ),
        Mistake(
            "The true r is {strength:.1f}, so {theory:.3f} nats are there to be found, and the "
            "value is {mi:.3f}. What is missed has to be there: the task asks for a stronger link.",
            when=lambda state: state["strength"] < state["wanted"],
            example={"shuffles": "200"},
            misconception="positive_information_is_a_link",
        ),
        Mistake(
            "The value is {mi:.3f}, above the floor of {floor:.3f}: with {n} rows a true r of "
            "{strength:.1f} was found. Not every cloud of such a link shows it.",
            when=lambda state: state["above"],
            example={"strength": 0.9, "shuffles": "200"},
            misconception="under_the_floor_is_nothing",
            holds=lambda state: state["mi"] > state["floor"],
        ),
        Mistake(
            "{mi:.3f} lies below {floor:.3f}. But of {shuffled} shuffles the one or two largest "
            "decide where the floor is, and other shuffles would put it elsewhere.",
            when=lambda state: state["shuffled"] < 200,
            example={"strength": 0.5, "shuffles": "20"},
            misconception="noise_has_one_floor",
            holds=lambda state: state["mi"] <= state["floor"] and state["shuffled"] == 20,
        ),
    ]

    learned = [
        Outcome(
            "A true r of {strength:.1f} is {theory:.2f} nats. {n} rows of it gave {mi:.2f}, below "
            "a floor of {floor:.2f}: a link can be missed. And noise is not zero: of {shuffled} "
            "shuffles {zeros} were reported as zero, and the mean of all is {floor_mean:.3f}. "
            "Of pure noise one value in twenty lies above such a floor, so above it a value is "
            "worth a closer look. Below it, it is no proof of nothing.\n\n"
            "ξ needs no shuffles: how it scatters in noise follows from the number of rows, if no "
            "value comes twice. With {n} rows nineteen of twenty stay below about {xi_floor:.2f}. "
            "Here ξ, y from x, is {xi:.2f}.\n\n"
            "*A place to rest.* So far: r asks for a line, ρ and τ for order, distance "
            "correlation, mutual information and ξ for any link, and each has its noise. Next come "
            "the tests, and what they promise.",
            holds=lambda state: (
                state["mi"] <= state["floor"]
                and 0 < state["zeros"] < state["shuffled"]
                and state["floor_mean"] > 0
            ),
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
            "xi": float(chatterjee_xi(data, adjust="none").value.to_numpy()[1, 0]),
            "xi_floor": _xi_floor(n),
            "shuffled": count,
            "few": _FEW_ROWS,
            "against": "no floor yet",
        }
        marks = {"this pair": mi}
        null = _shuffled(n, strength, neighbours, count, seed)
        if count:
            floor = _floor(null)
            facts |= {
                "floor_mean": float(np.mean(null)),
                "floor": floor,
                "above": bool(mi > floor),
                "zeros": sum(value == 0 for value in null),
                "few_floor": _floor(_shuffled(_FEW_ROWS, 0.0, neighbours, count, seed)),
                "against": f"a floor of {floor:.3f}",
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
                    Histogram(
                        null_values,
                        title=f"{count} shuffles",
                        bins=30,
                        marks=marks,
                        limits=(0, facts["theory"] + 4 / np.sqrt(n)),
                    ),
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


_FEW_ROWS = 30


def _moved(ratio: float) -> str:
    if ratio < 0.7:
        return "lower"
    return "higher" if ratio > 1.4 else "same"


def _floor(null: list[float]) -> float:
    """What nineteen of twenty shuffles stay below."""
    return float(np.percentile(null, 95))


def _xi_floor(n: int) -> float:
    """What nineteen of twenty xi of n rows of noise stay below: nearly normal, of mean zero."""
    variance = (n - 2) * (4 * n - 7) / (10 * (n + 1) * (n - 1) ** 2)
    return 1.6448536269514722 * float(np.sqrt(variance))


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
