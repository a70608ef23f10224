"""Exercises on which measure fits which pair, and on what words allow."""

from itertools import permutations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from lessons.methods.measuring import coefficient
from lessons.practising import Slip, bands, one_of
from lessons.tables import table
from lib.charts import number_text
from lib.course import ChooseOne, Exercise, Reply, TypeNumber, kind
from lib.stats import correlation_ratio, cramers_v


class _Pair(NamedTuple):
    """Two columns of a table: the words first where there are any."""

    table: str
    rows: str
    x: str
    y: str
    kinds: str


_PAIRS = (
    _Pair("chickwts", "chicks", "feed", "weight", "words and a number"),
    _Pair("iris", "iris flowers", "species", "petal length (cm)", "words and a number"),
    _Pair("iris", "iris flowers", "species", "sepal width (cm)", "words and a number"),
    _Pair("wine", "wines", "cultivar", "proline", "words and a number"),
    _Pair("wine", "wines", "cultivar", "alcohol", "words and a number"),
    _Pair("un", "nations", "region", "fertility", "words and a number"),
    _Pair("salaries", "professors", "sex", "salary", "two words and a number"),
    _Pair("salaries", "professors", "discipline", "salary", "two words and a number"),
    _Pair("titanic", "passengers", "survived", "age", "two words and a number"),
    _Pair("salaries", "professors", "rank", "sex", "words and words"),
    _Pair("chile", "people asked", "region", "education", "words and words"),
    _Pair("un", "nations", "region", "group", "words and words"),
    _Pair("salaries", "professors", "rank", "salary", "ordered words and a number"),
    _Pair("chile", "people asked", "education", "statusquo", "ordered words and a number"),
    _Pair("chile", "people asked", "education", "income", "ordered words and a number"),
)
_NUMBERED, _ZERO_ONE, _RANKS, _ETA, _V = (
    "Pearson's r, with the words numbered by the alphabet",
    "Pearson's r, with zero and one for the words",
    "Spearman's ρ",
    "the correlation ratio η",
    "Cramér's V",
)
# In each list one measure fits; η would fit ordered words and two words too, and is not offered.
_OFFERED = {
    "words and a number": (_ETA, _NUMBERED, _V),
    "two words and a number": (_ZERO_ONE, _V, "none of those in this lesson"),
    "words and words": (_V, _NUMBERED, _ETA),
    "ordered words and a number": (_RANKS, _V, _NUMBERED),
}


def _drawn(generator: np.random.Generator, name: str, columns: list[str]) -> pd.DataFrame:
    whole = table(name)[columns].dropna()
    count = int(generator.integers(2 * len(whole) // 3, len(whole) + 1))
    return whole.iloc[np.sort(generator.choice(len(whole), count, replace=False))]


def _codes(column: "pd.Series[Any]", words: list[str]) -> "pd.Series[Any]":
    return column.astype(str).map({word: float(code) for code, word in enumerate(words)})


def _in_order(column: "pd.Series[Any]") -> list[str]:
    """The words of a column in their own order, if they have one, or by the alphabet."""
    return [str(word) for word in column.cat.categories if (column == word).any()]


@kind(transfer=True)
def measure_that_fits(generator: np.random.Generator) -> Exercise:
    """Which measure fits what two columns hold."""
    pair = one_of(generator, _PAIRS)
    data = _drawn(generator, pair.table, [pair.x, pair.y])
    x, y = data[pair.x], data[pair.y]
    words = _in_order(x)
    fits = _OFFERED[pair.kinds][0]
    has_order = pair.kinds.startswith("ordered")
    listed = (" < " if has_order else ", ").join(words)
    holds = f"`{pair.x}` ({listed}, in this order)" if has_order else f"`{pair.x}` ({listed})"
    if pair.kinds == "words and words":
        other = f"`{pair.y}` ({', '.join(_in_order(y))})"
    else:
        other = f"`{pair.y}`, a number"
    return ChooseOne(
        question=f"{len(data)} {pair.rows}: {holds} and {other}. Which of these measures fits?",
        choices=[
            Reply(
                text=measure,
                feedback=_why_it_fits(measure, x, y)
                if measure == fits
                else _why_not(measure, x, y),
                right=measure == fits,
                misconception=None if measure == fits else _BELIEFS[measure],
            )
            for measure in _OFFERED[pair.kinds]
        ],
    )


_BELIEFS = {
    _NUMBERED: "codes_are_measurements",
    _ETA: "it_computes_so_it_fits",
    _V: "it_computes_so_it_fits",
    "none of those in this lesson": "two_groups_need_their_own_measure",
}


def _why_it_fits(measure: str, x: "pd.Series[Any]", y: "pd.Series[Any]") -> str:
    words = _in_order(x)
    if measure == _ETA:
        return (
            "η asks how far apart the means of the groups lie, whatever the groups are called: "
            f"{correlation_ratio(x, y):.2f}."
        )
    if measure == _V:
        return f"V asks how far the counts are from those of no link: {cramers_v(x, y):.2f}."
    if measure == _RANKS:
        rho = coefficient(_codes(x, words), y, "Spearman")
        return f"Both can be put in order, and ρ asks for no more: {number_text(rho)}."
    r = coefficient(_codes(x, words), y)
    return f"Two words are zero and one; swapped, only the sign turns. r is {number_text(r)}."


def _why_not(measure: str, x: "pd.Series[Any]", y: "pd.Series[Any]") -> str:
    if measure == _V:
        different = y.nunique()
        return (
            f"V compares words with words. To it the {different} different values of `{y.name}` "
            f"are {different} words, and none is nearer to one than to another."
        )
    if measure == _ETA:
        return f"η needs a number to take means of. `{x.name}` and `{y.name}` both hold words."
    if measure == _NUMBERED:
        number = y if pd.api.types.is_numeric_dtype(y) else _codes(y, sorted(_in_order(y)))
        alphabet = sorted(_in_order(x))
        one, other = (
            coefficient(_codes(x, words), number)
            for words in (alphabet, [*alphabet[1:], alphabet[0]])
        )
        return (
            f"By the alphabet r is {number_text(one)}, and with the first word put last "
            f"{number_text(other)}. The numbering is nobody's measurement."
        )
    r = coefficient(_codes(x, _in_order(x)), y)
    return f"Two words are zero and one, and then Pearson's r will do: {number_text(r)}."


_NUMBERS = (
    ("iris", "iris flowers", "species", "petal length (cm)"),
    ("iris", "iris flowers", "species", "sepal width (cm)"),
    ("wine", "wines", "cultivar", "color_intensity"),
    ("wine", "wines", "cultivar", "alcohol"),
    ("un", "nations", "group", "fertility"),
    ("salaries", "professors", "sex", "salary"),
    ("salaries", "professors", "discipline", "salary"),
    ("titanic", "passengers", "sex", "age"),
    ("titanic", "passengers", "survived", "age"),
)
_SIGN, _SIZE, _SAME = (
    "its sign may turn, its size stays",
    "its size may change as well",
    "nothing: r stays what it is",
)


@kind(transfer=True)
def words_numbered_anew(generator: np.random.Generator) -> Exercise:
    """What another numbering of words can do to r."""
    name, rows, x, y = one_of(generator, _NUMBERS)
    data = _drawn(generator, name, [x, y])
    words = _in_order(data[x])
    found = [coefficient(_codes(data[x], list(order)), data[y]) for order in permutations(words)]
    sizes = [abs(r) for r in found]
    two = len(words) == 2
    is_moved = bool(generator.random() < 0.25)
    moved = coefficient(_codes(data[x], words) + 1, data[y])
    answer = _SAME if is_moved else _SIGN if two else _SIZE
    numbers = (
        f"r is {number_text(found[0])} with the first numbers and {number_text(moved)} with the "
        "others"
        if is_moved
        else f"r is {number_text(found[0])} one way and {number_text(found[-1])} the other"
        if two
        else f"over all {len(found)} numberings |r| goes from {min(sizes):.2f} to {max(sizes):.2f}"
    )
    reasons = (
        {
            _SIGN: "With two words there is only one step, which another order takes backwards",
            _SIZE: "With more words it would. With two there is one step, however it is taken",
            _SAME: "The groups are the same, but 0 and 1 change places, and r sees the numbers",
        }
        if two and not is_moved
        else {
            _SIGN: "An order that is turned round does that. This one is kept",
            _SIZE: "Another order could do that, or other steps. Here each number is one more",
            _SAME: "Each number is one more, and r does not ask where counting begins",
        }
        if is_moved
        else {
            _SIGN: "That holds for two words, and where an order is turned round. Here a word from "
            "the middle may come to an end",
            _SIZE: "With more than two words their order counts",
            _SAME: "The words are the same, but r sees their numbers",
        }
    )
    return ChooseOne(
        question=f"{len(data)} {rows}. The words of `{x}` ({', '.join(words)}) are numbered 0, 1 "
        "and so on, and correlated with "
        f"`{y}`. Somebody "
        + ("keeps the order and begins with 1" if is_moved else "numbers them in another order")
        + ". What can become of r?",
        choices=[
            Reply(
                text=text,
                feedback=f"{reasons[text]}: {numbers}.",
                right=text == answer,
                misconception=None
                if text == answer
                else "two_groups_need_their_own_measure"
                if text == _SIZE
                else "codes_are_measurements",
                holds=abs(moved - found[0]) < 1e-9
                if is_moved
                else (max(sizes) - min(sizes) < 1e-9) == two,
            )
            for text in (_SIGN, _SIZE, _SAME)
        ],
    )


@kind
def nearer_to_its_ceiling(generator: np.random.Generator) -> Exercise:
    """Which r with zeros and ones is nearer to the highest that it can be."""
    while True:
        shares = [int(share) for share in generator.choice([2, 5, 10, 20, 30, 50], 2, False)]
        # As they are printed, for who divides by them.
        ceilings = [round(_ceiling(share / 100), 2) for share in shares]
        parts = generator.uniform(0.2, 0.95, 2)
        r = [round(float(part * ceiling), 2) for part, ceiling in zip(parts, ceilings, strict=True)]
        reached = [one / ceiling for one, ceiling in zip(r, ceilings, strict=True)]
        if abs(reached[0] - reached[1]) > 0.1 and abs(r[0] - r[1]) > 0.03:
            break
    nearer = int(reached[1] > reached[0])
    texts = [f"the one with {share} % of ones" for share in shares]
    numbers = " and ".join(
        f"{one:.2f} / {ceiling:.2f} = {share:.0%}"
        for one, ceiling, share in zip(r, ceilings, reached, strict=True)
    )
    other = 1 - nearer
    tempting = (
        f"It has the larger r, {r[other]:.2f}, but its ceiling is higher, too."
        if r[other] > r[nearer]
        else f"A higher ceiling, {ceilings[other]:.2f}, seems to promise more, and is farther away."
        if ceilings[other] > ceilings[nearer]
        else f"A lower ceiling, {ceilings[other]:.2f}, is easier to come near to. But r is lower "
        "still."
    )
    alike = f"neither: {max(r):.2f} and {min(r):.2f} can both reach one"
    return ChooseOne(
        question="A bell-shaped number is correlated with two columns of zeros and ones. With "
        f"{shares[0]} % of ones r is {r[0]:.2f}, with {shares[1]} % it is {r[1]:.2f}. The highest "
        f"that it could be is {ceilings[0]:.2f} in the first case and {ceilings[1]:.2f} in the "
        "second. Which r is nearer to its ceiling, as a share of it?",
        choices=[
            *(
                Reply(
                    text=text,
                    feedback=f"{numbers}." if place == nearer else f"{tempting} {numbers}.",
                    right=place == nearer,
                    misconception=None if place == nearer else "r_can_always_reach_one",
                    holds=r[other] < r[nearer] or ceilings[other] > ceilings[nearer],
                )
                for place, text in enumerate(texts)
            ),
            Reply(
                text=alike,
                feedback="Made of two values, a column cannot follow one of many values all the "
                f"way. {numbers}.",
                misconception="r_can_always_reach_one",
                holds=max(ceilings) < 0.9,
            ),
        ],
    )


def _ceiling(share: float) -> float:
    """r of a normal variable with zeros and ones, its largest values being the ones."""
    return float(stats.norm.pdf(stats.norm.isf(share)) / np.sqrt(share * (1 - share)))


_WORDS = (
    ("titanic", "passengers", "sex", "survived"),
    ("titanic", "passengers", "passengerClass", "survived"),
    ("salaries", "professors", "rank", "sex"),
    ("salaries", "professors", "rank", "discipline"),
    ("chile", "people asked", "sex", "vote"),
    ("chile", "people asked", "education", "vote"),
)


@kind(transfer=True)
def chi_square_of_more_rows(generator: np.random.Generator) -> Exercise:
    """What more rows with the same shares do to chi-square."""
    name, rows, x, y = one_of(generator, _WORDS)
    times = int(generator.integers(2, 6))
    while True:
        whole = table(name)[[x, y]].dropna()
        chosen = generator.choice(len(whole), int(generator.integers(60, 200)), replace=False)
        data = whole.iloc[chosen].astype(str)
        counts = stats.contingency.crosstab(data[x], data[y]).count
        chi_square = float(stats.chi2_contingency(counts, correction=False).statistic)
        more = float(stats.chi2_contingency(times * counts, correction=False).statistic)
        shown = round(chi_square, 1)
        if chi_square > 2 and round(times * shown, 1) == round(more, 1):
            break
    v, v_of_more = (
        float(np.sqrt(chi / (n * (min(counts.shape) - 1))))
        for chi, n in ((chi_square, len(data)), (more, times * len(data)))
    )
    other = Slip(
        f"Each count is {times} times as large, and so is each count expected. Chi-square becomes "
        f"{times} × {shown:.1f} = {more:.1f}.",
        "chi_square_is_strength",
    )
    return TypeNumber(
        question=f"{len(data)} {rows}: `{x}` and `{y}` have a chi-square of {shown:.1f}. In a "
        f"table with {times} times as many of each combination, what is chi-square?",
        value=more,
        # Who multiplies the rounded number is right.
        tolerance=0.05 * times + 0.05,
        low=0,
        high=100_000,
        decimals=1,
        feedback=f"{times} times as much, {more:.1f}. V is {v:.2f} before and after: it divides by "
        "the number of rows.",
        bands=bands(
            more,
            100_000,
            {
                shown: Slip(
                    "Chi-square would stay if it measured strength. V does that, and stays "
                    f"{v:.2f}; chi-square grows with the rows, to {more:.1f}.",
                    "chi_square_is_strength",
                ),
                round(shown * times**2, 1): Slip(
                    f"The squared differences grow by {times} × {times}, and each is divided by an "
                    f"expected count that is {times} times as large: {more:.1f}.",
                    "chi_square_is_strength",
                ),
            },
            other,
            other,
        ),
        holds=abs(v - v_of_more) < 1e-9 and abs(more - times * chi_square) < 1e-6,
    )
