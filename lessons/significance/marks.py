"""The highway map: what is left of its stars, and what each way to mark it hides."""

from functools import cache
from typing import Any

from lessons.highway import NUMBERS, PAIRS, pair_name
from lessons.significance import scripts
from lessons.significance.stars import ADJUSTMENTS, LEVELS, MARKS, behind, starred_map
from lessons.tables import HIGHWAY, highway
from lib.course import Choice, Exhibit, Mistake, Number, Option, Predict, Step, Task, fill
from lib.stats import Correlations, adjust_p_values, correlate


class Survivors(Step):
    """
    ### What is left of the stars

    Back to the highway: {pairs} pairs from {rows} sections. At {level_percent:.0f} % the map has
    {raw} stars, where noise would earn about {expected:.1f}. So there is something. The question
    is where.

    There are three ways to mark what survives. A *star* on it. The rest *faded*. The rest
    *hatched*. Each of them hides something. Try all three.
    """

    tables = (HIGHWAY,)

    adjust = Choice("Adjustment", tuple(ADJUSTMENTS), default="none")
    level = Choice("Level", tuple(LEVELS), default="5 %")
    mark = Choice("Mark", MARKS, default="stars")
    answer = Number("Pairs that BH keeps", 0, 55)
    strongest = Choice("Strongest pair that BH drops", PAIRS, default=None)
    views = ("mark",)

    predict = Predict(
        "{raw} of {pairs} pairs have a star at {level_percent:.0f} %. Holm adjusts for {pairs} "
        "tests. How many stars are left?",
        choices=[
            Option(
                text="{value}: these are real data, not noise",
                value=21,
                feedback=(
                    "Real tables have unrelated pairs as well, and those earn stars like any "
                    "noise. Holm keeps {holm} of {raw}."
                ),
                misconception="star_means_real",
            ),
            Option(
                text="{value}: take away what noise would earn",
                value=18,
                feedback=(
                    "That sum is fair for the *number* of false stars, about {expected:.1f}. It "
                    "cannot say which ones they are. To be sure of every star left, Holm keeps "
                    "{holm}."
                ),
                misconception="adjusting_subtracts_the_false",
            ),
            Option(
                text="{value}: half of them, or less",
                value=10,
                feedback=(
                    "{holm}. It promises a map without any false star, and pays with "
                    "{lost_by_holm} pairs, of which most are probably real."
                ),
            ),
            Option(
                text="{value}: with so many tests hardly anything can survive",
                value=2,
                feedback=(
                    "Strong pairs do not mind: their p is far below what {pairs} tests ask for. "
                    "Holm keeps {holm} of {raw}."
                ),
                misconception="adjusting_leaves_nothing",
            ),
        ],
        answer=lambda exhibit: exhibit.facts["holm"],
    )

    task = Task(
        "Let BH adjust, at {level_percent:.0f} %. Say how many pairs it keeps, and name the "
        "strongest of those that it drops. One of the three marks makes that one easy to overlook.",
        passed=lambda state: (
            state["adjust"] == "BH"
            and state["level_percent"] == 5
            and state["answer"] == state["kept"]
            and state["strongest"] == state["dropped"]
        ),
        solution={"adjust": "BH", "answer": 19, "strongest": "shld–itg"},
        hints=[
            "The title of the map counts the pairs that are left.",
            "With stars the colour stays. Look for the deepest colour that has no star.",
            "Under Numbers the pairs stand from strong to weak, with p after the adjustment.",
        ],
    )

    mistakes = [
        Mistake(
            "{holm} is what Holm keeps. It wants no false star on the whole map. BH allows a small "
            "share of them, and keeps more.",
            when=lambda state: state["answer"] == state["holm"] != state["bh"],
            example={"adjust": "Holm", "answer": 10},
            misconception="adjustments_promise_the_same",
        ),
        Mistake(
            "{raw} is the number before any adjustment. Every pair was then tested as if it were "
            "the only one.",
            when=lambda state: state["answer"] == state["raw"] != state["bh"],
            example={"answer": 21},
            misconception="star_means_real",
        ),
        Mistake(
            "`{dropped}` is dropped too, at r = {dropped_r:.2f}, and it is stronger than "
            "`{strongest}`. Did you look at the faded map? Fading makes weak and strong alike.",
            when=lambda state: (
                state["adjust"] == "BH"
                and state["strongest"] not in (None, state["dropped"], *state["stars"].split())
            ),
            example={"adjust": "BH", "answer": 19, "strongest": "trks–acpt"},
            misconception="no_star_means_zero",
        ),
        Mistake(
            "`{strongest}` keeps its star here. Look for the strongest pair *without* one.",
            when=lambda state: state["strongest"] in state["stars"].split(),
            example={"adjust": "BH", "answer": 19, "strongest": "rate–shld"},
            misconception="no_star_means_zero",
        ),
    ]

    learned = (
        "{raw} stars become {holm} with Bonferroni or Holm, {by} with BY, {bh} with BH. It dropped "
        "`{dropped}`, r = {dropped_r:.2f}, interval {dropped_low:.2f} to {dropped_high:.2f}: no "
        "star is not zero. Whatever fades should still be readable."
    )

    def show(
        self,
        adjust: str,
        level: str,
        mark: str,
        answer: int | None,  # noqa: ARG002
        strongest: str | None,  # noqa: ARG002
    ) -> Exhibit:
        alpha = LEVELS[level]
        found = _adjusted(adjust)
        pairs = found.pairs()
        pairs.index = [pair_name(x, y) for x, y in zip(pairs.x, pairs.y, strict=True)]
        kept = pairs["p_adjusted"] < alpha
        dropped = pairs.loc[~kept].iloc[0]
        counts = {
            name: int((adjust_p_values(pairs["p"], method) < alpha).sum())
            for name, method in ADJUSTMENTS.items()
        }
        facts: dict[str, Any] = {
            "rows": len(highway()),
            "pairs": len(pairs),
            "level_percent": 100 * alpha,
            "expected": len(pairs) * alpha,
            "raw": counts["none"],
            "bonferroni": counts["Bonferroni"],
            "holm": counts["Holm"],
            "bh": counts["BH"],
            "by": counts["BY"],
            "lost_by_holm": counts["none"] - counts["Holm"],
            "kept": int(kept.sum()),
            "stars": " ".join(pairs.index[kept]),
            "dropped": str(dropped.name),
            "dropped_r": float(dropped.r),
            "dropped_low": float(dropped.low),
            "dropped_high": float(dropped.high),
        }
        return Exhibit(
            figures=(
                starred_map(
                    found.r,
                    found.p_adjusted < alpha,
                    mark=mark,
                    title=f"{facts['kept']} of {len(pairs)} pairs are left",
                ),
            ),
            facts=facts,
            code=scripts.surviving(adjust, alpha),
            table=pairs[["r", "low", "high", "p", "p_adjusted"]].round(4).rename_axis("pair"),
            description=fill(
                "The lower triangle of {pairs} highway pairs, of which {kept} survive at "
                "{level_percent:.0f} %. The strongest that does not is {dropped} at r = "
                "{dropped_r:.2f}.",
                facts,
            ),
            behind=behind(highway(), "sections"),
        )


@cache
def _adjusted(adjust: str) -> Correlations:
    return correlate(highway()[list(NUMBERS)], adjust=ADJUSTMENTS[adjust])
