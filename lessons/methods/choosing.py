"""Which measure for which pair: where measures part, what words allow, and the choice itself."""

from collections.abc import Mapping
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from lessons.highway import NUMBERS, PAIRS, pair_name
from lessons.methods.measuring import METHODS, SYMBOLS, coefficient
from lessons.methods.tables import CHICKWTS
from lessons.tables import CHILE, HIGHWAY, TITANIC, highway, table
from lib.charts import Chart, Heatmap, Lines, Scatter, below_diagonal, number_text
from lib.course import (
    Band,
    Behind,
    Choice,
    Claim,
    Columns,
    Estimate,
    Exhibit,
    Goal,
    LabAddress,
    Link,
    Mistake,
    Option,
    Outcome,
    Predict,
    Slider,
    Step,
    Task,
    Toggle,
    Value,
    Write,
    fill,
)
from lib.course.behind import grouped, pair_behind
from lib.course.writing import a_number, run
from lib.stats import Associations, associate, correlate, correlation_ratio, cramers_v

_ONE, _FREEWAYS, _TIES = "One far section", "A few busy freeways", "Sections with equal values"
_BUSIEST, _BUSIEST_IN_WORDS = 4, "Four"


class WhereTheyPart(Step):
    """
    ### A map of disagreement

    Where two measures agree, it hardly matters which of the two you take. (Both may miss
    something.) Where they part, the cloud has something to show: a bend, a crowd, a stray.

    So subtract one map from the other. The neutral colour now means *the measures agree*. Every
    strong colour is an invitation to open the cell.

    The table is the highway again, with {pairs} pairs.
    """

    readings = {
        "the map shows": "{first} − {second}",
        "|ρ| above |r| in": "{rho_larger} of {pairs}",
    }

    tables = (HIGHWAY,)

    first = Choice("Measure", tuple(METHODS), default="Spearman")
    second = Choice("minus", tuple(METHODS), default="Pearson")
    pair = Choice("They part most on", PAIRS, default=None)
    columns = Columns("Columns", NUMBERS, default=NUMBERS)
    views = ("columns",)
    answers = {"because": Choice("What parts them", (_ONE, _FREEWAYS, _TIES), default=None)}

    predict = Predict(
        "Spearman is said to be the cautious one. Over the {pairs} pairs of this table, compare "
        "the sizes: |ρ| is ...",
        choices=[
            Option(
                text="mostly smaller than |r|: ranks lose strength",
                value="smaller",
                feedback=(
                    "Ranks lose the distances. Where distances were in the way, that is a gain: "
                    "|ρ| is larger in {rho_larger} of {pairs} pairs."
                ),
                misconception="ranks_are_cautious",
                holds=lambda state: state["rho_larger"] > state["pairs"] / 2,
                tempting=True,
            ),
            Option(
                text="larger about as often as smaller",
                value="either",
                feedback=(
                    "It can go either way. On this table it goes one way more often: |ρ| is larger "
                    "in {rho_larger} of {pairs} pairs."
                ),
                misconception="rank_is_robust_r",
                holds=lambda state: state["rho_larger"] > 0.6 * state["pairs"],
            ),
            Option(
                text="mostly larger than |r|",
                value="larger",
                feedback=(
                    "In {rho_larger} of {pairs} pairs. Most columns here are skewed, and a long "
                    "tail can hide an order from r. On another table it may be the reverse."
                ),
                holds=lambda state: state["skewed_columns"] > len(NUMBERS) / 2,
            ),
        ],
        answer=lambda exhibit: _how_often(float(exhibit.facts["larger_share"])),
    )

    task = Task(
        "Name the pair on which Spearman and Pearson differ most. Then open its cell, and say what "
        "parts them.",
        goals=[
            Goal(
                "The map shows what parts Spearman and Pearson: now {first} minus {second}",
                met=lambda state: {state["first"], state["second"]} == {"Spearman", "Pearson"},
            ),
            Goal(
                "The pair on which they differ most is named: now {pair}",
                met=lambda state: state["pair"] == state["largest"],
            ),
            Goal(
                "What parts them there is said rightly",
                met=lambda state: state["because"] == _FREEWAYS,
            ),
        ],
        solution={"pair": "adt–sigs1", "because": _FREEWAYS},
        hints=[
            "Look for the strongest colour, of either sign.",
            "Open the cells that stand out: the scatter plot says why.",
            "It stands in the row of the signals. Look at the lower right of its points.",
        ],
    )

    mistakes = [
        Mistake(
            "A measure less itself is zero on every pair. Choose two.",
            when=lambda state: state["first"] == state["second"],
            example={"first": "Pearson"},
            misconception="rank_is_robust_r",
        ),
        Mistake(
            "With Kendall in it the map shows the scale more than the story: |τ| is smaller than "
            "|ρ| in {tau_smaller} of {pairs} pairs. Take the other two.",
            when=lambda state: "Kendall" in (state["first"], state["second"]),
            example={"first": "Kendall"},
            misconception="smaller_tau_is_weaker",
            holds=lambda state: state["tau_smaller"] > 0.9 * state["pairs"],
        ),
        Mistake(
            "On `{pair}` they differ by {chosen_difference:.2f}. Another pair has more.",
            when=lambda state: state["pair"] is not None and state["pair"] != state["largest"],
            example={"pair": "rate–acpt"},
            misconception="rank_is_robust_r",
            holds=lambda state: state["chosen_difference"] < abs(state["largest_difference"]),
        ),
        Mistake(
            "Take out any one section, and they still differ by at least {gap_without_one:.2f}. "
            "It takes more than one.",
            when=lambda state: state["because"] == _ONE,
            example={"pair": "adt–sigs1", "because": _ONE},
            misconception="one_row_is_little",
            holds=lambda state: state["gap_without_one"] > 0.8 * state["largest_difference"],
        ),
        Mistake(
            "Some sections share a value of `adt`. Rank those in the order of the file instead, "
            "and ρ is {untied_rho:.2f}, after {largest_rho:.2f}: that is not it.",
            when=lambda state: state["because"] == _TIES,
            example={"pair": "adt–sigs1", "because": _TIES},
            misconception="rank_is_robust_r",
            holds=lambda state: abs(state["untied_rho"] - state["largest_rho"]) < 0.03,
        ),
    ]

    learned = [
        Outcome(
            "On `{largest}` r is {largest_r:.2f} and ρ {largest_rho:.2f}. {busiest} freeways with "
            "the most traffic have hardly any signals, and r weighs them by how far out they are. "
            "Without them r is {calm_r:.2f} and ρ {calm_rho:.2f}. Where two maps disagree, open "
            "the cell.",
            holds=lambda state: (
                state["calm_rho"] - state["calm_r"] < state["largest_difference"] / 2
                and state["busiest_are_freeways"]
                and state["busiest_signals"] < 0.1
            ),
        )
    ]

    holds = [
        Claim(
            "It stands in the row of the signals.",
            lambda state: state["largest"].endswith("sigs1"),
        )
    ]

    def in_the_lab(self, *, first: str, columns: tuple[str, ...], **_: Any) -> LabAddress:
        settings: dict[str, Value] = {"method": first, "columns": columns}
        return LabAddress("highway", "association_map", settings)

    def show(self, first: str, second: str, pair: str | None, columns: tuple[str, ...]) -> Exhibit:
        of_pairs = {name: _of_pairs(name) for name in METHODS}
        parted = of_pairs["Spearman"] - of_pairs["Pearson"]
        largest = str(parted.abs().idxmax())
        larger = of_pairs["Spearman"].abs() > of_pairs["Pearson"].abs()
        apart = of_pairs[first] - of_pairs[second]
        smaller = of_pairs["Kendall"].abs() < of_pairs["Spearman"].abs()
        facts: dict[str, Any] = {
            "pairs": len(parted),
            "rho_larger": int(larger.sum()),
            "larger_share": float(larger.mean()),
            "tau_smaller": int(smaller.sum()),
            "skewed_columns": int((highway()[list(NUMBERS)].skew() > 1).sum()),
            "largest": largest,
            "largest_difference": float(parted[largest]),
            "largest_r": float(of_pairs["Pearson"][largest]),
            "largest_rho": float(of_pairs["Spearman"][largest]),
            **_what_parts(largest),
        }
        if pair is not None:
            facts["chosen_difference"] = float(abs(parted[pair]))
        shown = (_map(first) - _map(second)).loc[list(columns), list(columns)]
        symbols = f"{SYMBOLS[first]} − {SYMBOLS[second]}"
        # Limits of their own: differences are small, and the neutral colour still means zero.
        heatmap = Heatmap.lower(
            shown,
            limits=(-0.4, 0.4),
            title=f"{first} minus {second}",
            scale=symbols,
        )
        return Exhibit(
            figures=(heatmap,) if pair is None else (heatmap, _ranks_of(pair)),
            facts=facts,
            table=pd.DataFrame({**of_pairs, symbols: apart})
            .sort_values(symbols, key=abs, ascending=False)
            .round(3),
            description=fill(
                f"A map of {first} minus {second}. Spearman and Pearson part most on {{largest}}: "
                "r is {largest_r:.3f}, ρ {largest_rho:.3f}; |ρ| is larger than |r| in {rho_larger} "
                "of {pairs} pairs.",
                facts,
            ),
            behind=pair_behind(highway(), "sections", interval=False),
        )


def _how_often(share: float) -> str:
    if share > 0.6:
        return "larger"
    return "smaller" if share < 0.4 else "either"


@cache
def _what_parts(pair: str) -> dict[str, Any]:
    """How far r and ρ of a pair are apart without its strays, and with ties broken."""
    x, y = (highway()[name] for name in pair.split("–"))

    def both(kept: "np.ndarray") -> tuple[float, float]:
        return coefficient(x[kept], y[kept]), coefficient(x[kept], y[kept], "Spearman")

    without_one = [both(np.asarray(x.index != row)) for row in x.index]
    busiest = highway().loc[x.nlargest(_BUSIEST).index]
    calm_r, calm_rho = both(~x.index.isin(busiest.index))
    return {
        "busiest": _BUSIEST_IN_WORDS,
        "busiest_are_freeways": bool((busiest["htype"] == "FAI").all()),
        # `sigs1` counts one signal too many on each section, so that none is no zero.
        "busiest_signals": float((busiest["sigs1"] - 1 / busiest["len"]).max()),
        "gap_without_one": min(rho - r for r, rho in without_one),
        "calm_r": calm_r,
        "calm_rho": calm_rho,
        "untied_rho": coefficient(x.rank(method="first"), y, "Spearman"),
    }


@cache
def _map(method: str) -> pd.DataFrame:
    return correlate(highway()[list(NUMBERS)], METHODS[method], adjust="none").r


@cache
def _of_pairs(method: str) -> "pd.Series[float]":
    """Each pair once, by its name; shared, so not to be changed."""
    below = below_diagonal(_map(method))
    return below.set_axis(pd.Index([pair_name(*pair) for pair in below.index], name="pair"))


def _ranks_of(pair: str) -> Scatter:
    y, x = pair.split("–")
    roads = highway()
    return Scatter(
        roads[x].rank().rename(f"rank of {x}"),
        roads[y].rank().rename(f"rank of {y}"),
        title=f"{pair} in ranks: ρ = {number_text(coefficient(roads[x], roads[y], 'Spearman'))}",
        line=True,
    )


_CUT = "age, cut in two"
_EVEN, _RARE, _BOTH = "the one with even groups", "the one with a tenth of ones", "neither"


class TwoGroups(Step):
    """
    ### Two words are a number

    Who survived the Titanic, the old or the young? One column holds years, the other *yes* and
    *no*. Textbooks offer a measure with a name of its own for that, the point-biserial
    correlation.

    Write one for *yes* and zero for *no*, and compute Pearson's r. It is the same number to the
    last digit.

    How high can such an r get? Cut the ages in two, and correlate them with their own halves. The
    curve shows it for a bell-shaped variable. Ages are a little skewed: cut off the oldest few, and
    their r lies above the curve.
    """

    readings = {
        "r": "{r:.2f}",
        "ones": "{ones} of {n}",
    }

    tables = (TITANIC,)

    groups = Choice("Zeros and ones from", ("survived", "sex", _CUT), default="survived")
    share = Slider("Oldest, percent", 1, 50, default=50)
    swap = Toggle("Swap zero and one", default=False)
    answers = {
        "nearer": Choice("Nearer to its ceiling", (_EVEN, _RARE, _BOTH), default=None),
    }

    predict = Estimate(
        "A bell-shaped variable is cut at its median: one above, zero below. What is r between the "
        "variable and its own two halves?",
        low=0,
        high=1,
        step=0.05,
        tolerance=0.07,
        feedback="{ceiling_half:.3f}, although the halves are made of the variable itself. Cut off "
        "a tenth instead, and it is {ceiling_tenth:.3f}.",
        bands=[
            Band(
                low=0,
                high=0.5,
                feedback=(
                    "Half of the information must be gone, one feels. But r is {ceiling_half:.3f}: "
                    "above or below says a good deal."
                ),
                misconception="halves_keep_nothing",
                holds=lambda state: state["ceiling_half"] > state["value"],
            ),
            Band(
                low=0.5,
                high=0.85,
                feedback=(
                    "It is {ceiling_half:.3f} for halves, {ceiling_tenth:.3f} if only a "
                    "tenth is cut off."
                ),
                misconception="r_can_always_reach_one",
                holds=lambda state: state["ceiling_tenth"] < state["ceiling_half"],
            ),
            Band(
                low=0.85,
                high=1.1,
                feedback=(
                    "It is made of the variable, so it should follow it perfectly. But it knows "
                    "two values only, and the variable many: {ceiling_half:.3f}."
                ),
                misconception="r_can_always_reach_one",
                holds=lambda state: state["ceiling_half"] < state["value"],
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["ceiling_half"]),
        seen_at=None,
    )

    task = Task(
        "Make zeros and ones of age itself whose |r| with age is below {wanted:.1f}. Then read the "
        "lower picture: r = {even_r:.2f} against even groups, or r = {rare_r:.2f} against a tenth "
        "of ones. Which is nearer to the highest that it could be?",
        goals=[
            Goal(
                "The zeros and ones are made of age: now {groups}",
                met=lambda state: state["groups"] == _CUT,
            ),
            Goal(
                "|r| is below {wanted:.1f}: now r is {r:.2f}",
                met=lambda state: abs(state["r"]) < state["wanted"],
            ),
            Goal(
                "Which of the two is nearer to its ceiling is said rightly",
                met=lambda state: state["nearer"] == state["nearer_one"],
            ),
        ],
        solution={"groups": _CUT, "share": 5, "nearer": _RARE},
        hints=[
            "Choose the cut ages, then move the slider.",
            "Do the two groups have to be of one size?",
            "Divide each r by the height of the curve at its share of ones.",
        ],
    )

    mistakes = [
        Mistake(
            "r is {r:.4f}, the point-biserial {point_biserial:.4f}: the same. Swapping flips the "
            "sign and nothing else. Now cut the ages.",
            when=lambda state: state["groups"] != _CUT,
            example={"swap": True},
            misconception="two_groups_need_their_own_measure",
            holds=lambda state: abs(state["r"] - state["point_biserial"]) < 1e-9,
        ),
        Mistake(
            "The oldest {share} % are cut off, and |r| is {size:.2f}. That is not low enough yet. "
            "Follow the curve: where is it lower?",
            when=lambda state: abs(state["r"]) >= state["wanted"],
            example={"groups": _CUT, "share": 20},
            misconception="r_can_always_reach_one",
        ),
        Mistake(
            "{even_r:.2f} is the larger number. But even groups could have {ceiling_half:.2f}, a "
            "tenth of ones only {ceiling_tenth:.2f}.",
            when=lambda state: state["nearer"] == _EVEN,
            example={"groups": _CUT, "share": 5, "nearer": _EVEN},
            misconception="r_can_always_reach_one",
            holds=lambda state: (
                state["even_r"] > state["rare_r"]
                and state["even_of_ceiling"] < state["rare_of_ceiling"]
            ),
        ),
        Mistake(
            "Divide each by its ceiling: {even_r:.2f} by {ceiling_half:.2f}, and {rare_r:.2f} by "
            "{ceiling_tenth:.2f}. They are {even_of_ceiling:.0%} and {rare_of_ceiling:.0%}.",
            when=lambda state: state["nearer"] == _BOTH,
            example={"groups": _CUT, "share": 5, "nearer": _BOTH},
            misconception="r_can_always_reach_one",
            holds=lambda state: state["rare_of_ceiling"] - state["even_of_ceiling"] > 0.05,
        ),
    ]

    learned = [
        Outcome(
            "Point-biserial is Pearson with zeros and ones. With the oldest {share} % cut off, "
            "|r| is {size:.2f}, although age alone decides who they are. A bell-shaped variable "
            "would have {ceiling:.2f}; ages are skewed, and lie above. So judge such an r "
            "against its ceiling, not against one: {rare_r:.2f} against a tenth is "
            "{rare_of_ceiling:.0%} of what a bell-shaped variable can have there, and {even_r:.2f} "
            "against halves {even_of_ceiling:.0%}.",
            holds=lambda state: (
                state["rare_of_ceiling"] > state["even_of_ceiling"]
                and abs(state["r"] - state["point_biserial"]) < 1e-9
                and state["size"] > state["ceiling"]
            ),
        )
    ]

    holds = [
        Claim(
            "their r lies above the curve",
            lambda state: (
                state["groups"] != _CUT or state["share"] > 40 or state["size"] > state["ceiling"]
            ),
        ),
        Claim(
            "It is the same number to the last digit.",
            lambda state: abs(state["r"] - state["point_biserial"]) < 1e-12,
        ),
    ]

    def in_the_lab(self, *, groups: str, **_: Any) -> LabAddress:
        target = "sex" if groups == "sex" else "survived"
        return LabAddress("titanic", "one_against_all", {"target": target})

    def show(self, groups: str, share: int, swap: bool) -> Exhibit:
        people = table("titanic").dropna(subset="age")
        ages = people["age"]
        ones = {
            "survived": people["survived"] == "yes",
            "sex": people["sex"] == "male",
            _CUT: ages > ages.quantile(1 - share / 100),
        }[groups]
        codes = (ones != swap).astype(int)
        facts = {
            "n": len(people),
            "wanted": 0.6,
            "r": coefficient(ages, codes),
            "point_biserial": _point_biserial(ages, codes),
            "size": abs(coefficient(ages, codes)),
            "ones": int(codes.sum()),
            "ceiling": _ceiling(share / 100),
            "ceiling_half": _ceiling(0.5),
            "ceiling_tenth": _ceiling(0.1),
            **_compared_to_ceilings(),
        }
        percent = np.arange(1, 51)
        ceilings = pd.DataFrame(
            {"a bell-shaped variable": [_ceiling(one / 100) for one in percent]},
            index=pd.Index(percent, name="percent of ones"),
        )
        named = {"survived": "survived", "sex": "is male", _CUT: f"is among the oldest {share} %"}
        return Exhibit(
            figures=(
                Scatter(
                    codes.rename(named[groups] + (", swapped" if swap else "")),
                    ages,
                    title=f"r = {number_text(facts['r'], 3)}",
                    line=True,
                ),
                Lines(
                    ceilings,
                    title="How high r of a bell-shaped variable can get",
                    y="highest r",
                    marks={"|r| here": abs(facts["r"])},
                ),
            ),
            facts=facts,
            table=pd.DataFrame(
                {
                    "value": {
                        "Pearson's r": facts["r"],
                        "point-biserial": facts["point_biserial"],
                        f"ceiling at {share} %": facts["ceiling"],
                    }
                }
            ).round(4),
            description=fill(
                "Ages of {n} passengers in two groups, {ones} of them ones. r is {r:.4f}, the "
                "point-biserial correlation {point_biserial:.4f}; a bell-shaped variable with "
                "{share} % cut off could reach {ceiling:.3f}.",
                facts | {"share": share},
            ),
        )


def _point_biserial(values: "pd.Series[Any]", codes: "pd.Series[Any]") -> float:
    """By its own formula: the difference of the means, in standard deviations, by the shares."""
    ones = codes == 1
    difference = values[ones].mean() - values[~ones].mean()
    return float(difference / values.std(ddof=0) * np.sqrt(ones.mean() * (1 - ones.mean())))


def _ceiling(share: float) -> float:
    """r of a normal variable with 1 above its quantile and 0 below."""
    at = special.ndtri(share)
    density = np.exp(-(at**2) / 2) / np.sqrt(2 * np.pi)
    return float(density / np.sqrt(share * (1 - share)))


def _compared_to_ceilings() -> dict[str, Any]:
    """An r for even groups, one for a tenth of ones, and how much of its ceiling each is."""
    even_r, rare_r = 0.4, 0.35
    even, rare = even_r / _ceiling(0.5), rare_r / _ceiling(0.1)
    return {
        "even_r": even_r,
        "rare_r": rare_r,
        "even_of_ceiling": even,
        "rare_of_ceiling": rare,
        "nearer_one": _RARE if rare > even else _EVEN,
    }


_KINDS = {
    "region": "words",
    "population": "number",
    "sex": "two words",
    "age": "number",
    "education": "ordered words",
    "income": "number",
    "statusquo": "number",
    "vote": "words",
}
_FITS: dict[str, tuple[set[str], set[str]]] = {
    "Pearson's r": ({"number", "two words"},) * 2,
    "Spearman's ρ": ({"number", "two words", "ordered words"},) * 2,
    "Kendall's τ": ({"number", "two words", "ordered words"},) * 2,
    "correlation ratio η": ({"number"}, {"words", "two words", "ordered words"}),
    "Cramér's V": ({"words", "two words", "ordered words"},) * 2,
}
_GUIDE = pd.DataFrame(
    [
        ("number, number: a line", "Pearson's r", "Four panels"),
        ("number, number: rising or falling", "Spearman's ρ, Kendall's τ", "Bend the axes"),
        (
            "number, number: any shape",
            "distance correlation; mutual information beside its floor",
            "Zero is not nothing, What noise knows",
        ),
        ("number, number: does y follow from x?", "Chatterjee's ξ", "Zero is not nothing"),
        ("number, two words", "Pearson's r with 0 and 1", "Two words are a number"),
        ("number, several words", "correlation ratio η", "here"),
        ("ordered words, number or ordered words", "Spearman's ρ, Kendall's τ", "here"),
        ("words, words", "Cramér's V; Theil's U for a direction", "here"),
    ],
    columns=["what the two columns hold", "measure", "seen in"],
).set_index("what the two columns hold")
_LINKS = (
    Link("A line: Pearson's r", "four_panels"),
    Link("Rising or falling: ρ and τ", "bend_the_axes"),
    Link("Any shape: distance correlation", "zero_is_not_nothing"),
    Link("Any shape: mutual information", "noise_floor"),
    Link("Does y follow from x? ξ", "zero_is_not_nothing"),
    Link("Two words: point-biserial", "two_groups"),
)
_CELL_SYMBOLS = {
    "pearson": "r",
    "spearman": "ρ",
    "correlation ratio": "η",
    "correlation ratio of ranks": "η",
    "cramers_v": "V",
}


class WhichMeasure(Step):
    """
    ### Which measure?

    A survey before the plebiscite that ended Chile's dictatorship, {rows} people. Numbers: `age`,
    `income`, the `population` of the place, a scale for the status quo. Words: `region`, `vote`.
    Two words: `sex`. Ordered words: `education`.

    What two columns *hold* decides how they can be compared. Words with words: *Cramér's V*, made
    of *chi-square*, which adds up how far the counts are from what no link would give. Words with a
    number: the *correlation ratio*, η (eta), which asks how far apart the means of the groups are.

    r, ρ and τ have a sign; V and η have none. So there are two maps here, and each cell says by its
    letter what was measured. Compare within a letter: a V and an η of the same size do not mean the
    same. Under Numbers you find the guide, and below the figures the way back to each measure.

    Now choose yourself. You may choose wrongly. It will compute.
    """

    readings = {
        "by this measure": "{value:.2f}",
        "people": "{n:,}",
    }

    tables = (CHILE,)

    x = Choice("Column", tuple(_KINDS), default="age")
    y = Choice("and column", tuple(_KINDS), default="income")
    measure = Choice("Measure", tuple(_FITS), default="Pearson's r")

    predict = Predict(
        "`vote` holds four words. Numbered by the alphabet, from A to Y, its r with `statusquo` is "
        "{value_by_alphabet:.2f}. And numbered by frequency, the most frequent answer first?",
        choices=[
            Option(
                text="The same: the answers are the same",
                value="same",
                feedback=(
                    "The people answered the same. The codes did not: r falls to "
                    "{value_by_frequency:.2f}. It measured the numbering."
                ),
                misconception="codes_are_measurements",
                holds=lambda state: 0 < state["value_by_frequency"] < state["value_by_alphabet"],
                tempting=True,
            ),
            Option(
                text="The sign may flip, the strength stays",
                value="flipped",
                feedback=(
                    "So it is with two words, where swapping only flips the sign. With four the "
                    "order itself counts: {value_by_alphabet:.2f} becomes {value_by_frequency:.2f}."
                ),
                misconception="codes_are_measurements",
                holds=lambda state: state["value_by_frequency"] * state["value_by_alphabet"] > 0,
            ),
            Option(
                text="Another strength altogether",
                value="other",
                feedback=(
                    "{value_by_alphabet:.2f} becomes {value_by_frequency:.2f}. The correlation "
                    "ratio asks how far apart the groups' means are, whatever they are called: "
                    "{eta:.2f}."
                ),
                holds=lambda state: state["eta"] > abs(state["value_by_alphabet"]),
            ),
        ],
        answer=lambda exhibit: "other" if _apart(exhibit.facts) > 0.05 else "same",
        answer_at={"x": "vote", "y": "statusquo"},
        seen_at=None,
    )

    task = Task(
        "Choose a measure, and two columns that it fits, not both numbers. Of all such pairs take "
        "the one that the measure puts farthest from zero.",
        goals=[
            Goal(
                "The measure fits the two kinds: {kind_x} and {kind_y}",
                met=lambda state: state["fits"],
            ),
            Goal(
                "The two columns differ: now {x} and {y}",
                met=lambda state: state["x"] != state["y"],
            ),
            Goal(
                "They are not both numbers: now {kind_x} and {kind_y}",
                met=lambda state: {state["kind_x"], state["kind_y"]} != {"number"},
            ),
            Goal(
                "No such pair is farther from zero by this measure: now {value:.2f}, and the "
                "farthest has {highest:.2f}",
                met=lambda state: abs(state["value"]) >= abs(state["highest"]),
            ),
        ],
        solution={"x": "vote", "y": "statusquo", "measure": "correlation ratio η"},
        hints=[
            "Take one letter, and look for its strongest cell.",
            "A number and several words: the correlation ratio.",
            "What people vote and what they think of the status quo might have to do with each "
            "other.",
        ],
    )

    mistakes = [
        Mistake(
            "`{x}` with itself. Whatever the measure, nothing is learned.",
            when=lambda state: state["x"] == state["y"],
            example={"y": "age"},
            misconception="diagonal_is_a_finding",
        ),
        Mistake(
            "{measure} says {value_by_alphabet:.2f} with the words numbered by the alphabet, and "
            "{value_by_frequency:.2f} by frequency. The numbering is nobody's answer. Fitting "
            "here: {fitting}.",
            when=lambda state: state["coded"] and not state["fits"],
            example={"x": "vote", "y": "statusquo"},
            misconception="codes_are_measurements",
            holds=lambda state: state["value_by_alphabet"] != state["value_by_frequency"],
        ),
        Mistake(
            "It computes: {value:.2f}. But {measure} is for other kinds of columns than `{x}` "
            "({kind_x}) and `{y}` ({kind_y}). Fitting: {fitting}.",
            when=lambda state: not state["fits"],
            example={"measure": "Cramér's V"},
            misconception="it_computes_so_it_fits",
        ),
        Mistake(
            "`{x}` and `{y}` are both numbers, and {measure} fits them. The task asks for a pair "
            "in which at least one column holds words.",
            when=lambda state: {state["kind_x"], state["kind_y"]} == {"number"},
            example={"x": "population", "y": "income"},
            misconception="it_computes_so_it_fits",
        ),
        Mistake(
            "{measure} fits, and says {value:.2f} of `{x}` and `{y}`. By the same measure another "
            "pair is farther from zero, at {highest:.2f}.",
            when=lambda state: state["fits"],
            example={"x": "region", "y": "statusquo", "measure": "correlation ratio η"},
            misconception="it_computes_so_it_fits",
            holds=lambda state: abs(state["value"]) < abs(state["highest"]),
        ),
    ]

    learned = [
        Outcome(
            "First ask what the columns hold, then choose. Of all pairs with words that {measure} "
            "fits, `{x}` and `{y}` are farthest from zero: {value:.2f}. A measure that does not "
            "fit computes just as willingly, and its number looks no different.",
            holds=lambda state: (
                state["fits"]
                and {state["kind_x"], state["kind_y"]} != {"number"}
                and abs(state["value"]) == abs(state["highest"])
            ),
        )
    ]

    def in_the_lab(self, *, x: str, y: str, **_: Any) -> LabAddress:
        columns: dict[str, Value] = {} if x == y else {"columns": (x, y)}
        return LabAddress("chile", "association_map", {"method": "by kind", **columns})

    def show(self, x: str, y: str, measure: str) -> Exhibit:
        people = table("chile")
        kinds = (_KINDS[x], _KINDS[y])
        by_alphabet = _value(x, y, measure, "alphabet")
        facts: dict[str, Any] = {
            "rows": len(people),
            "n": len(people[[x, y]].dropna() if x != y else people[x].dropna()),
            "kind_x": kinds[0],
            "kind_y": kinds[1],
            "fits": _fits(measure, *kinds),
            "fitting": " or ".join(name for name in _FITS if _fits(name, *kinds)),
            "highest": _highest(measure),
            "coded": measure in list(_FITS)[:3] and "words" in kinds,
            "value": by_alphabet,
            "value_by_alphabet": by_alphabet,
            "value_by_frequency": _value(x, y, measure, "frequency"),
            "eta": _value(x, y, "correlation ratio η", "alphabet"),
            **_facts_of_votes(),
        }
        verdict = "fits" if facts["fits"] else "does not fit"
        return Exhibit(
            figures=(*_maps_by_sign(), _pair_chart(people, x, y)),
            facts=facts,
            table=_GUIDE,
            description=fill(
                "A map of r and ρ, which have a sign, a map of V and η, which have none, and the "
                f"chosen pair. For {x} and {y}, {{kind_x}} and {{kind_y}}, {measure} {verdict}; it "
                "gives {value:.3f} over {n} rows. Fitting: {fitting}.",
                facts,
            ),
            behind=_open_cell,
            links=_LINKS,
        )


_WORDS = ["region", "sex", "vote"]


def _maps_by_sign() -> tuple[Heatmap, Heatmap]:
    """What has a sign, and what has none: they share no colours."""
    found = _associations()
    letters = found.measure.replace(_CELL_SYMBOLS) + " " + found.value.map(number_text)
    ranked = [name for name in _KINDS if name not in _WORDS]
    own = np.equal.outer(_WORDS, list(_KINDS))
    return (
        Heatmap.lower(
            found.value.loc[ranked, ranked],
            text=letters.loc[ranked, ranked],
            title="Numbers and ordered words: r or ρ",
            scale="r or ρ",
        ),
        Heatmap(
            found.value.loc[_WORDS].mask(own),
            limits=(0, 1),
            colours="viridis",
            text=letters.loc[_WORDS].mask(own, ""),
            title="Words with anything: V or η",
            scale="V or η",
        ),
    )


@cache
def _associations() -> Associations:
    return associate(table("chile"), adjust="none")


@cache
def _facts_of_votes() -> dict[str, float]:
    """What a region says of the vote, and what chi-square says of it."""
    votes = table("chile")[["region", "vote"]].dropna()
    v = cramers_v(votes.region, votes.vote, corrected=False)
    chi_square = v**2 * len(votes) * 3
    return {"chi_square": chi_square, "chi_square_twice": 2 * chi_square, "v": v}


def _apart(facts: Mapping[str, Any]) -> float:
    return float(abs(abs(facts["value_by_alphabet"]) - abs(facts["value_by_frequency"])))


def _fits(measure: str, kind_x: str, kind_y: str) -> bool:
    one, other = _FITS[measure]
    return (kind_x in one and kind_y in other) or (kind_x in other and kind_y in one)


def _codes(column: "pd.Series[Any]", order: str) -> "pd.Series[Any]":
    """Numbers for words; ordered words and two words keep their order, whatever is asked."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return column
    words = list(column.cat.categories)
    if order == "frequency" and _KINDS[str(column.name)] == "words":
        words = list(column.value_counts().index)
    return column.map({word: code for code, word in enumerate(words)}).astype(float)


@cache
def _value(x: str, y: str, measure: str, order: str) -> float:
    """A measure of two columns, with words numbered in this order where it needs numbers."""
    people = table("chile")
    pair = people[[x, y]].dropna() if x != y else people[[x]].dropna()
    if measure == "Cramér's V":
        return cramers_v(pair[x], pair[y])
    if measure == "correlation ratio η":
        groups, values = (x, y) if _KINDS[y] == "number" else (y, x)
        return correlation_ratio(pair[groups], _codes(pair[values], order))
    method = measure.split("'")[0]
    return coefficient(_codes(pair[x], order), _codes(pair[y], order), method)


@cache
def _highest(measure: str) -> float:
    """The value farthest from zero that it has on a pair that it fits, not both numbers."""
    pairs = [
        (x, y)
        for x, y in combinations(_KINDS, 2)
        if _fits(measure, _KINDS[x], _KINDS[y]) and {_KINDS[x], _KINDS[y]} != {"number"}
    ]
    return max((_value(*pair, measure, "alphabet") for pair in pairs), key=abs)


def _open_cell(row: str, column: str) -> Behind:
    if row == column:
        sentence = f"{row} with itself."
    else:
        found = _associations()
        sentence = (
            f"{_CELL_SYMBOLS[found.measure[column][row]]} = "
            f"{number_text(found.value[column][row])} over {found.n[column][row]:,.0f} people."
        )
    return Behind(_pair_chart(table("chile"), column, row), sentence)


def _pair_chart(people: pd.DataFrame, x: str, y: str) -> Chart:
    """Points for two numbers, a range a group for a number and words, shares for words."""
    kinds = _KINDS
    if kinds[x] == kinds[y] == "number":
        return Scatter(people[x], people[y])
    if "number" in (kinds[x], kinds[y]):
        group, number = (x, y) if kinds[y] == "number" else (y, x)
        title = f"{number} by {group}: median and middle half"
        return grouped(people[group], people[number], title)
    shares = pd.crosstab(people[y], people[x], normalize="columns")
    shares.index, shares.columns = shares.index.astype(str), shares.columns.astype(str)
    return Heatmap(
        shares, limits=(0, 1), colours="viridis", title=f"{y} within each {x}", scale="share"
    )


class WriteTheRatio(Step):
    """
    ### Write the ratio

    {chicks} chicks, each raised on one of {feeds} kinds of feed. `chicks` holds the `weight` of
    each at six weeks, and its `feed`.

    η is the root of a share: of the variance of the weights, the part that lies between the means
    of the feeds. For that part each chick is given the mean of its feed in the place of its weight.
    Write lines that give η, as one number. Until then it is what somebody left: Pearson's r with
    the feeds numbered by the alphabet.
    """

    readings = {
        "the number given": "{given:.4f}",
    }

    tables = (CHICKWTS,)

    lines = Write("Your lines", gives="ratio", names=("chicks",), columns=("weight", "feed"))

    predict = Predict(
        "Give each chick the mean weight of its feed. What is Pearson's r between the weights and "
        "these means?",
        choices=[
            Option(
                text="η itself",
                value="eta",
                feedback=(
                    "{r_with_means:.4f}, and η is {eta:.4f}. So η is an r as well: that between a "
                    "number and the best that its groups can say of it."
                ),
                holds=lambda state: abs(state["r_with_means"] - state["eta"]) < 1e-9,
            ),
            Option(
                text="one: the means are made of the weights",
                value="one",
                feedback=(
                    "They are, and within a feed they do not vary while the weights do. r is "
                    "{r_with_means:.4f}."
                ),
                misconception="r_can_always_reach_one",
                holds=lambda state: state["r_with_means"] < 0.9,
                tempting=True,
            ),
            Option(
                text="the share of the variance that lies between the feeds",
                value="share",
                feedback=(
                    "The share is {share:.4f}, and r is its root, {r_with_means:.4f}: η is no "
                    "share, as r is none."
                ),
                misconception="eta_is_a_share",
                holds=lambda state: abs(state["r_with_means"] ** 2 - state["share"]) < 1e-9,
            ),
        ],
        answer=lambda exhibit: _what_r_with_means_is(exhibit.facts),
        seen_at={
            "lines": 'means = chicks.groupby("feed")["weight"].transform("mean")\n'
            'chicks["weight"].corr(means)'
        },
    )

    task = Task(
        "Write lines whose last one gives the correlation ratio of `weight` and `feed`.",
        goals=[
            Goal(
                "It is η, in all its digits: now {given:.4f}",
                met=lambda state: abs(state["given"] - state["eta"]) < 1e-9,
            ),
        ],
        solution={
            "lines": 'means = chicks.groupby("feed")["weight"].transform("mean")\n'
            'np.sqrt(means.var() / chicks["weight"].var())'
        },
        hints=[
            '`chicks.groupby("feed")["weight"]` is the weights, feed by feed.',
            '`.transform("mean")` on it gives each chick the mean of its feed; `.mean()` would '
            "give one number a feed.",
            "`.var()` is the variance. Divide one by the other, and take the root.",
        ],
    )

    mistakes = [
        Mistake(
            "{given:.4f} is the share of the variance that lies between the feeds. η is its root, "
            "so that it stands on the scale of r.",
            when=lambda state: abs(state["given"] - state["share"]) < 1e-6,
            example={
                "lines": 'means = chicks.groupby("feed")["weight"].transform("mean")\n'
                'means.var() / chicks["weight"].var()'
            },
            misconception="eta_is_a_share",
            holds=lambda state: state["share"] < state["eta"],
        ),
        Mistake(
            "{given:.4f} comes of {feeds} means, each counted once. But the feeds have between "
            "{fewest} and {most} chicks, and the variance of the weights counts chicks: each has "
            "to be there with the mean of its feed.",
            when=lambda state: abs(state["given"] - state["feeds_alike"]) < 1e-6,
            example={
                "lines": 'means = chicks.groupby("feed")["weight"].mean()\n'
                'means.std() / chicks["weight"].std()'
            },
            misconception="groups_count_alike",
            holds=lambda state: (
                state["fewest"] < state["most"] and abs(state["feeds_alike"] - state["eta"]) > 0.01
            ),
        ),
        Mistake(
            "{given:.4f} is r with the feeds numbered by the alphabet. Number them otherwise, and "
            "it is another. η asks for no numbers.",
            when=lambda state: abs(abs(state["given"]) - abs(state["r_of_codes"])) < 1e-6,
            example={
                "lines": 'codes = chicks["feed"].astype("category").cat.codes\n'
                'codes.corr(chicks["weight"])'
            },
            misconception="codes_are_measurements",
            holds=lambda state: abs(state["r_of_codes"]) < state["eta"],
        ),
        Mistake(
            "{given:.4f} is not η. The part between the feeds is the variance of {chicks} "
            "numbers, of each chick the mean of its feed; the whole is that of the weights.",
            when=lambda state: abs(state["given"] - state["eta"]) >= 1e-9,
            example={"lines": 'chicks["weight"].std()'},
            misconception="it_computes_so_it_fits",
        ),
    ]

    learned = [
        Outcome(
            "η is {given:.4f}: the root of {share:.4f}, the share of the variance between the "
            "feeds. Pearson's r between the weights and the means of their feeds is the same, "
            "{r_with_means:.4f}. With every feed's mean counted once it would have been "
            "{feeds_alike:.4f}.",
            holds=lambda state: (
                abs(state["given"] - state["r_with_means"]) < 1e-9
                and abs(state["given"] ** 2 - state["share"]) < 1e-9
            ),
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        return LabAddress("chickwts", "association_map", {"method": "by kind"})

    def show(self, lines: str) -> Exhibit:
        chicks = table("chickwts").astype({"feed": "str"})
        written = run(lines, {"chicks": chicks}, wants=a_number())
        weight, feed = chicks["weight"], chicks["feed"]
        by_feed = weight.groupby(feed)
        means = by_feed.transform("mean")
        eta = correlation_ratio(feed, weight)
        r_of_codes = coefficient(feed.astype("category").cat.codes, weight)
        facts: dict[str, Any] = {
            "chicks": len(chicks),
            "feeds": feed.nunique(),
            "fewest": int(by_feed.size().min()),
            "most": int(by_feed.size().max()),
            "given": float(written.value_or(r_of_codes)),
            "eta": eta,
            "share": eta**2,
            "feeds_alike": float(by_feed.mean().std() / weight.std()),
            "r_of_codes": r_of_codes,
            "r_with_means": coefficient(means, weight),
        }
        return Exhibit(
            figures=(grouped(feed, weight, "Weight by feed: median and middle half"),),
            facts=facts,
            table=by_feed.agg(["size", "mean", "var"]).round(2),
            description=fill(
                "The middle half of the weights of {chicks} chicks on each of {feeds} feeds, and "
                "the median. The number given is {given:.4f}.",
                facts,
            ),
            error=written.error,
        )


def _what_r_with_means_is(facts: Mapping[str, Any]) -> str:
    for name in ("eta", "share"):
        if abs(facts["r_with_means"] - facts[name]) < 1e-9:
            return name
    return "one"
