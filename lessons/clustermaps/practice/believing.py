"""Exercises on whether to believe a clustermap: noise, its neighbours, and who chose the rows."""

from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lessons.clustermaps.genes import by_variance, standardised, t_of_rows
from lessons.clustermaps.groups import agreement
from lessons.clustermaps.practice.columns import meeting, some_columns, tree_of
from lessons.practising import fair
from lib.charts import Heatmap, Histogram, Scatter, number_text
from lib.course import ChooseOne, ClickCell, Exercise, Reply, TwoTier, kind
from lib.stats import Linkage, correlate_tables, noise_tables

Floats = NDArray[np.float64]

_NOISE_TABLES = 40


class _Blocks(NamedTuple):
    """A clustered table beside clustered noise of its size, by the mean |r| of neighbours."""

    rows: int
    columns: int
    filed: float
    clustered: float
    noise: Floats
    as_alike: int


def _blocks(generator: np.random.Generator, is_noise: bool) -> _Blocks | None:
    rows, columns = int(generator.integers(20, 61)), int(generator.integers(8, 13))
    seeds = generator.integers(2**31, size=2).tolist()
    pairs, r = (0, 0.0) if is_noise else (columns // 2, 0.75)
    own = noise_tables(1, rows, columns, true_pairs=pairs, r=r, seed=seeds[0])
    own = own[:, :, generator.permutation(columns)]
    noise = noise_tables(_NOISE_TABLES, rows, columns, seed=seeds[1])
    (filed, clustered), *others = [_neighbours(r) for r in _sizes(np.concatenate([own, noise]))]
    of_noise = np.array([each[1] for each in others])
    as_alike = int((of_noise >= clustered).sum())
    beats = clustered > of_noise.max() + 0.03
    fits = 8 <= as_alike <= 32 and clustered > filed + 0.05 if is_noise else beats
    return _Blocks(rows, columns, filed, clustered, of_noise, as_alike) if fits else None


def _sizes(tables: Floats) -> Floats:
    """|r| of all pairs, a row a table."""
    return np.abs(correlate_tables(tables)[0])


def _neighbours(sizes: Floats) -> tuple[float, float]:
    """Mean |r| of neighbours as drawn, and clustered."""
    from scipy.cluster.hierarchy import leaves_list, linkage  # 0.3 s to import
    from scipy.spatial.distance import squareform

    order = leaves_list(linkage(1 - sizes, "average"))
    square = squareform(sizes)
    return float(np.diagonal(square, 1).mean()), float(square[order[:-1], order[1:]].mean())


@kind
def more_than_clustered_noise(generator: np.random.Generator) -> Exercise:
    """Whether blocks on a map are more than noise has."""
    is_noise = bool(generator.random() < 0.5)
    drawn = fair(lambda: _blocks(generator, is_noise))
    beats = not is_noise
    as_much = f"{drawn.as_alike} of {_NOISE_TABLES} tables of noise have as much or more"
    none = f"None of {_NOISE_TABLES} tables of noise has as much"
    truth = none if beats else as_much
    first_words = (
        f"{truth}: the table has {drawn.clustered:.2f}, noise {drawn.noise.mean():.2f} on average "
        f"and {drawn.noise.max():.2f} at most."
    )
    question = (
        f"A table of {drawn.rows} rows and {drawn.columns} columns was clustered: blocks, and "
        f"neighbours with |r| = {drawn.clustered:.2f} on average. {_NOISE_TABLES} tables of "
        "noise of the same size were clustered, too. Do the blocks show more than noise does?"
    )
    wrong_first = (
        f"Noise has blocks, too, and its neighbours reach {drawn.noise.max():.2f}. But "
        f"{none.lower()}: the table has {drawn.clustered:.2f}."
        if beats
        else f"The table does look ordered, from {drawn.filed:.2f} before to "
        f"{drawn.clustered:.2f}. But {as_much}."
    )
    wrong_why = (
        f"Blocks of noise look alike, and that tempts. But the mark at {drawn.clustered:.2f} lies "
        f"to the right of all {_NOISE_TABLES}, the highest at {drawn.noise.max():.2f}."
        if beats
        else f"Blocks that can be seen are easily taken for more. But at the mark, "
        f"{drawn.clustered:.2f}, or to the right of it lie {drawn.as_alike} of {_NOISE_TABLES}."
    )
    right_why = (
        f"The mark at {drawn.clustered:.2f} lies to the right of all {_NOISE_TABLES}."
        if beats
        else f"At the mark, {drawn.clustered:.2f}, or to the right of it lie {drawn.as_alike} of "
        f"{_NOISE_TABLES}, the others to the left."
    )
    blocks = (
        "That compares an order with an order: clustering brings any table's neighbours together. "
        f"{first_words}"
    )
    return TwoTier(
        question=question,
        figures=(
            Histogram(
                pd.Series(drawn.noise, name="mean |r| of neighbours"),
                title="Noise, clustered",
                marks={"the table": drawn.clustered},
            ),
        ),
        description=f"A histogram of the neighbours' mean |r| in {_NOISE_TABLES} clustered tables "
        f"of noise, from {drawn.noise.min():.2f} to {drawn.noise.max():.2f}, their median "
        f"{np.median(drawn.noise):.2f}. The table is marked at {drawn.clustered:.2f}.",
        first=ChooseOne(
            question=question,
            choices=[
                Reply(
                    text="Yes, more than noise",
                    feedback=first_words if beats else wrong_first,
                    right=beats,
                    misconception=None if beats else "noise_has_no_blocks",
                    holds=drawn.clustered > drawn.filed,
                ),
                Reply(
                    text="No more than noise, by this number",
                    feedback=wrong_first if beats else first_words,
                    right=not beats,
                    misconception="blocks_never_mean_anything" if beats else None,
                ),
            ],
        ),
        why=ChooseOne(
            question="Why?",
            choices=[
                Reply(
                    text="The table lies beyond all the noise",
                    feedback=right_why if beats else wrong_why,
                    right=beats,
                    misconception=None if beats else "noise_has_no_blocks",
                ),
                Reply(
                    text="The table lies among the noise",
                    feedback=wrong_why if beats else right_why,
                    right=not beats,
                    misconception="blocks_never_mean_anything" if beats else None,
                ),
                Reply(
                    text=f"Clustering brought its neighbours from {drawn.filed:.2f} to "
                    f"{drawn.clustered:.2f}",
                    feedback=blocks,
                    misconception="a_square_is_a_finding",
                    holds=drawn.clustered > drawn.filed,
                ),
            ],
        ),
    )


_LINKAGES: tuple[Linkage, ...] = ("average", "complete", "ward")
_GENES = (50, 80, 100, 150, 200, 300)
_PATIENTS = 30

Setting = tuple[str, str]


class _Settings(NamedTuple):
    """How well trees agree with the diagnoses: a row a linkage, a column a number of genes."""

    table: pd.DataFrame
    shown: Setting
    against: Setting

    def agreement(self, setting: Setting) -> float:
        place = _LINKAGES.index(setting[0]), _GENES.index(int(setting[1]))
        agreed: Floats = self.table.to_numpy()
        return float(agreed[place])


def _settings(generator: np.random.Generator) -> _Settings | None:
    """A setting that agrees well, and the one beside it that does not."""
    table = _agreements(generator)
    agreed: Floats = table.to_numpy()
    for row, column in generator.permutation([*np.ndindex(table.shape)]).tolist():
        numbers = {beside: float(agreed[beside]) for beside in _beside(row, column)}
        lowest, second = sorted(numbers, key=lambda beside: numbers[beside])[:2]
        shown, least = float(agreed[row, column]), numbers[lowest]
        if shown > 0.6 and shown - least > 0.2 and numbers[second] - least > 0.05:
            return _Settings(table, _name(row, column), _name(*lowest))
    return None


def _agreements(generator: np.random.Generator) -> pd.DataFrame:
    """Of two groups with the diagnoses, in some of the patients."""
    from scipy.cluster.hierarchy import fcluster, linkage  # 0.3 s to import
    from scipy.spatial.distance import pdist

    every = by_variance()
    patients = np.sort(generator.choice(every.shape[1], _PATIENTS, replace=False))
    is_myeloid = every.columns[patients].str.startswith("AML")
    found: dict[str, list[float]] = {}
    for genes in _GENES:
        distances = pdist(standardised(every.to_numpy()[:genes, patients]).T)
        groups = [fcluster(linkage(distances, each), 2, "maxclust") for each in _LINKAGES]
        found[str(genes)] = [round(agreement(each, is_myeloid), 2) for each in groups]
    return pd.DataFrame(found, index=_LINKAGES)


def _name(row: int, column: int) -> Setting:
    return _LINKAGES[row], str(_GENES[column])


def _beside(row: int, column: int) -> list[tuple[int, int]]:
    """One step away: left, right, above and below."""
    steps = [(row, column - 1), (row, column + 1), (row - 1, column), (row + 1, column)]
    return [
        (down, across)
        for down, across in steps
        if 0 <= down < len(_LINKAGES) and 0 <= across < len(_GENES)
    ]


@kind
def next_door(generator: np.random.Generator) -> Exercise:
    """Which neighbour of a good setting speaks against it most."""
    drawn = fair(lambda: _settings(generator))
    place = (_LINKAGES.index(drawn.shown[0]), _GENES.index(int(drawn.shown[1])))
    beside = [_name(*each) for each in _beside(*place)]
    it_shows = f"{drawn.shown[0]} linkage with {drawn.shown[1]} genes"
    least = drawn.agreement(drawn.against)
    found = f"{drawn.against[0]} linkage with {drawn.against[1]} genes has {number_text(least)}"

    def reply(row: str, column: str) -> Reply:
        said = drawn.agreement((row, column))
        name = f"{row} linkage, {column} genes"
        if (row, column) == drawn.against:
            return Reply(
                text=name,
                feedback=f"The paper has {drawn.agreement(drawn.shown):.2f}. One step away, "
                f"{found}. One setting is an anecdote.",
                right=True,
                holds=all(drawn.agreement(each) >= least for each in beside),
            )
        if (row, column) == drawn.shown:
            feedback = f"That is what the paper shows, {number_text(said)}. One step away, {found}."
        elif (row, column) in beside:
            feedback = (
                f"{name.capitalize()}: one step away, and {number_text(said)}. Another one has "
                f"less: {found}."
            )
        else:
            feedback = (
                f"{name.capitalize()}: further away, and {number_text(said)}. One step away, "
                f"{found}."
            )
        return Reply(text=name, feedback=feedback, misconception="one_good_setting_is_enough")

    chart = Heatmap(drawn.table, scale="agreement", title="Agreement with the diagnoses")
    numbers = "; ".join(
        f"{linkage} linkage: "
        + ", ".join(
            f"{genes} genes {number_text(drawn.agreement((linkage, str(genes))))}"
            for genes in _GENES
        )
        for linkage in _LINKAGES
    )
    return ClickCell(
        question=f"{_PATIENTS} patients with one of two leukaemias, clustered by their most "
        "variable genes, as many as the column says, and cut into two groups. A paper shows "
        f"{it_shows}: an agreement of {drawn.agreement(drawn.shown):.2f}. Click the setting one "
        "cell away, to the left, right, above or below, that speaks against it most.",
        figures=(chart,),
        description=f"A map of agreements. {numbers}.",
        chart=chart,
        cells=[_name(*each) for each in np.ndindex(drawn.table.shape)],
        reply=reply,
    )


_Chooser = Literal["blind", "same", "others"]
_HALF, _ROWS, _KEPT, _DRAWS = 12, 600, 20, 8
_STORIES = (
    ("patients", "the two diagnoses", "proteins"),
    ("seedlings", "the two kinds of soil", "measurements of leaves"),
    ("pupils", "the two ways of teaching", "answers"),
    ("batches", "the two suppliers", "readings of sensors"),
)


def _agreement_in_noise(generator: np.random.Generator, chooser: _Chooser) -> float:
    """Of two groups with labels that mean nothing, by Ward's linkage, over some draws."""
    from scipy.cluster.hierarchy import fcluster, linkage  # 0.3 s to import

    found = []
    for _ in range(_DRAWS):
        values = generator.normal(size=(_ROWS, 2 * _HALF))
        is_one = np.arange(2 * _HALF) % 2 == 0
        first_half = np.arange(2 * _HALF) < _HALF
        tested = np.full(2 * _HALF, fill_value=True) if chooser == "same" else first_half
        seen = tested if chooser == "same" else ~first_half
        if chooser == "blind":
            seen = np.full(2 * _HALF, fill_value=True)
            score = values.var(axis=1)
        else:
            score = np.abs(t_of_rows(values[:, tested & is_one], values[:, tested & ~is_one]))
        shown = values[np.argsort(-score)[:_KEPT]][:, seen]
        groups = fcluster(linkage(shown.T, "ward"), 2, "maxclust")
        found.append(agreement(groups, is_one[seen]))
    return float(np.mean(found))


@kind(transfer=True)
def an_honest_choice_of_rows(generator: np.random.Generator) -> Exercise:
    """Whether a tree could have failed to show the two groups."""
    things, label, measured = _STORIES[generator.integers(len(_STORIES))]
    chooser: _Chooser = ("same", "blind", "others")[generator.choice(3, p=[0.4, 0.3, 0.3])]
    in_noise = _agreement_in_noise(generator, chooser)
    is_honest = chooser != "same"
    shown = float(generator.integers(80, 98)) / 100
    how = {
        "same": f"by the largest t between {label}, over all {things}",
        "blind": f"by the largest variance, without a look at {label}",
        "others": f"by the largest t between {label}, in one half of the {things}; the tree is "
        "that of the other half",
    }[chooser]
    question = (
        f"{_KEPT} of {_ROWS} {measured} are chosen {how}. A tree of the {things} by these, cut "
        f"into two, agrees {shown:.2f} with {label}. Does that agreement speak for a real "
        "difference?"
    )
    noise = (
        f"Chosen so, {_ROWS} rows of noise agree {number_text(in_noise)} with labels that mean "
        f"nothing, on average over {_DRAWS} draws"
    )
    verdict = f"{noise}: " + (
        "far below what was found." if is_honest else "the choice alone makes such a picture."
    )
    reasons = {
        "same": f"{label.capitalize()} chose the rows, and the same {things} are shown",
        "blind": f"{label.capitalize()} had no part in choosing the rows",
        "others": f"{label.capitalize()} chose the rows, but other {things} are shown",
    }
    of_noise = f"Of noise, rows chosen so agree {number_text(in_noise)}"
    reason_says = {
        "same": {
            "same": f"Among {_ROWS} rows some go with {label} by chance, in these very {things}. "
            "These were kept.",
            "blind": f"The tree had no look at {label}, but the choice had: {how}. {of_noise}.",
            "others": f"That would be honest. But the {things} that chose are the ones that are "
            f"shown: {how}. {of_noise}.",
        },
        "blind": {
            "same": f"That is often done, and would sort noise as well. Here it was not: {how}. "
            f"{of_noise}.",
            "blind": f"A row that varies much need not vary with {label}.",
            "others": f"No half was set apart, and none had to be: {how}. {of_noise}.",
        },
        "others": {
            "same": f"They did choose, but not by the {things} that are shown: {how}. {of_noise}.",
            "blind": f"They had a part: {how}. What keeps it honest is that half. {of_noise}.",
            "others": f"What goes with {label} by chance in one half has no reason to do so in the "
            "other.",
        },
    }[chooser]
    return TwoTier(
        question=question,
        first=ChooseOne(
            question=question,
            choices=[
                Reply(
                    text="Yes, it does",
                    feedback=verdict
                    if is_honest
                    else f"{shown:.2f} is high, and a tree does not look at {label}. The choice "
                    f"did. {verdict}",
                    right=is_honest,
                    misconception=None if is_honest else "chosen_genes_prove",
                    holds=(in_noise < 0.3) == is_honest and (is_honest or in_noise > 0.5),
                ),
                Reply(
                    text="No: it would be high without any difference",
                    feedback=verdict
                    if not is_honest
                    else f"A choice of {_KEPT} rows from {_ROWS} is suspicious, and may make a "
                    f"picture. This one does not. {verdict}",
                    right=not is_honest,
                    misconception="blocks_never_mean_anything" if is_honest else None,
                    holds=(in_noise < 0.3) == is_honest,
                ),
            ],
        ),
        why=ChooseOne(
            question="Why?",
            choices=[
                *(
                    Reply(
                        text=reason,
                        feedback=reason_says[each],
                        right=each == chooser,
                        misconception=None if each == chooser else "chosen_genes_prove",
                    )
                    for each, reason in reasons.items()
                ),
                Reply(
                    text=f"A tree is never told of {label}",
                    feedback="Nor is it where they choose its rows. What counts is the choice: "
                    f"{how}. {verdict}",
                    misconception="unsupervised_is_innocent",
                ),
            ],
        ),
    )


class _TwoTrees(NamedTuple):
    """The same columns in two trees: distances, and the heights at which pairs meet."""

    rows: str
    names: tuple[Linkage, Linkage]
    cophenetic: tuple[float, float]
    charts: tuple[Scatter, Scatter]


def _two_trees(generator: np.random.Generator) -> _TwoTrees | None:
    columns = some_columns(generator, 8)
    names: tuple[Linkage, Linkage] = (_LINKAGES[generator.integers(2)], "single")
    if generator.random() < 0.5:
        names = (names[1], names[0])
    trees = [tree_of(columns.r, name) for name in names]
    faithful = (trees[0].cophenetic, trees[1].cophenetic)
    if abs(faithful[0] - faithful[1]) < 0.1 or min(faithful) < 0.2:
        return None
    above = np.triu_indices(8, 1)
    distance = pd.Series(trees[0].distances.to_numpy()[above], name="distance")
    charts = [
        Scatter(
            distance,
            pd.Series(meeting(tree).to_numpy()[above], name="height"),
            title=f"Tree {number}",
            limits=((0, 1.05), (0, 1.05)),
        )
        for number, tree in enumerate(trees, 1)
    ]
    return _TwoTrees(columns.rows, names, faithful, (charts[0], charts[1]))


@kind(transfer=True)
def the_more_faithful_tree(generator: np.random.Generator) -> Exercise:
    """Which of two trees repeats the distances better."""
    drawn = fair(lambda: _two_trees(generator))
    better = int(np.argmax(drawn.cophenetic))
    numbers = (
        f"The cophenetic correlation is {drawn.cophenetic[0]:.2f} for tree 1 and "
        f"{drawn.cophenetic[1]:.2f} for tree 2"
    )
    linkages = f"1 was drawn by {drawn.names[0]} linkage, 2 by {drawn.names[1]}"
    description = " ".join(
        f"Scatter plot of tree {place}: "
        + ", ".join(
            f"distances near {(low + high) / 2:.2f} meet between "
            f"{chart.y[inside].min():.2f} and {chart.y[inside].max():.2f}"
            for low, high in ((0, 0.35), (0.35, 0.7), (0.7, 1.01))
            if (inside := (chart.x >= low) & (chart.x < high)).any()
        )
        + "."
        for place, chart in enumerate(drawn.charts, 1)
    )
    return ChooseOne(
        question=f"Eight columns about {drawn.rows}, the same distances, two trees. A point is a "
        "pair of columns: its distance, and the height at which the tree lets the two meet. "
        "Which tree repeats the distances better?",
        figures=drawn.charts,
        description=description,
        choices=[
            *(
                Reply(
                    text=f"Tree {place + 1}",
                    feedback=f"{numbers}: {linkages}."
                    if place == better
                    else f"Its points lie farther from a line. {numbers}: {linkages}.",
                    right=place == better,
                    misconception=None if place == better else "linkage_is_a_detail",
                )
                for place in (0, 1)
            ),
            Reply(
                text="That depends on which groups are real",
                feedback=f"No group is asked for. {numbers}: how well heights repeat distances, "
                "whatever is real.",
                misconception="a_faithful_tree_is_true",
            ),
        ],
    )
