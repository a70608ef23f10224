"""Groups and what is measured in them: within departments, by group means, in the right order."""

import itertools
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lessons.categorical.tables import (
    CHICKWTS,
    UCB,
    applications,
    applications_associated,
    coded,
)
from lessons.tables import CHILE, SALARIES, table
from lib.charts import Bars, Chart, Heatmap, Scatter, minus_signs, number_text, p_text
from lib.course import (
    Band,
    Behind,
    Choice,
    Claim,
    Estimate,
    Exhibit,
    Goal,
    LabAddress,
    Mistake,
    Option,
    Outcome,
    Predict,
    Step,
    Task,
    Toggle,
    Value,
    Write,
    fill,
)
from lib.course.behind import contingency_behind, counted, grouped
from lib.course.writing import a_frame, run
from lib.stats import (
    StratifiedOddsRatio,
    correlate,
    correlation_ratio,
    stratified_odds_ratio,
)

Floats = NDArray[np.float64]

_DEPARTMENTS = tuple("ABCDEF")
_MEN, _WOMEN = "men", "women"


class Berkeley(Step):
    """
    ### Six departments and a scandal

    Of the men who applied to Berkeley's six largest departments {men_admitted:.1%} were admitted,
    of the women {women_admitted:.1%}. V is {v:.3f}, {p:p}. It went all the way to *Science*.

    Two other cells of the map are stronger. `dept` and `admit`, {dept_admit:.3f}: some departments
    admit most who apply, others few. `dept` and `gender`, {dept_gender:.3f}: men and women apply to
    different ones.

    What each department does with its own applicants, the cell does not say; nor does the table
    say how good they were. (Where both columns
    have two words, V can be given a sign, and is then called φ. *Odds* are how many are admitted
    for each one refused.)
    """

    readings = {
        "applied to": "{where}",
        "men admitted": "{men_there:.0%}",
        "women admitted": "{women_there:.0%}",
        "V of outcome and gender": "{v_shown}",
    }

    tables = (UCB,)

    split = Toggle("One department at a time", default=False)
    dept = Choice("Department", _DEPARTMENTS, default=None)
    answers = {"leading": Choice("Admitted more often", (_MEN, _WOMEN), default=None)}

    predict = Predict(
        "{men_admitted:.1%} of the men, {women_admitted:.1%} of the women, {p:p}. In how "
        "many of the six departments do men fare better by more than chance, at "
        "{level_percent:.0f} %?",
        choices=[
            Option(
                text="In all six: the gap is so clear",
                value=6,
                feedback=(
                    "The gap of the sum is clear. Within the departments the largest gap in favour "
                    "of men has V = {largest_for_men:.3f}. Chance may do that."
                ),
                misconception="overall_holds_within",
                tempting=True,
                holds=lambda state: state["against_women"] == 0,
            ),
            Option(
                text="In about half of them",
                value=3,
                feedback=(
                    "In {ahead} of six men are ahead at all, and by no more than chance may do: "
                    "V = {largest_for_men:.3f} at most."
                ),
                misconception="overall_holds_within",
                holds=lambda state: state["against_women"] == 0 < state["ahead"],
            ),
            Option(
                text="In none",
                value=0,
                feedback=(
                    "In none: the largest gap in favour of men has V = {largest_for_men:.3f}. One "
                    "department does have a gap beyond chance. Look for it."
                ),
                holds=lambda state: state["a_p"] < 0.05 < state["elsewhere_p"],
            ),
        ],
        answer=lambda exhibit: int(exhibit.facts["against_women"]),
        seen_at={"split": True},
    )

    task = Task(
        "Compare like with like. Then find the department with a gap beyond chance, and say who "
        "was admitted more often there.",
        goals=[
            Goal(
                "Like is compared with like",
                met=lambda state: state["split"],
            ),
            Goal(
                "The gap of the chosen department is beyond chance: now {gap_now}",
                met=lambda state: state["dept_p"] < state["level_percent"] / 100,
            ),
            Goal(
                "Who was admitted more often there is said rightly: now {leading}",
                met=lambda state: state["leading"] == state["ahead_there"],
            ),
        ],
        solution={"split": True, "dept": "A", "leading": _WOMEN},
        hints=[
            "Take one department at a time, and look at the map on the right.",
            "Blue and red say who is ahead in a department; strong colours are rare there.",
        ],
    )

    holds = [
        Claim(
            "Two other cells of the map are stronger",
            lambda state: state["v"] < min(state["dept_admit"], state["dept_gender"]),
        ),
        Claim(
            "men and women apply to different ones",
            lambda state: state["women_in_hard"] > 1.3 * state["men_in_hard"],
        ),
    ]

    mistakes = [
        Mistake(
            "All six in one table still: V = {v:.3f} in favour of men. It mixes who is admitted "
            "with who applies where. Split it.",
            when=lambda state: not state["split"],
            example={"leading": _MEN},
            misconception="overall_holds_within",
            holds=lambda state: state["men_admitted"] > state["women_admitted"],
        ),
        Mistake(
            "Department {dept}: φ = {dept_phi:.3f}, {dept_p:p}. That is no more than chance may "
            "do. There is one with a gap beyond chance.",
            when=lambda state: (
                state["dept"] is not None and state["dept_p"] >= state["level_percent"] / 100
            ),
            example={"split": True, "dept": "C", "leading": _MEN},
            misconception="any_gap_is_bias",
            holds=lambda state: state["a_p"] < 0.05 < state["dept_p"],
        ),
        Mistake(
            "It is the right department, and there {a_women:.0%} of the women were admitted, "
            "{a_men:.0%} of the men.",
            when=lambda state: state["dept"] is not None and state["leading"] is not None,
            example={"split": True, "dept": "A", "leading": _MEN},
            misconception="overall_holds_within",
            holds=lambda state: state["dept"] == "A" and state["a_women"] > state["a_men"],
        ),
    ]

    learned = [
        Outcome(
            "All together men have {crude:.2f} times the odds of women. Within A they have "
            "{a_odds:.2f} times, within the other five pooled {others_odds:.2f} times, "
            "{others_p:p}. In A women are ahead beyond chance, V = "
            "{a_v:.3f}; elsewhere V is at most {elsewhere:.3f}. Women applied more often where few "
            "are admitted. Whether anybody was favoured is another question: how good the "
            "applicants were is not in this table.",
            holds=lambda state: (
                state["crude"] > 1.5
                and state["others_p"] > 0.05
                and state["a_odds"] < 0.5 < state["others_odds"]
                and state["a_p"] < 0.05 < state["elsewhere_p"]
                and state["women_in_hard"] > state["men_in_hard"]
            ),
        )
    ]

    def in_the_lab(self, *, split: bool, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {
            "x": "gender",
            "y": "admit",
            "strata": "dept" if split else "none",
            "counted": "count",
        }
        return LabAddress("ucb_admissions", "two_categories", settings)

    def show(self, split: bool, dept: str | None) -> Exhibit:
        found, odds, admitted = applications_associated(), _odds(), _admitted()
        elsewhere = _odds(without="A")
        strata = odds.strata
        others = strata.drop(index="A")
        phi = float(strata["phi"][dept]) if dept else 0.0
        p = float(strata["p"][dept]) if dept else 1.0
        significant = strata["p"] < 0.05
        there = dept if split and dept else "all six"
        facts: dict[str, Any] = {
            "level_percent": 5.0,
            "men_admitted": float(admitted[_MEN]["all six"]),
            "women_admitted": float(admitted[_WOMEN]["all six"]),
            "v": float(found.v_uncorrected["admit"]["gender"]),
            "p": float(found.p["admit"]["gender"]),
            "dept_admit": float(found.v_uncorrected["admit"]["dept"]),
            "dept_gender": float(found.v_uncorrected["gender"]["dept"]),
            "crude": odds.crude,
            "a_odds": float(strata["odds_ratio"]["A"]),
            "others_odds": elsewhere.pooled,
            "others_p": elsewhere.p,
            "ahead": int((strata["phi"] > 0).sum()),
            "against_women": int((significant & (strata["phi"] > 0)).sum()),
            "largest_for_men": float(strata["phi"].max()),
            "a_v": float(abs(strata["phi"]["A"])),
            "a_p": float(strata["p"]["A"]),
            "a_men": float(admitted[_MEN]["A"]),
            "a_women": float(admitted[_WOMEN]["A"]),
            "elsewhere": float(others["phi"].abs().max()),
            "elsewhere_p": float(others["p"].min()),
            "dept_phi": phi,
            "dept_p": p,
            "ahead_there": "" if dept is None else _MEN if phi > 0 else _WOMEN,
            "gap_now": p_text(p) if dept else "nothing yet",
            "where": there,
            "v_shown": _v_shown(split, dept),
            "men_there": float(admitted[_MEN][there]),
            "women_there": float(admitted[_WOMEN][there]),
            **_in_hard_departments(),
        }
        if not split:
            figures: tuple[Chart, ...] = (_v_map(found.v_uncorrected),)
        elif dept:
            figures = (_bars(admitted.drop(index="all six")), _one_department(dept))
        else:
            figures = (_bars(admitted.drop(index="all six")), _phi_map(strata))
        return Exhibit(
            figures=figures,
            across=2,
            facts=facts,
            table=strata.assign(men=admitted[_MEN], women=admitted[_WOMEN]).round(4),
            description=fill(
                "All together V of outcome and gender is {v:.3f}, in favour of men. Within the "
                "departments it is {a_v:.3f} in A, in favour of women, and at most "
                "{elsewhere:.3f} in the others.",
                facts,
            ),
            behind=_open_department
            if split
            else contingency_behind(applications(), "applications"),
        )


def _open_department(row: str, column: str) -> Behind:  # noqa: ARG001
    """The table behind a department's φ, or behind a cell of that table."""
    if row not in _DEPARTMENTS:
        return Behind(_bars(_admitted()), "For comparison: the share admitted, everywhere.")
    strata = _odds().strata
    sentence = fill(
        "φ = {phi:.3f}, {p:p}, over {n:,.0f} applications.",
        {name: float(strata[name][row]) for name in ("phi", "p", "n")},
    )
    return Behind(_one_department(row), sentence)


@cache
def _odds(without: str | None = None) -> StratifiedOddsRatio:
    applicants = applications()
    applicants = applicants[applicants["dept"] != without]
    return stratified_odds_ratio(applicants["gender"], applicants["admit"], applicants["dept"])


def _v_shown(split: bool, dept: str | None) -> str:
    """V of outcome and gender: of all six, of one department, or from the least to the largest."""
    if not split:
        return number_text(float(applications_associated().v_uncorrected["admit"]["gender"]))
    sizes = _odds().strata["phi"].abs()
    if dept:
        return number_text(float(sizes[dept]))
    return f"{number_text(float(sizes.min()))} to {number_text(float(sizes.max()))}"


@cache
def _in_hard_departments() -> dict[str, float]:
    """Which share of men and of women applied to the three departments that admit fewest."""
    applicants = applications()
    dept = applicants["dept"].astype(str)
    is_in = (applicants["admit"] == "Admitted").groupby(dept).mean()
    is_hard = dept.isin(is_in.nsmallest(3).index)
    shares = is_hard.groupby(applicants["gender"].astype(str)).mean()
    return {"men_in_hard": float(shares["Male"]), "women_in_hard": float(shares["Female"])}


@cache
def _admitted() -> pd.DataFrame:
    """The share of men and of women who were admitted, by department and altogether."""
    applicants = applications()
    is_in = applicants["admit"] == "Admitted"
    shares = {}
    for name, gender in ((_MEN, "Male"), (_WOMEN, "Female")):
        of_gender = is_in[applicants["gender"] == gender]
        by_dept = of_gender.groupby(applicants["dept"].astype(str)).mean()
        shares[name] = pd.concat([by_dept, pd.Series({"all six": of_gender.mean()})])
    return pd.DataFrame(shares)


def _v_map(v: pd.DataFrame) -> Heatmap:
    diagonal = pd.DataFrame(np.eye(len(v), dtype=bool), v.index, v.columns)
    return Heatmap(
        v, (0, 1), hidden=diagonal, colours="viridis", decimals=3, title="V, all six", scale="V"
    )


def _bars(admitted: pd.DataFrame) -> Bars:
    return Bars(admitted, title="Share admitted", x="share of the applications")


def _phi_map(strata: pd.DataFrame) -> Heatmap:
    phi = strata[["phi"]].set_axis(strata.index.astype(str)).rename(columns={"phi": "men ahead"})
    return Heatmap(phi, (-0.2, 0.2), decimals=3, title="φ by department", scale="φ, + for men")


def _one_department(dept: str) -> Heatmap:
    there = applications().query("dept == @dept")
    return counted(there["gender"], there["admit"], f"Department {dept}")


class WriteTheShares(Step):
    """
    ### Write the shares

    Where did they apply? `counts` has a row for men and one for women, and a column for each
    department. There were {all_men:,} men and {all_women:,} women, so that their counts cannot be
    compared. Shares of each row can.

    Write the lines that make them. As long as nothing is written, the map shows the counts.
    """

    readings = {
        "men add up to": "{men_sum:,.6g}",
        "women add up to": "{women_sum:,.6g}",
    }

    tables = (UCB,)

    lines = Write("Your lines", gives="shares", names=("counts",), columns=_DEPARTMENTS)

    task = Task(
        "Write the lines that make each row comparable with the other: in its own proportions, and "
        "with the same sum.",
        goals=[
            Goal(
                "Each row has the proportions of its counts: now {proportional} of {rows}",
                met=lambda state: state["proportional"] == state["rows"],
            ),
            Goal(
                "Both rows add up to the same: now {men_sum:,.6g} and {women_sum:,.6g}",
                met=lambda state: state["is_even"],
            ),
        ],
        solution={"lines": "counts.div(counts.sum(axis=1), axis=0)"},
        hints=[
            "`counts.sum(axis=1)` goes along each row and gives one sum for each.",
            "`counts / sums` would look for the sums among the *columns*. `.div(sums, axis=0)` "
            "divides row by row.",
        ],
    )

    mistakes = [
        Mistake(
            "Now each *column* adds up to {column_sum:,.6g}: these are the shares of men and women "
            "among those who applied to a department. Where women applied is another question, "
            "with other numbers.",
            when=lambda state: state["is_by_column"] and state["proportional"] < state["rows"],
            example={"lines": "counts / counts.sum()"},
            misconception="association_is_symmetric",
            holds=lambda state: state["column_sum"] > 0,
        ),
        Mistake(
            "In every row the proportions are right. But men add up to {men_sum:,.6g} and women to "
            "{women_sum:,.6g}: there were more men, and cells one below the other still show that.",
            when=lambda state: state["proportional"] == state["rows"],
            example={"lines": "counts / counts.to_numpy().sum()"},
            misconception="large_counts_make_the_link",
            holds=lambda state: not state["is_even"] and state["all_men"] > state["all_women"],
        ),
        Mistake(
            "{proportional} of {rows} rows {proportional:has|have} the proportions of the counts. "
            "A share keeps them: twice as many are twice the share.",
            when=lambda state: state["proportional"] < state["rows"],
            example={"lines": "counts - counts.mean()"},
            misconception="large_counts_make_the_link",
        ),
    ]

    learned = [
        Outcome(
            "Of the men {men_in_hard:.0%} applied to the three departments that admit fewest, of "
            "the women {women_in_hard:.0%}. Each row adds up to {men_sum:,.6g}, so that cells one "
            "below the other can be compared. What is divided by answers which question is asked.",
            holds=lambda state: (
                state["women_in_hard"] > 1.3 * state["men_in_hard"] and state["is_even"]
            ),
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {"x": "gender", "y": "dept", "counted": "count"}
        return LabAddress("ucb_admissions", "two_categories", settings)

    def show(self, lines: str) -> Exhibit:
        counts = _applied_where()
        written = run(lines, {"counts": counts}, wants=a_frame(like=counts))
        values = written.value_or(counts)
        facts = {**_written_shares(values), **_in_hard_departments()}
        return Exhibit(
            figures=(
                Heatmap(
                    values,
                    limits=None,
                    colours="viridis",
                    decimals=2 if written.ran else 0,
                    title=written.titled("the counts"),
                    scale="value" if written.ran else "applications",
                ),
            ),
            facts=facts,
            table=values.round(4),
            description=fill(
                "A map of two rows, men and women, by six departments. Men add up to "
                "{men_sum:,.6g}, women to {women_sum:,.6g}.",
                facts,
            ),
            error=written.error,
        )


@cache
def _applied_where() -> pd.DataFrame:
    """How many men and women applied to each department; shared, so not to be changed."""
    applied = applications()
    counts = pd.crosstab(applied["gender"].astype(str), applied["dept"].astype(str)).astype(float)
    named = counts.loc[["Male", "Female"]].set_axis([_MEN, _WOMEN])
    return named.rename_axis(index=None, columns=None)


def _written_shares(values: pd.DataFrame) -> dict[str, Any]:
    """What rows and columns add up to, and whether the proportions are those of the counts."""
    counts = _applied_where()
    sums, column_sum = values.sum(axis=1), float(values["A"].sum())
    own = counts.div(counts.sum(axis=1), axis=0)
    is_own = pd.DataFrame(np.isclose(values, own.mul(sums, axis=0))).all(axis=1).to_numpy()
    return {
        "rows": len(counts),
        "all_men": int(counts.T[_MEN].sum()),
        "all_women": int(counts.T[_WOMEN].sum()),
        "men_sum": float(sums[_MEN]),
        "women_sum": float(sums[_WOMEN]),
        "is_even": bool(np.isclose(sums[_MEN], sums[_WOMEN]) and sums[_MEN] > 0),
        "proportional": int((is_own & (sums > 0)).sum()),
        "is_by_column": column_sum > 0
        and bool(np.isclose(values, counts / counts.sum() * column_sum).all()),
        "column_sum": column_sum,
    }


_ALPHABET, _FREQUENCY, _MEANS, _ETA = "alphabet", "frequency", "group means", "no codes: η²"
_COLUMNS = {
    "rank": ("salaries", "salary"),
    "discipline": ("salaries", "salary"),
    "sex": ("salaries", "salary"),
    "feed": ("chickwts", "weight"),
}


class Groups(Step):
    """
    ### Six feeds on a line

    {chicks} chicks, six kinds of feed, and the weight after six weeks. Coded by the alphabet, feed
    and weight have r = {feed_r:.2f}, so r² = {feed_r2:.2f}: a straight line through six columns of
    points that somebody put in a row.

    Ask instead how far apart the groups' means are. *Eta squared*, η², is the share of all variance
    that lies between the groups. It needs no row.

    Besides the feed there are three columns about professors and what they earn.
    """

    readings = {
        "variance explained": "{explained:.0%}",
        "groups": "{levels}",
    }

    tables = (CHICKWTS, SALARIES)

    groups = Choice("Groups", tuple(_COLUMNS), default="sex")
    codes = Choice("Code them by", (_ALPHABET, _FREQUENCY, _MEANS, _ETA), default=_ALPHABET)

    predict = Estimate(
        "Coded by the alphabet the feed explains r² = {feed_r2:.2f} of the variance of weight. How "
        "much do the six feeds explain, without any codes?",
        low=0,
        high=1,
        step=0.05,
        begin=0,
        tolerance=0.1,
        feedback="η² = {feed_eta2:.3f}. The line missed nearly all of it, r² = {feed_r2:.3f}.",
        bands=[
            Band(
                low=0,
                high=0.2,
                feedback=(
                    "A weak r, so a weak link? The line is weak, because the alphabet put the "
                    "feeds in a silly row. Between their means lies {feed_eta2:.3f} of the "
                    "variance."
                ),
                misconception="weak_r_weak_groups",
                holds=lambda state: state["feed_eta2"] > 10 * state["feed_r2"],
            ),
            Band(
                low=0.2,
                high=0.7,
                feedback=(
                    "Some of it, and how much is for the data: they explain {feed_eta2:.3f}, and "
                    "the line through the alphabet {feed_r2:.3f}."
                ),
                misconception="weak_r_weak_groups",
                holds=lambda state: state["feed_eta2"] > 10 * state["feed_r2"],
            ),
            Band(
                low=0.7,
                high=1.1,
                feedback=(
                    "Chicks on the same feed differ, too. Between the feeds lies {feed_eta2:.3f}."
                ),
                misconception="weak_r_weak_groups",
                holds=lambda state: state["feed_eta2"] < 0.7,
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["feed_eta2"]),
        seen_at={"groups": "feed", "codes": "no codes: η²"},
    )

    task = Task(
        "Which groups explain more than half of the variance? Show it with a measure, or codes, "
        "that see it.",
        goals=[
            Goal(
                "The share explained is more than {half:.0%}: now {explained:.0%}",
                met=lambda state: state["explained"] > state["half"],
            ),
        ],
        solution={"groups": "feed", "codes": _ETA},
        hints=[
            "Compare the bars: where is the alphabet far behind?",
            "What would be the best number for each group, if it has to have one?",
        ],
    )

    holds = [
        Claim(
            "Which groups explain more than half of the variance?",
            lambda state: (
                state["feed_eta2"]
                > state["half"]
                > max(state["rank_eta2"], state["discipline_eta2"], state["sex_eta2"])
            ),
        )
    ]

    mistakes = [
        Mistake(
            "With codes by {codes} the six feeds stand in a poor row: r² = {explained:.3f}.",
            when=lambda state: state["groups"] == "feed",
            example={"groups": "feed"},
            misconception="weak_r_weak_groups",
            holds=lambda state: state["explained"] < state["eta2"] / 5,
        ),
        Mistake(
            "Two groups: whatever the codes, the line goes through both means. r² is η², "
            "{explained:.3f}. That is little.",
            when=lambda state: state["levels"] == 2,
            example={"groups": "discipline", "codes": _ETA},
            misconception="two_groups_need_their_own_measure",
            holds=lambda state: abs(state["explained"] - state["eta2"]) < 1e-9 < state["half"],
        ),
        Mistake(
            "`{groups}` explains {explained:.3f} that way, and {eta2:.3f} by η². Less than half.",
            when=lambda _: True,
            example={"groups": "rank", "codes": _ETA},
            misconception="weak_r_weak_groups",
            holds=lambda state: max(state["explained"], state["eta2"]) < state["half"],
        ),
    ]

    learned = [
        Outcome(
            "η² of the feed is {feed_eta2:.3f}, of the rank {rank_eta2:.3f}, of discipline "
            "{discipline_eta2:.3f} and sex {sex_eta2:.3f}. No code does better than the groups' "
            "means, and with two groups any codes do as well. Chance alone gives six feeds "
            "{feed_chance:.2f} on average.",
            holds=lambda state: state["feed_eta2"] > 3 * state["feed_chance"],
        )
    ]

    def in_the_lab(self, *, groups: str, **_: Any) -> LabAddress:
        name, measured = _COLUMNS[groups]
        return LabAddress(name, "one_against_all", {"target": measured})

    def show(self, groups: str, codes: str) -> Exhibit:
        name, measured = _COLUMNS[groups]
        words, values = table(name)[groups], table(name)[measured]
        compared = _compared()
        eta2 = float(compared["η²"][groups])
        r2 = None if codes == _ETA else _r(_codes(words, values, codes), values) ** 2
        facts: dict[str, Any] = {
            "chicks": len(table("chickwts")),
            "half": 0.5,
            "levels": len(words.cat.categories),
            "eta2": eta2,
            "explained": eta2 if r2 is None else r2,
            "feed_r": float(compared["r, alphabet"]["feed"]),
            "feed_r2": float(compared["r², alphabet"]["feed"]),
            **{f"{each}_eta2": float(compared["η²"][each]) for each in compared.index},
            "feed_chance": 5 / (len(table("chickwts")) - 1),
        }
        shares = compared[["r², alphabet", "η²"]]
        chart: Chart = (
            grouped(words, values, "Middle halves")
            if r2 is None
            else Scatter(
                _codes(words, values, codes).rename(f"{groups}, coded by {codes}"),
                values,
                labels=words.astype(str),
                title=f"r² = {r2:.3f}",
                line=True,
            )
        )
        return Exhibit(
            figures=(chart, Bars(shares, title="Explained variance", x="share of variance")),
            across=2,
            facts=facts,
            table=shares.round(4),
            description=fill(
                f"The {measured} by {groups}, coded by {codes}: explained {{explained:.3f}}, by η² "
                "{eta2:.3f}. Bars compare r² of alphabetical codes with η² for four columns; for "
                "the feed {feed_r2:.3f} and {feed_eta2:.3f}.",
                facts,
            ),
        )


def _codes(words: "pd.Series[Any]", values: "pd.Series[Any]", codes: str) -> "pd.Series[float]":
    if codes == _MEANS:
        return values.groupby(words, observed=True).transform("mean")
    alphabet = sorted(words.astype(str).unique())
    counts = words.astype(str).value_counts()
    order = alphabet if codes == _ALPHABET else sorted(alphabet, key=lambda word: -counts[word])
    return coded(words, order)


def _r(x: "pd.Series[Any]", y: "pd.Series[Any]", method: Any = "pearson") -> float:
    both = pd.DataFrame({"x": x.astype(float), "y": y.astype(float)})
    return float(correlate(both, method, adjust="none").r["y"]["x"])


@cache
def _compared() -> pd.DataFrame:
    """What codes by the alphabet and the groups themselves explain, a row a column of words."""
    rows = {}
    for groups, (name, measured) in _COLUMNS.items():
        words, values = table(name)[groups], table(name)[measured]
        r = _r(_codes(words, values, _ALPHABET), values)
        eta2 = correlation_ratio(words, values) ** 2
        rows[groups] = {"r, alphabet": r, "r², alphabet": r**2, "η²": eta2}
    return pd.DataFrame(rows).T


def _chains(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(" < ".join(order) for order in itertools.permutations(words))


_RANKS, _SCHOOLS = ("AsstProf", "AssocProf", "Prof"), ("P", "S", "PS")
_FINDS_ONE = "it would find an order in noise as well"
_SAME = "no reason: it comes to the same"
_WHY = (_FINDS_ONE, _SAME, "a smaller r is more modest")
_BY_ALPHABET = "AssocProf < AsstProf < Prof", "P < PS < S"


class Ordered(Step):
    """
    ### Associate before assistant

    Some words do have an order. Assistant professor, associate professor, professor. Primary
    school, secondary school, and what comes after: P, S, PS.

    The computer knows letters. A CSV file keeps the words and forgets the order, and what reads it
    puts *Assoc* before *Asst* and *PS* before *S*. So neither column is in order, and r is
    {rank_alphabet:.3f} with the salary and {education_alphabet:.3f} with the income.

    In the right order r, or better Spearman's ρ, has a meaning: whether one goes up as the other
    does.
    """

    readings = {
        "ranks and salary": "{rank_r:.2f}",
        "education and income": "{education_r:.2f}",
    }

    tables = (SALARIES, CHILE)

    rank = Choice("Ranks of professors", _chains(_RANKS), default=_BY_ALPHABET[0])
    education = Choice("Schools in Chile", _chains(_SCHOOLS), default=_BY_ALPHABET[1])
    method = Choice("Measure", ("Pearson", "Spearman"), default="Pearson")
    answers = {"why": Choice("Why not the order with the largest |r|?", _WHY, default=None)}
    views = ("method",)

    predict = Predict(
        "By the alphabet, *PS* comes before *S*, and r of education and income is "
        "{education_alphabet:.3f}. What is it in the right order?",
        choices=[
            Option(
                text="About the same: one swap of three",
                value="same",
                feedback=(
                    "{education_right:.3f} instead of {education_alphabet:.3f}. Who went on after "
                    "school earns most; the alphabet puts them in the middle."
                ),
                misconception="order_is_a_detail",
                tempting=True,
                holds=lambda state: (
                    state["education_right"] > 1.5 * state["education_alphabet"]
                    and _incomes_rise_with_school()
                ),
            ),
            Option(
                text="About twice as much",
                value="more",
                feedback=(
                    "{education_right:.3f}. No code can do better than η, {education_eta:.3f}; the "
                    "right order comes near it by itself."
                ),
                holds=lambda state: (
                    0.9 * state["education_eta"]
                    < state["education_right"]
                    <= state["education_eta"]
                ),
            ),
            Option(
                text="The same with the other sign",
                value="flipped",
                feedback=(
                    "That takes the whole order backwards. A single swap changes the size: "
                    "{education_right:.3f}."
                ),
                misconception="order_is_a_detail",
                holds=lambda state: state["education_right"] > 0 < state["education_alphabet"],
            ),
        ],
        answer=lambda exhibit: (
            "more"
            if float(exhibit.facts["education_right"])
            > 1.5 * float(exhibit.facts["education_alphabet"])
            else "same"
        ),
        seen_at={"education": "P < S < PS"},
    )

    task = Task(
        "Put both columns in their own order, from the lowest to the highest. Here that is also "
        "the order with the largest r. Say why one does not simply take that one.",
        goals=[
            Goal(
                "The ranks stand from the lowest to the highest: now {rank}",
                met=lambda state: state["rank_is_right"],
            ),
            Goal(
                "So do the levels of education: now {education}",
                met=lambda state: state["education_is_right"],
            ),
            Goal(
                "The reason is a good one: now {why}",
                met=lambda state: state["why"] == _FINDS_ONE,
            ),
        ],
        solution={
            "rank": " < ".join(_RANKS),
            "education": " < ".join(_SCHOOLS),
            "why": _FINDS_ONE,
        },
        hints=[
            "Assistant, associate, full professor: that is the ladder.",
            "P is primary, S secondary, PS post-secondary.",
            "What would the best of six orders find if income knew nothing of school?",
        ],
    )

    mistakes = [
        Mistake(
            "Every step is right, and the ladder hangs from the ceiling: r = {rank_r:.3f} and "
            "{education_r:.3f}. A higher code now means a lower rung, and every reader will trip.",
            when=lambda state: state["rank_is_reversed"] and state["education_is_reversed"],
            example={"rank": "Prof < AssocProf < AsstProf", "education": "PS < S < P"},
            misconception="signs_need_no_direction",
            holds=lambda state: state["rank_r"] < 0 and state["education_r"] < 0,
        ),
        Mistake(
            "One of the two ladders hangs from the ceiling: r = {rank_r:.3f} and "
            "{education_r:.3f}. Its steps are right, and a higher code means a lower rung.",
            when=lambda state: state["rank_is_reversed"] or state["education_is_reversed"],
            example={"rank": "Prof < AssocProf < AsstProf", "education": "P < S < PS"},
            misconception="signs_need_no_direction",
            holds=lambda state: min(state["rank_r"], state["education_r"]) < 0,
        ),
        Mistake(
            "Both ladders stand: r = {rank_r:.3f} and {education_r:.3f}. As to the reason: with "
            "incomes dealt by chance the best of the six orders still has |r| = "
            "{best_of_six:.3f} on average, the known order {known_order:.3f}.",
            when=lambda state: (
                state["rank_is_right"] and state["education_is_right"] and state["why"] is not None
            ),
            example={"rank": " < ".join(_RANKS), "education": " < ".join(_SCHOOLS), "why": _SAME},
            misconception="best_order_is_the_order",
            holds=lambda state: state["best_of_six"] > 1.2 * state["known_order"],
        ),
        Mistake(
            "One of two: r = {rank_r:.3f} for the ranks, {education_r:.3f} for the schools. The "
            "other one is still out of order.",
            when=lambda state: state["rank_is_right"] != state["education_is_right"],
            example={"rank": "AsstProf < AssocProf < Prof"},
            misconception="order_is_a_detail",
            holds=lambda state: not (state["rank_is_reversed"] or state["education_is_reversed"]),
        ),
        Mistake(
            "r = {rank_r:.3f} and {education_r:.3f}. Neither is a ladder yet. In their own order "
            "they would have {rank_right:.3f} and {education_right:.3f}.",
            when=lambda state: not state["rank_is_right"],
            example={"rank": "AsstProf < Prof < AssocProf"},
            misconception="order_is_a_detail",
            holds=lambda state: not state["education_is_right"],
        ),
    ]

    holds = [
        Claim(
            "Here that is also the order with the largest r",
            lambda state: (
                state["rank_right"] == state["rank_best"]
                and state["education_right"] == state["education_best"]
            ),
        )
    ]

    learned = [
        Outcome(
            "In their own order rank and salary have r = {rank_r:.3f}, by the alphabet "
            "{rank_alphabet:.3f}; education and income {education_r:.3f} instead of "
            "{education_alphabet:.3f}. With incomes dealt by chance the known order has |r| = "
            "{known_order:.3f} on average, and the best of six {best_of_six:.3f}: who searches "
            "finds. An order is knowledge. Give it to the column, once.",
            holds=lambda state: (
                state["rank_r"] > state["rank_alphabet"]
                and state["education_r"] > state["education_alphabet"]
                and state["best_of_six"] > 1.2 * state["known_order"]
            ),
        )
    ]

    def show(self, rank: str, education: str, method: str) -> Exhibit:
        respondents = table("chile")[["education", "income"]].dropna()
        facts: dict[str, Any] = {"respondents": len(respondents), **_by_chance()}
        charts = []
        rows = {}
        for name, chain, ladder, alphabet in (
            ("rank", rank, _RANKS, _BY_ALPHABET[0]),
            ("education", education, _SCHOOLS, _BY_ALPHABET[1]),
        ):
            right, reverse = " < ".join(ladder), " < ".join(reversed(ladder))
            r, rho = _r_and_rho(name, chain)
            facts |= {
                f"{name}_r": r,
                f"{name}_rho": rho,
                f"{name}_right": _r_and_rho(name, right)[0],
                f"{name}_best": max(_r_and_rho(name, each)[0] for each in _chains(ladder)),
                f"{name}_alphabet": _r_and_rho(name, alphabet)[0],
                f"{name}_eta": _eta(name),
                f"{name}_is_right": chain == right,
                f"{name}_is_reversed": chain == reverse,
            }
            words, values = _ladder(name)
            shown = words.astype(object).astype(pd.CategoricalDtype(chain.split(" < ")))
            label = f"r = {r:.3f}" if method == "Pearson" else f"ρ = {rho:.3f}"
            charts.append(grouped(shown, values, f"{name}: {minus_signs(label)}"))
            rows[f"{name} and {values.name}"] = {"order": chain, "r": r, "ρ": rho}
        return Exhibit(
            figures=tuple(charts),
            across=2,
            facts=facts,
            table=pd.DataFrame(rows).T,
            description=fill(
                "Salaries by rank and incomes by education, each in the chosen order. r is "
                "{rank_r:.3f} and {education_r:.3f}; in the right order {rank_right:.3f} and "
                "{education_right:.3f}, by the alphabet {rank_alphabet:.3f} and "
                "{education_alphabet:.3f}.",
                facts,
            ),
        )


def _incomes_rise_with_school() -> bool:
    """Whether each step of school has a higher mean income."""
    school, income = _ladder("education")
    means = income.groupby(school.astype(str)).mean()
    return bool(means[list(_SCHOOLS)].is_monotonic_increasing)


def _ladder(name: str) -> "tuple[pd.Series[Any], pd.Series[Any]]":
    """Ordered words, and what is measured of those who have them."""
    data, measured = {"rank": ("salaries", "salary"), "education": ("chile", "income")}[name]
    return table(data)[name], table(data)[measured]


@cache
def _by_chance() -> dict[str, float]:
    """|r| of school and income dealt anew: in the known order, and in the best of the six."""
    words, income = _ladder("education")
    is_known = words.notna() & income.notna()
    dealt = np.random.default_rng(0).permuted(
        np.tile(income[is_known].to_numpy(dtype=float), (_DEALS, 1)), axis=1
    )
    codes = {chain: coded(words[is_known], chain.split(" < ")) for chain in _chains(_SCHOOLS)}
    x = _standardised(np.array(list(codes.values())))
    r = np.abs(_standardised(dealt) @ x.T) / x.shape[1]
    known = list(codes).index(" < ".join(_SCHOOLS))
    return {"known_order": float(r[:, known].mean()), "best_of_six": float(r.max(axis=1).mean())}


_DEALS = 500


def _standardised(rows: Floats) -> Floats:
    centred: Floats = rows - rows.mean(axis=1, keepdims=True)
    scale: Floats = rows.std(axis=1, keepdims=True)
    return centred / scale


@cache
def _r_and_rho(name: str, chain: str) -> tuple[float, float]:
    words, values = _ladder(name)
    codes = coded(words, chain.split(" < "))
    return _r(codes, values), _r(codes, values, "spearman")


@cache
def _eta(name: str) -> float:
    return correlation_ratio(*_ladder(name))
