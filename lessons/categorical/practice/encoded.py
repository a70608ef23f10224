"""Words that were encoded, words that were lost, and families of columns."""

from io import StringIO
from itertools import pairwise

import numpy as np
import pandas as pd

from lessons.bands import Said, bands, bands_at
from lib.charts import Heatmap, below_diagonal
from lib.course import Exercise, TypeNumber, kind
from lib.stats import associate_categories, cluster


@kind
def offices_by_chance(generator: np.random.Generator) -> Exercise:
    """What codes of many levels explain by chance."""
    people = int(generator.choice([101, 201, 301, 401, 501]))
    offices = int(generator.integers(6, people // 3))
    value = 100 * (offices - 1) / (people - 1)
    right = f"({offices} − 1) / ({people} − 1) is {value:.0f} %"
    return TypeNumber(
        question=f"{people} people are dealt to {offices} offices by chance, and each office is "
        "encoded by the mean salary of those who sit there. Which share of the variance of the "
        "same people's salaries may these means be expected to explain? Within two points will do.",
        value=value,
        tolerance=2,
        low=0,
        high=100,
        unit="%",
        feedback=f"{right}, though the offices know nothing. One-hot columns explain the same.",
        bands=bands(
            0,
            (
                value,
                (
                    f"{{said}} % is too little. Each mean contains the salaries that it is "
                    f"compared with: {right}.",
                    "encoding_is_innocent",
                ),
            ),
            (
                101,
                (
                    f"{{said}} % is too much: that would take more offices, or fewer people in "
                    f"each. {right}.",
                    "levels_cost_nothing",
                ),
            ),
        ),
    )


@kind
def mean_of_the_others(generator: np.random.Generator) -> Exercise:
    """What leave-one-out gives to one row."""
    count = int(generator.integers(4, 7))
    while True:
        salaries = generator.integers(40, 100, count)
        place = int(generator.integers(count))
        own, total = int(salaries[place]), int(salaries.sum())
        value, of_all = (total - own) / (count - 1), total / count
        apart = sorted([value, of_all, float(own)])
        if value.is_integer() and min(np.diff(apart)) > 1.2 and len(set(salaries)) == count:
            break
    listed = ", ".join(map(str, salaries))
    others = " + ".join(str(each) for number, each in enumerate(salaries) if number != place)
    right = f"({others}) / {count - 1} is {value:.0f}"
    tempting: dict[float, Said] = {
        of_all: (
            f"{{said}} is the mean of all {count}, with the own salary in it. Leave-one-out leaves "
            f"it out: {right}.",
            "encoding_is_innocent",
        ),
        float(own): (
            f"{{said}} is the own salary, which is what must stay out: {right}.",
            "encoding_is_innocent",
        ),
    }
    lowest, highest = ((total - int(end)) / (count - 1) for end in (salaries.max(), salaries.min()))
    return TypeNumber(
        question=f"The salaries in one office, in thousands: {listed}. The office is encoded by "
        f"leave-one-out. Which code does the person with {own} get?",
        value=value,
        tolerance=0,
        low=0,
        high=1000,
        feedback=f"{right}. Who earns most there, {salaries.max()}, gets the lowest code, "
        f"{lowest:.1f}, and who earns least the highest, {highest:.1f}: read backwards, the code "
        "tells the salary.",
        bands=bands_at(0, 1001, tempting, (f"Not {{said}}: {right}.", "leave_one_out_is_safe")),
        holds=lowest < highest,
    )


_FILES = (
    ("continent", ("AF", "AS", "EU", "SA"), "North America"),
    ("country", ("AO", "BW", "ZA", "ZM"), "Namibia"),
    ("answer", ("yes", "no", "later", "never"), "*not asked*"),
)


@kind(transfer=True)
def gaps_that_were_words(generator: np.random.Generator) -> Exercise:
    """How many gaps `read_csv` makes of words."""
    name, words, meant = _FILES[int(generator.integers(len(_FILES)))]
    counts = generator.integers(5, 60, len(words))
    lost = int(generator.integers(6, 40))
    empty = int(generator.integers(2, 30))
    while abs(lost - empty) < 3:
        empty = int(generator.integers(2, 30))
    entries = [
        *np.repeat(words, counts).tolist(), *["NA"] * lost, *[""] * empty,
    ]  # fmt: skip
    text = f"row,{name}\n" + "\n".join(f"{row},{entry}" for row, entry in enumerate(entries))
    column = pd.read_csv(StringIO(text))[name]
    value = int(column.isna().sum())
    right = f"{lost} times NA and {empty} empty fields make {value} gaps"
    tempting: dict[float, Said] = {
        float(empty): (
            f"{{said}} are the empty fields alone. `read_csv` takes NA for a gap as well: {right}.",
            "na_is_a_word",
        ),
        float(lost): (
            f"{{said}} are the NA alone. An empty field is a gap as well: {right}.",
            "na_is_a_word",
        ),
        0.0: (f"`read_csv` says nothing, but it makes gaps: {right}.", "na_is_a_word"),
    }
    listed = ", ".join(f"{word} {count}" for word, count in zip(words, counts, strict=True))
    return TypeNumber(
        question=f"A CSV file has a column `{name}`: {listed}, NA {lost}, which stands for "
        f"{meant}, and {empty} empty fields. How many gaps has the column after "
        "`pd.read_csv(file)`?",
        value=value,
        tolerance=0,
        low=0,
        high=1000,
        unit="gaps",
        feedback=f"{right}. With `keep_default_na=False` NA would stay a word, and so would "
        "the empty text.",
        bands=bands_at(0, 1001, tempting, (f"Not {{said}}: {right}.", "na_is_a_word")),
        holds=value == lost + empty
        and int(pd.read_csv(StringIO(text), keep_default_na=False)[name].isna().sum()) == 0,
    )


@kind(transfer=True)
def families_on_a_map(generator: np.random.Generator) -> Exercise:
    """How many families a clustered map shows."""
    while True:
        sizes = generator.permutation(
            [(4, 4), (5, 3), (3, 3, 2), (2, 2, 2, 2), (4, 2, 2)][int(generator.integers(5))]
        )
        rows, answers = int(generator.integers(250, 401)), int(generator.integers(3, 6))
        family = np.repeat(np.arange(len(sizes)), sizes)
        tastes = generator.integers(answers, size=(rows, len(sizes)))
        is_loyal = generator.random((rows, 8)) < 0.65
        drawn = np.where(is_loyal, tastes[:, family], generator.integers(answers, size=(rows, 8)))
        dealt = generator.permutation(8)
        frame = pd.DataFrame(drawn[:, dealt], columns=list("abcdefgh"), dtype="category")
        v = associate_categories(frame.astype("category"), adjust="none").v
        order = cluster(1 - v, distance="precomputed").order
        members = pd.Series(family[dealt], v.columns)
        shown = v.loc[order, order]
        is_same = np.equal.outer(members[order].to_numpy(), members[order].to_numpy())
        numbers = below_diagonal(shown).to_numpy()
        same = below_diagonal(pd.DataFrame(is_same, order, order)).to_numpy(dtype=bool)
        if numbers[same].min() > 2 * numbers[~same].max():
            break
    value = len(sizes)
    blocks = ", ".join(
        "".join(sorted(members.index[members == number])) for number in members[order].unique()
    )
    right = (
        f"There are {value}: {blocks}. Within them V is at least {numbers[same].min():.2f}, "
        f"between them at most {numbers[~same].max():.2f}"
    )
    hidden = pd.DataFrame(np.eye(8, dtype=bool), order, order)
    return TypeNumber(
        question=f"{rows} people answered eight questions, {answers} answers each. The map of V is "
        "clustered. How many families of questions does it show?",
        figures=[
            Heatmap(
                shown, (0, 1), hidden=hidden, colours="viridis", title="V, clustered", scale="V"
            )
        ],
        description="A map of V between eight questions, in the order "
        + ", ".join(order)
        + ". "
        + " ".join(
            f"{one} with the next: {shown[other][one]:.2f}." for one, other in pairwise(order)
        ),
        value=value,
        tolerance=0,
        low=0,
        high=8,
        unit="families",
        feedback=f"{right}.",
        bands=bands(
            0,
            (value, (f"{{said}} is too few. {right}.", "any_order_shows_families")),
            (9, (f"{{said}} is too many. {right}.", "a_square_is_a_finding")),
        ),
        holds=bool((members[order].diff().ne(0).sum()) == value),
    )
