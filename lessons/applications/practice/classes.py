"""Exercises on confusion matrices: what to divide by, and what accuracy hides."""

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lessons.practising import Slip, apart, bands, fair, one_of
from lessons.tables import table
from lib.charts import Heatmap
from lib.course import Arrange, ChooseOne, ClickCell, Exercise, Reply, TwoTier, TypeNumber, kind

_STORIES = (
    ("A model names birds by their song.", ("tit", "finch", "wren", "robin")),
    ("A model names the language of letters.", ("English", "Dutch", "Danish", "Czech")),
    ("A model names trees by their leaves.", ("oak", "beech", "maple", "birch")),
    ("A model sorts waste by its picture.", ("paper", "glass", "metal", "wood")),
)

_REAL = {
    "chile": ("vote", ("statusquo", "age", "income"), "people asked in Chile for their vote"),
    "salaries": ("rank", ("yrs.since.phd", "salary"), "professors by their rank"),
    "wine": ("cultivar", ("alcohol", "malic_acid", "hue", "magnesium"), "wines by their cultivar"),
    "iris": ("species", ("sepal length (cm)", "sepal width (cm)"), "irises by their species"),
}


_VOTES = {"A": "abstains", "N": "no", "U": "undecided", "Y": "yes"}


class Judged(NamedTuple):
    """A confusion matrix, true classes by what a model said, and what is read off it."""

    counts: pd.DataFrame

    @property
    def names(self) -> list[str]:
        """The classes."""
        return [str(name) for name in self.counts.index]

    @property
    def right(self) -> npt.NDArray[np.float64]:
        """How many of each class were named rightly."""
        return np.diag(self.counts.to_numpy()).astype(float)

    @property
    def recall(self) -> npt.NDArray[np.float64]:
        """Of each true class, the share that was found."""
        shares: npt.NDArray[np.float64] = self.right / self.counts.to_numpy(float).sum(axis=1)
        return shares

    @property
    def precision(self) -> npt.NDArray[np.float64]:
        """Of all that were called by a name, the share that bears it."""
        shares: npt.NDArray[np.float64] = self.right / self.counts.to_numpy(float).sum(axis=0)
        return shares

    @property
    def accuracy(self) -> float:
        """The share of all that was named rightly."""
        return float(self.right.sum() / self.counts.to_numpy().sum())

    def chart(self, title: str) -> Heatmap:
        """The counts as a map."""
        most = float(self.counts.to_numpy().max())
        return Heatmap(
            self.counts, (0, most), colours="viridis", decimals=0, scale="cases", title=title
        )

    def in_words(self) -> str:
        """Every count, row by row."""
        rows = (
            f"truly {name}: " + ", ".join(f"{count} called {said}" for said, count in row.items())
            for name, row in self.counts.iterrows()
        )
        return f"A map of counts. {'; '.join(rows)}."


def _counted(counts: npt.NDArray[np.int64], names: list[str]) -> Judged:
    return Judged(pd.DataFrame(counts, pd.Index(names, name="true"), pd.Index(names, name="said")))


def _invented(generator: np.random.Generator, names: tuple[str, ...]) -> Judged:
    """One class is large, the others are small; each has its own recall and its own errors."""
    places = generator.permutation(len(names))
    sizes = np.r_[generator.integers(300, 600), generator.integers(20, 120, len(names) - 1)]
    rows = []
    for place, size in enumerate(sizes[places]):
        shares = generator.dirichlet(np.ones(len(names) - 1)) * generator.uniform(0.05, 0.5)
        rows.append(generator.multinomial(size, np.insert(shares, place, 1 - shares.sum())))
    return _counted(np.array(rows), list(names))


@kind
def recall_or_precision(generator: np.random.Generator) -> Exercise:
    """A share read off a row, or off a column."""
    story, names = one_of(generator, _STORIES)
    by_row = bool(generator.integers(2))

    def draw() -> tuple[Judged, int]:
        return _invented(generator, names[:3]), int(generator.integers(3))

    def is_fair(drawn: tuple[Judged, int]) -> bool:
        judged, place = drawn
        recall, precision = judged.recall[place], judged.precision[place]
        asked = recall if by_row else precision
        return bool(
            min(recall, precision) > 0.05
            and abs(recall - precision) > 0.06
            and abs(asked - judged.accuracy) > 0.06
        )

    judged, place = fair(draw, is_fair)
    name, right = judged.names[place], int(judged.right[place])
    row = int(judged.counts.iloc[place].sum())
    column = int(judged.counts.iloc[:, place].sum())
    whole, other = (row, column) if by_row else (column, row)
    value, slip = 100 * right / whole, 100 * right / other
    line, other_line = ("row", "column") if by_row else ("column", "row")
    asked = (
        f"Of all that are truly {name}, how many percent does it find?"
        if by_row
        else f"Of all that it calls {name}, how many percent are {name}?"
    )
    how = f"The {line} of {name} adds up to {whole}, and {right} of those are on the diagonal"
    miss = Slip(f"{how}: {value:.0f}%.", "rows_are_columns")
    return TypeNumber(
        question=f"{story} {asked}",
        figures=[judged.chart(story.rstrip("."))],
        description=judged.in_words(),
        value=value,
        tolerance=1,
        low=0,
        high=100,
        unit="%",
        feedback=f"{how}. That is {'recall' if by_row else 'precision'}.",
        bands=bands(
            value,
            100,
            {
                round(slip): Slip(
                    f"That is {right} of {other}, the sum of the {other_line}. {how}: "
                    f"{value:.0f}%.",
                    "rows_are_columns",
                ),
                round(100 * judged.accuracy): Slip(
                    f"That is the accuracy, one number for all classes. {how}: {value:.0f}%.",
                    "accuracy_is_enough",
                ),
            },
            miss,
            miss,
        ),
        holds=abs(value - slip) > 5,
    )


@kind
def worst_error_of_a_class(generator: np.random.Generator) -> Exercise:
    """Finding the error that takes most of its class on a map of counts."""
    story, names = one_of(generator, _STORIES)

    def errors(judged: Judged) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        counts = judged.counts.to_numpy() * (1 - np.eye(4))
        return counts, counts / judged.counts.sum(axis="columns").to_numpy()[:, None]

    def is_fair(judged: Judged) -> bool:
        counts, shares = errors(judged)
        first, second = np.sort(shares.ravel())[::-1][:2]
        by_count = np.sort(counts.ravel())[::-1]
        return bool(
            first > 1.3 * second
            and by_count[0] > 1.1 * by_count[1]
            and counts.argmax() != shares.argmax()
        )

    judged = fair(lambda: _invented(generator, names), is_fair)
    counts, shares = errors(judged)
    worst = divmod(int(shares.argmax()), 4)
    sizes = judged.counts.sum(axis="columns").to_numpy()

    def said(row: int, column: int) -> str:
        return f"{counts[row, column]:.0f} of {sizes[row]} true {names[row]}"

    def reply(true: str, called: str) -> Reply:
        row, column = names.index(true), names.index(called)
        text = f"true {true}, called {called}"
        if (row, column) == worst:
            return Reply(
                text=text,
                feedback=f"{said(row, column)}, or {shares[row, column]:.0%}: no other error takes "
                "so much of its row.",
                right=True,
            )
        is_most = counts[row, column] == counts.max()
        return Reply(
            text=text,
            feedback=(
                f"The largest count of the errors, and {true} is a class of {sizes[row]}: "
                f"{shares[row, column]:.0%} of it. Elsewhere it is {said(*worst)}, or "
                f"{shares[worst]:.0%}."
                if is_most
                else f"{said(row, column)} is {shares[row, column]:.0%}. Divide each cell by its "
                f"row: one is {said(*worst)}, or {shares[worst]:.0%}."
            ),
            misconception="brightest_is_worst" if is_most else "rows_are_columns",
            holds=bool(shares[row, column] < shares[worst]),
        )

    chart = judged.chart(story.rstrip("."))
    return ClickCell(
        question=f"{story} Which error takes the largest share of its true class? Click its cell.",
        figures=[chart],
        description=judged.in_words(),
        chart=chart,
        cells=[(true, called) for true in names for called in names if true != called],
        reply=reply,
    )


@cache
def _complete(name: str) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64], list[str]]:
    classes, columns, _ = _REAL[name]
    rows = table(name)[[classes, *columns]].dropna()
    measured = rows[list(columns)].to_numpy(float)
    codes, names = pd.factorize(rows[classes].astype(str), sort=True)
    standard = (measured - measured.mean(axis=0)) / measured.std(axis=0)
    return standard, codes.astype(np.int64), [str(each) for each in names]


def _by_nearest_mean(generator: np.random.Generator, name: str) -> Judged:
    """Half of the rows give the mean of each class; the others are named by the nearest of them."""
    measured, codes, names = _complete(name)
    columns = generator.permutation(measured.shape[1])[:2]
    seen = generator.random(len(codes)) < 0.5
    means = np.array([measured[seen & (codes == k)][:, columns].mean(axis=0) for k in set(codes)])
    unseen = measured[~seen][:, columns]
    said = ((unseen[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
    counts = np.zeros((len(names), len(names)), dtype=np.int64)
    np.add.at(counts, (codes[~seen], said), 1)
    words = [_VOTES.get(each, each) if name == "chile" else each for each in names]
    return _counted(counts, words)


@kind(transfer=True)
def classes_in_order(generator: np.random.Generator) -> Exercise:
    """Putting classes in order, by how far they are found or to be believed."""
    by_row = bool(generator.integers(2))

    def draw() -> tuple[str, Judged]:
        name = one_of(generator, list(_REAL))
        return name, _by_nearest_mean(generator, name)

    def is_fair(drawn: tuple[str, Judged]) -> bool:
        judged = drawn[1]
        if judged.right.min() < 3:
            return False
        asked, other = judged.recall, judged.precision
        if not by_row:
            asked, other = other, asked
        return apart(asked, 1.15) and list(asked.argsort()) != list(other.argsort())

    name, judged = fair(draw, is_fair)
    values = judged.recall if by_row else judged.precision
    order = values.argsort()[::-1]
    by_other = (judged.precision if by_row else judged.recall).argsort()[::-1]
    by_count = judged.right.argsort()[::-1]
    wholes = judged.counts.sum(axis="columns" if by_row else "index").to_numpy()
    said = ", ".join(
        f"{judged.names[place]} {judged.right[place]:.0f} of {wholes[place]}, {values[place]:.0%}"
        for place in order
    )
    line = "row" if by_row else "column"

    def wrong(given: tuple[int, ...]) -> Reply:
        misconception = "rows_are_columns"
        if given == tuple(by_other):
            said_first = f"That order comes from dividing by the {'column' if by_row else 'row'}."
        elif given == tuple(by_count):
            misconception = "brightest_is_worst"
            said_first = "That is the order of the counts on the diagonal, and classes differ."
        else:
            said_first = f"Divide each cell of the diagonal by its {line}."
        return Reply(
            text="",
            feedback=f"{said_first} By the sum of the {line}: {said}.",
            misconception=misconception,
        )

    asked = (
        "by the share of each class that is found"
        if by_row
        else "by how far each name is to be believed when the model says it"
    )
    title = f"{judged.counts.to_numpy().sum()} {_REAL[name][2]}"
    return Arrange(
        question=f"{title}. A model took the mean of each class from other rows, in two columns, "
        f"and names each row by the nearest mean. Put the classes in order {asked}, the highest "
        "first.",
        figures=[judged.chart(title)],
        description=judged.in_words(),
        items=judged.names,
        values=[float(value) for value in values],
        feedback=f"Each cell of the diagonal by the sum of its {line}: {said}.",
        wrong=wrong,
    )


_RARE = (
    ("payments", "fraudulent", "honest"),
    ("tumours", "malignant", "benign"),
    ("messages", "spam", "wanted"),
    ("engines", "faulty", "sound"),
    ("samples of water", "polluted", "clean"),
)


@kind
def fewest_that_were_found(generator: np.random.Generator) -> Exercise:
    """What a count of errors says about a rare class."""
    things, rare, common = one_of(generator, _RARE)
    count, cases = int(generator.integers(15, 60)), 10 * int(generator.integers(80, 300))
    errors = int(generator.integers(count // 3, count - 3))
    value, accuracy = count - errors, 1 - errors / cases
    how = (
        f"All {errors} errors may be {rare} ones that were missed. So at least {count} − {errors} "
        f"= {value} were found"
    )
    low = Slip(
        f"{how}: fewer would mean more errors than there are. To be rare is not to be hopeless.",
        "rare_class_is_hopeless",
    )
    high = Slip(
        f"{how}, and no more is certain. Right for {accuracy:.1%} is said of all {cases:,} "
        f"together, and nearly all of them are {common}.",
        "accuracy_is_enough",
    )
    return TypeNumber(
        question=f"Of {cases:,} {things} {count} are {rare}. A model names {things} {common} or "
        f"{rare}. It makes {errors} errors, so it is right for {accuracy:.1%}. How many of the "
        f"{rare} ones has it found at the least?",
        value=value,
        tolerance=0,
        low=0,
        high=count,
        feedback=f"{how}. Their row in the confusion matrix would say how many.",
        bands=bands(value, count, {}, low, high),
        holds=(cases - count) / cases > 0.9,
    )


@kind(transfer=True)
def better_than_saying_no(generator: np.random.Generator) -> Exercise:
    """A model beside somebody who never looks."""
    things, rare, common = one_of(generator, _RARE)
    count, cases = int(generator.integers(20, 60)), 10 * int(generator.integers(80, 300))

    better = bool(generator.integers(2))

    def draw() -> tuple[int, int]:
        return int(generator.integers(count // 3, count)), int(generator.integers(4, 90))

    found, alarms = fair(draw, lambda drawn: apart(drawn, 1.4) and (drawn[0] > drawn[1]) == better)
    model, nobody = (cases - count + found - alarms) / cases, (cases - count) / cases
    story = (
        f"Of {cases:,} {things} {count} are {rare}. A model finds {found} of them, and calls "
        f"{alarms} {common} ones {rare}. Somebody else says {common} each time, without looking."
    )
    if generator.random() < 0.2:
        return _who_finds_more(story, rare, common, count, found, alarms)
    numbers = f"the model is right for {model:.1%}, and always saying {common} for {nobody:.1%}"
    question = f"{story} Who is right more often?"
    return TwoTier(
        question=question,
        first=ChooseOne(
            question=question,
            choices=[
                Reply(
                    text="the model",
                    feedback=f"Of all cases {numbers}."
                    if better
                    else f"The model finds {found}, and who never looks finds none. But {numbers}.",
                    right=better,
                    misconception=None if better else "recall_is_free",
                    holds=(model > nobody) == better,
                ),
                Reply(
                    text=f"who always says {common}",
                    feedback=f"{cases - count:,} of {cases:,} are {common}, and that is hard to "
                    f"beat. Yet it is beaten: {numbers}."
                    if better
                    else f"Of all cases {numbers}.",
                    right=not better,
                    misconception="rare_class_is_hopeless" if better else None,
                    holds=(model < nobody) != better,
                ),
            ],
        ),
        why=ChooseOne(
            question="Why?",
            choices=[
                Reply(
                    text=_MORE_FOUND,
                    feedback=f"The model gains the {found} that it finds, and loses the {alarms} "
                    "false "
                    "alarms."
                    if better
                    else f"The model finds {found} and calls {alarms} by mistake: fewer, not more.",
                    right=better,
                    misconception=None if better else "recall_is_free",
                    holds=(found > alarms) == better,
                ),
                Reply(
                    text=_MORE_CALLED,
                    feedback=f"The model finds {found} and calls {alarms} by mistake: fewer, not "
                    "more."
                    if better
                    else f"The model gains the {found} that it finds, and loses the {alarms} false "
                    "alarms. Whether it is the worse choice is another question: a missed one may "
                    "cost more.",
                    right=not better,
                    misconception="rare_class_is_hopeless" if better else None,
                    holds=(alarms > found) != better,
                ),
                Reply(
                    text=_ONLY_THE_MODEL,
                    feedback=f"Who always says {common} makes {count} errors, all of them missed. "
                    f"The model misses {count - found} and adds {alarms} false alarms: "
                    f"{count - found + alarms} errors.",
                    misconception="recall_is_free",
                ),
            ],
        ),
    )


_MORE_FOUND, _MORE_CALLED, _ONLY_THE_MODEL = (
    "the model finds more than it calls by mistake",
    "the model calls more by mistake than it finds",
    "who never looks finds none",
)


def _who_finds_more(
    story: str, rare: str, common: str, count: int, found: int, alarms: int
) -> Exercise:
    """The same two, asked for the rare ones alone."""
    question = f"{story} Who overlooks fewer of the {rare} ones?"
    alone = f"Only the {rare} ones are asked about, and the {alarms} false alarms are none of them"
    return TwoTier(
        question=question,
        first=ChooseOne(
            question=question,
            choices=[
                Reply(
                    text="the model",
                    feedback=f"It overlooks {count - found} of {count}. Who always says {common} "
                    f"overlooks all {count}.",
                    right=True,
                    holds=found > 0,
                ),
                Reply(
                    text=f"who always says {common}",
                    feedback=f"To be right often is another matter. Of {count} {rare} ones all are "
                    f"overlooked, and {count - found} by the model.",
                    misconception="accuracy_is_enough",
                    holds=found > 0,
                ),
            ],
        ),
        why=ChooseOne(
            question="Why?",
            choices=[
                Reply(
                    text=_MORE_FOUND,
                    feedback=f"{alone}. It finds {found}, and who never looks none."
                    if found > alarms
                    else f"It finds {found} and calls {alarms} by mistake: fewer, not more. "
                    f"{alone}.",
                    misconception="recall_is_free",
                ),
                Reply(
                    text=_MORE_CALLED,
                    feedback=f"{alone}. Nobody overlooks less by calling more by mistake."
                    if alarms > found
                    else f"It calls {alarms} by mistake and finds {found}: fewer, not more. "
                    f"{alone}.",
                    misconception="rare_class_is_hopeless",
                ),
                Reply(
                    text=_ONLY_THE_MODEL,
                    feedback=f"Who always says {common} calls nothing {rare}: 0 of {count} are "
                    f"found, and {found} by the model.",
                    right=True,
                ),
            ],
        ),
    )


@kind(transfer=True)
def precision_elsewhere(generator: np.random.Generator) -> Exercise:
    """What becomes of precision where the class is rarer."""
    disease = one_of(generator, ("diabetes", "an infection", "anaemia", "a fracture"))
    found = 10 * int(generator.integers(14, 20))
    alarms = 2 * int(generator.integers(3, 21))
    crowd, sick = 10_000, one_of(generator, (100, 200, 400))
    hits, false = sick * found / 200, (crowd - sick) * alarms / 200
    value, before = 100 * hits / (hits + false), 100 * found / (found + alarms)
    how = (
        f"{found / 200:.0%} of {sick} are {hits:.0f} found, and {alarms / 200:.0%} of "
        f"{crowd - sick:,} are {false:.0f} false alarms. {hits:.0f} of {hits + false:.0f} are "
        f"{value:.0f}%"
    )
    miss = Slip(f"Count both among all who are called ill. {how}.", "precision_travels")
    return TypeNumber(
        question=f"A test for {disease} was tried on 200 people who have it and 200 who do not. It "
        f"found {found} and called {alarms} by mistake. Now it is used on {crowd:,} people, of "
        f"whom {sick} have it, with the same recall and the same share of false alarms. Of those "
        "whom it calls ill, how many percent are?",
        value=value,
        tolerance=1.5,
        low=0,
        high=100,
        unit="%",
        feedback=f"{how}. Where it was tried, it was {before:.0f}%: half of the people were ill.",
        bands=bands(
            value,
            100,
            {
                round(before): Slip(
                    f"So it was in the trial, where every second one was ill. Here {how}.",
                    "precision_travels",
                ),
                round(100 * found / 200): Slip(
                    f"That is recall: of the ill, so many are found. Here {how}.",
                    "rows_are_columns",
                ),
            },
            miss,
            miss,
        ),
        holds=before - value > 10,
    )


_EDGES = (20, 40, 60, 80)
_FALLING, _RISING = np.array([8, 3, 1.5, 0.8, 0.5]), np.array([0.6, 1, 1.5, 2, 4])


@kind
def threshold_for_two_wishes(generator: np.random.Generator) -> Exercise:
    """A threshold that finds enough, and calls few by mistake."""
    things, rare, common = one_of(generator, _RARE)

    def draw() -> npt.NDArray[np.int64]:
        sizes = generator.integers([120, 40], [260, 90])
        parts = [
            generator.multinomial(size, generator.dirichlet(shape))
            for size, shape in zip(sizes, (_FALLING, _RISING), strict=True)
        ]
        return np.array(parts)

    def shares(counts: npt.NDArray[np.int64]) -> list[tuple[float, float]]:
        above = [counts[:, place:].sum(axis=1) for place in range(1, 5)]
        return [
            (float(found / counts[1].sum()), float(found / max(1, found + alarms)))
            for alarms, found in above
        ]

    wish_found, wish_right = one_of(generator, ((0.8, 0.5), (0.7, 0.6), (0.75, 0.5), (0.6, 0.7)))

    def is_fair(counts: npt.NDArray[np.int64]) -> bool:
        met = [found >= wish_found and right >= wish_right for found, right in shares(counts)]
        near = [
            min(abs(found - wish_found), abs(right - wish_right)) for found, right in shares(counts)
        ]
        return sum(met) == 1 and min(near) > 0.02

    counts = fair(draw, is_fair)

    def accuracy(edge: int) -> float:
        bins = edge // 20
        return float((counts[0, :bins].sum() + counts[1, bins:].sum()) / counts.sum())

    def reply(edge: int, found: float, right: float) -> Reply:
        numbers = f"Above {edge}% it finds {found:.0%}, and {right:.0%} of those called are {rare}"
        if found >= wish_found and right >= wish_right:
            return Reply(text=f"{edge}%", feedback=f"{numbers}: both wishes.", right=True)
        if found < wish_found:
            return Reply(
                text=f"{edge}%",
                feedback=f"{numbers}. It is right for {accuracy(edge):.0%} of all cases, and "
                f"misses {1 - found:.0%} of those that are looked for.",
                misconception="accuracy_is_enough",
            )
        return Reply(
            text=f"{edge}%",
            feedback=f"{numbers}. What it finds is paid for with false alarms from the "
            f"{counts[0].sum()} {common} ones.",
            misconception="recall_is_free",
        )

    columns = ["0 to 20", "20 to 40", "40 to 60", "60 to 80", "80 to 100"]
    frame = pd.DataFrame(
        counts, pd.Index([common, rare], name="true"), pd.Index(columns, name="chance in %")
    )
    words = "; ".join(
        f"{name}: " + ", ".join(f"{count} at {column}%" for column, count in row.items())
        for name, row in frame.iterrows()
    )
    return ChooseOne(
        question=f"A model gives each of some {things} a chance to be {rare}. All above a "
        f"threshold are called {rare}. Which threshold finds at least {wish_found:.0%} of the "
        f"{rare} ones, while at least {wish_right:.0%} of those that it calls are {rare}?",
        figures=[
            Heatmap(
                frame,
                (0, float(counts.max())),
                colours="viridis",
                decimals=0,
                scale="cases",
                title="Cases by the chance that they were given",
            )
        ],
        description=f"A map of counts. {words}.",
        choices=[reply(edge, *each) for edge, each in zip(_EDGES, shares(counts), strict=True)],
    )


@kind
def line_that_divides(generator: np.random.Generator) -> Exercise:
    """Which line of code gives recall, and which precision."""
    story, names = one_of(generator, _STORIES)
    asked = one_of(generator, ("by row", "by column", "by all"))

    def is_fair(judged: Judged) -> bool:
        differ = np.abs(judged.recall - judged.precision)
        return bool(differ.max() > 0.15 and judged.right.min() > 0)

    judged = fair(lambda: _invented(generator, names[:3]), is_fair)
    counts = judged.counts
    place = int(np.abs(judged.recall - judged.precision).argmax())
    name, right = names[place], float(judged.right[place])
    shares = {
        "by row": counts.div(counts.sum(axis="columns"), axis="index"),
        "by column": counts / counts.sum(),
        "by all": counts / counts.to_numpy().sum(),
    }
    cells = {how: float(frame.iloc[place, place]) for how, frame in shares.items()}
    meanings = {
        "by row": "how many of the true ones are found",
        "by column": "how many of those called by a name bear it",
        "by all": "how many of all cases bear its name and are called by it",
    }
    truths = {"by row": judged.recall, "by column": judged.precision}
    lines = {
        "by row": '`counts.div(counts.sum(axis="columns"), axis="index")`',
        "by column": "`counts / counts.sum()`",
        "by all": "`counts / counts.to_numpy().sum()`",
    }
    return ChooseOne(
        question=f"{story} In the frame `counts` rows are true classes and columns are what it "
        f"said. Which line puts on the diagonal, for each class, {meanings[asked]}?",
        figures=[judged.chart("counts")],
        description=judged.in_words(),
        choices=[
            Reply(
                text=lines[how],
                feedback=f"This line divides {how}. For {name} that is {right:.0f} of "
                f"{right / cells[how]:.0f}, or {cells[how]:.0%}."
                if how == asked
                else f"{lines[how]} divides by all cases. The diagonal then adds up to the "
                f"accuracy, {judged.accuracy:.0%}, and {name} has {cells[how]:.0%}, where "
                f"{cells[asked]:.0%} was asked for."
                if how == "by all"
                else f"{lines[how]} divides {how}: {meanings[how]}. For {name} that is "
                f"{cells[how]:.0%}, where {cells[asked]:.0%} was asked for.",
                right=how == asked,
                misconception=None
                if how == asked
                else "any_normaliser_will_do"
                if "by all" in (how, asked)
                else "rows_are_columns",
                holds=bool(
                    np.isclose(np.diag(shares[how]).sum(), judged.accuracy)
                    if how == "by all"
                    else np.isclose(cells[how], truths[how][place])
                )
                and (how == asked or f"{cells[how]:.0%}" != f"{cells[asked]:.0%}"),
            )
            for how in lines
        ],
    )
