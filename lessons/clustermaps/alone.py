"""The end of the lesson: groups that keep a promise, without anybody's help."""

from collections.abc import Mapping
from functools import cache
from itertools import combinations
from typing import Any, cast

import pandas as pd

from lessons.clustermaps.groups import (
    ABSOLUTE,
    LINKAGES,
    SIGNED,
    group_of,
    members_of,
    pair_map,
)
from lessons.tables import DIABETES, table
from lib.course import (
    Choice,
    Exhibit,
    Fact,
    Goal,
    LabAddress,
    Mistake,
    Outcome,
    Slider,
    State,
    Step,
    Task,
    Value,
    fill,
)
from lib.stats import Clustering, Distance, Linkage, cluster, correlate

_MEASURES = tuple(name for name in DIABETES.types if name != "progression")
_DISTANCES: dict[str, Distance] = {SIGNED: "1-r", ABSOLUTE: "1-|r|"}
_STRONG, _WEAKEST, _MOST = 0.7, 0.45, 7


class OnYourOwnBlood(Step):
    """
    ### On your own: fewer blood tests

    {patients} patients with diabetes, and {measures} measurements of each: their age, sex, body
    mass index and blood pressure, and six values of the blood, `s1` to `s6`. A doctor would like to
    take fewer. Where some rise and fall together, one says something of the others.

    Which do? Make groups that keep two promises. Any two members of a group have |r| of at least
    {weak:.2f}. And whoever has |r| of {strong:.1f} or more is in one group.

    Nothing is predicted here, and nobody helps unless you ask.
    """

    readings = {
        "groups": "{groups}",
        "weakest |r| within": "{weakest:.2f}",
        "strong pairs apart": "{parted}",
    }

    tables = (DIABETES,)

    distance = Choice("Distance", tuple(_DISTANCES), default=SIGNED)
    linkage = Choice("Linkage", LINKAGES, default="single")
    height = Slider("Height of the cut", 0.1, 1.2, default=0.3, step=0.05)
    answers = {"backwards": Choice("Falls where the other rises", _MEASURES, default=None)}

    task = Task(
        "Leave at most {most} groups that keep both promises. Then name a measurement that goes "
        "against another of its group: it falls where the other rises.",
        goals=[
            Goal(
                "At most {most} groups are left: now {groups}",
                met=lambda state: state["groups"] <= state["most"],
            ),
            Goal(
                "No two members of a group have |r| below {weak:.2f}: the weakest is now "
                "{weakest:.2f}",
                met=lambda state: state["weakest"] >= state["weak"],
            ),
            Goal(
                "Every pair with |r| of {strong:.1f} or more is in one group: now {parted} "
                "{parted:is|are} not",
                met=lambda state: state["parted"] == 0,
            ),
            Goal(
                "A measurement that falls where another of its group rises is named: now "
                "{backwards}",
                met=lambda state: state["opposed"],
            ),
        ],
        solution={
            "distance": ABSOLUTE,
            "linkage": "complete",
            "height": 0.6,
            "backwards": "s3",
        },
        hints=[
            "One of the two distances puts a strong and negative r as far away as can be.",
            "Which linkage asks the furthest pair? It alone promises something to every pair.",
            "The height of a cut is a distance. Which |r| is asked of the weakest pair?",
        ],
    )

    mistakes = [
        Mistake(
            "`s3` and `s4` have r = {opposite_r:.2f}. By this distance they are "
            "{opposite_apart:.2f} apart, further than columns that have nothing in common, "
            "which are one apart.",
            when=lambda state: state["distance"] == SIGNED,
            example={"linkage": "complete", "height": 0.6},
            misconception="minus_is_far",
            holds=lambda state: state["opposite_apart"] > 1,
        ),
        Mistake(
            "By {linkage} linkage this cut leaves {groups} {groups:group|groups}. Within one "
            "of them a pair has |r| = {weakest:.2f}. This linkage promises nothing to a single "
            "pair.",
            when=lambda state: state["linkage"] != "complete" and state["weakest"] < state["weak"],
            example={"distance": ABSOLUTE, "height": 0.6},
            misconception="linkage_is_a_detail",
        ),
        Mistake(
            "The weakest pair within a group has |r| = {weakest:.2f}. Complete linkage promises "
            "what the height says, and a height of {height:.2f} is |r| of {least:.2f}.",
            when=lambda state: state["weakest"] < state["weak"],
            example={"distance": ABSOLUTE, "linkage": "complete", "height": 0.8},
            misconception="height_is_r",
            holds=lambda state: state["weakest"] >= state["least"],
        ),
        Mistake(
            "{groups} groups: the cut at {height:.2f} asks for |r| of {least:.2f}, which is more "
            "than was asked for. The tree takes any height; the doctor asked for one.",
            when=lambda state: state["groups"] > state["most"],
            example={"distance": ABSOLUTE, "linkage": "complete", "height": 0.3},
            misconception="data_say_how_many_groups",
            holds=lambda state: state["least"] > state["weak"],
        ),
        Mistake(
            "The group of `{backwards}`: {together}. None of them falls where it rises.",
            when=lambda state: state["backwards"] is not None and not state["opposed"],
            example={
                "distance": ABSOLUTE,
                "linkage": "complete",
                "height": 0.6,
                "backwards": "s1",
            },
            misconception="minus_is_weak",
            holds=lambda state: state["lowest_r"] >= 0,
        ),
    ]

    learned = [
        Outcome(
            "{groups} {groups:group|groups} for {measures} measurements, and no pair within one "
            "below |r| = {weakest:.2f}. The group of `{backwards}`: {together}. There r = "
            "{lowest_r:.2f}: one falls where the other rises, and accounts for {lowest_told:.0%} "
            "of its variance. For the weakest pair it is {weakest_told:.0%}. So these groups name "
            "candidates, and no substitutes. Distance, linkage and height were yours, and each had "
            "its reason.",
            holds=lambda state: (
                state["lowest_r"] < 0
                and state["weakest"] >= state["weak"]
                and max(state["lowest_told"], state["weakest_told"]) < 0.6
            ),
        )
    ]

    def in_the_lab(self, *, distance: str, linkage: str, height: float) -> LabAddress:
        groups = int(_tree(distance, linkage).cut(height).nunique())
        settings: dict[str, Value] = {
            "side": "columns",
            "columns": _MEASURES,
            "distance": distance,
            "linkage": linkage,
            "k": min(max(groups, 2), 8),
        }
        return LabAddress("diabetes", "clustermap", settings)

    def show(self, distance: str, linkage: str, height: float) -> Exhibit:
        r, tree = _r(), _tree(distance, linkage)
        cut = tree.cut(height)
        within = [abs(r[x][y]) for x, y in _pairs() if cut[x] == cut[y]]
        facts: dict[str, Any] = {
            "patients": len(table("diabetes")),
            "measures": len(_MEASURES),
            "strong": _STRONG,
            "weak": _WEAKEST,
            "most": _MOST,
            "groups": int(cut.nunique()),
            "weakest": float(min(within, default=1.0)),
            "weakest_told": float(min(within, default=1.0) ** 2),
            "parted": int(sum(abs(r[x][y]) >= _STRONG and cut[x] != cut[y] for x, y in _pairs())),
            "least": 1 - height,
            "opposite_r": float(r["s3"]["s4"]),
            "opposite_apart": float(1 - r["s3"]["s4"]),
        }
        return Exhibit(
            figures=(pair_map(r, tree, fill("Groups: {groups}", facts), height),),
            facts=facts,
            table=cut.to_frame().loc[tree.order],
            description=fill(
                f"A clustermap of {{measures}} measurements by {distance}, {linkage} linkage, with "
                f"a line across the tree at height {height:.2f}. "
                "{groups} {groups:group is|groups are} left, and the weakest pair inside one has "
                "|r| = {weakest:.2f}.",
                facts,
            ),
            members=members_of(r),
        )

    def appraise(self, exhibit: Exhibit, backwards: str | None = None) -> Mapping[str, Fact]:
        if backwards is None:
            return {"together": "", "lowest_r": 0.0, "lowest_told": 0.0, "opposed": False}
        setting: State = exhibit.setting
        tree = _tree(str(setting["distance"]), str(setting["linkage"]))
        together = group_of(backwards, tree.cut(float(setting["height"])))
        lowest = float(_r()[backwards][together].min())
        return {
            "together": ", ".join(together),
            "lowest_r": lowest,
            "lowest_told": lowest**2,
            "opposed": lowest < 0,
        }


@cache
def _r() -> pd.DataFrame:
    return correlate(table("diabetes")[list(_MEASURES)], adjust="none").r


@cache
def _tree(distance: str, linkage: str) -> Clustering:
    values = table("diabetes")[list(_MEASURES)]
    return cluster(values, distance=_DISTANCES[distance], linkage=cast("Linkage", linkage))


def _pairs() -> list[tuple[str, str]]:
    return list(combinations(_MEASURES, 2))
