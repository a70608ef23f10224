"""Groups and what is measured in them: like with like, shares, orders, a measure that fits."""

import numpy as np
import pandas as pd

from lessons.categorical.tables import coded
from lessons.practising import Slip, bands
from lessons.tables import table
from lib.charts import Bars, Scatter, number_text
from lib.course import ChooseOne, Exercise, Reply, TwoTier, TypeNumber, kind
from lib.stats import correlation_ratio, cramers_v

_KINDS = (
    ("patients", "cured", "mild cases", "severe cases", ("the pill", "the operation")),
    ("flights", "on time", "flights in summer", "flights in winter", ("Alpha Air", "Beta Air")),
    ("pupils", "passed", "easy exams", "hard exams", ("the north school", "the south school")),
    ("parcels", "delivered next day", "parcels in town", "parcels abroad", ("Hare", "Tortoise")),
)


@kind(transfer=True)
def like_with_like(generator: np.random.Generator) -> Exercise:
    """Who does better among what is alike, and what makes the sum."""
    who, good, easy, hard, names = _KINDS[int(generator.integers(len(_KINDS)))]
    turns = bool(generator.random() < 0.6)
    while True:
        better, other = (int(place) for place in generator.permutation(2))
        at_best = generator.uniform(0.75, 0.95), generator.uniform(0.25, 0.5)
        lead = generator.uniform(0.06, 0.12)
        shares = generator.uniform(0.15, 0.3), generator.uniform(0.7, 0.85)
        if not turns:
            shares = shares[0] + 0.3, shares[0] + 0.3
        size = generator.integers(200, 500, 2)
        many, won = np.zeros((2, 2), int), np.zeros((2, 2), int)
        for place, share, less in ((better, shares[0], 0.0), (other, shares[1], lead)):
            many[place] = np.round(size[place] * np.array([share, 1 - share]))
            won[place] = np.round(many[place] * (np.array(at_best) - less))
        within, total = won / many, won.sum(axis=1) / many.sum(axis=1)
        ahead = within[better] - within[other]
        in_sum = total[better] - total[other]
        if ahead.min() > 0.04 and (in_sum < -0.04 if turns else in_sum > 0.04):
            break
    easy_share = many[:, 0] / many.sum(axis=1)
    listed = ". ".join(
        f"{names[place][0].upper() + names[place][1:]}: {total[place]:.0%} {good} of "
        f"{many[place].sum()}; of {many[place, 0]} {easy} {within[place, 0]:.0%}, of "
        f"{many[place, 1]} {hard} {within[place, 1]:.0%}"
        for place in (0, 1)
    ).replace("%", " %")  # fmt: skip
    numbers = (
        f"among {easy} {within[better, 0]:.0%} against {within[other, 0]:.0%}, among {hard} "
        f"{within[better, 1]:.0%} against {within[other, 1]:.0%}"
    ).replace("%", " %")  # fmt: skip
    sums = f"{total[better]:.0%} against {total[other]:.0%}".replace("%", " %")
    had = (
        f"{easy} are {easy_share[better]:.0%} of what {names[better]} had, and "
        f"{easy_share[other]:.0%} of what {names[other]} had"
    ).replace("%", " %")  # fmt: skip
    question = (
        f"{listed}. Of {who} of one kind, where is the larger share {good}: with {names[0]} or "
        f"with {names[1]}?"
    )
    shares_frame = pd.DataFrame(
        {name: within[place] for place, name in enumerate(names)}, [easy, hard]
    )
    reasons = {
        f"{names[other]} had more of the {easy}": (
            f"The sum compares what was hard with what was easy: {had}."
            if turns
            else f"That could turn a sum against {names[better]}, ahead in both kinds. It is not "
            f"turned, {sums}: {had}."
        ),
        f"{names[better]} had more of the {easy}": (
            f"That would lift the sum of {names[better]}, and it is the lower one, {sums}. It was "
            f"the other way round: {had}."
            if turns
            else f"In the sum {names[better]} is ahead, {sums}, and more that is easy could make "
            f"that. But {had}."
        ),
        f"Both had {easy} and {hard} in about the same shares": (
            f"Then the sum would say what the kinds say. It says the opposite, {sums}: {had}."
            if turns
            else f"So the sum says what the kinds say: {had}."
        ),
    }
    cause = list(reasons)[0 if turns else 2]
    apart = easy_share[other] - easy_share[better]
    return TwoTier(
        question=question,
        figures=[Bars(shares_frame, title=f"Share {good}", x=f"share {good}")],
        description=f"Bars for {easy} and {hard}, one for each of the two.",
        first=ChooseOne(
            question=question,
            choices=[
                Reply(
                    text=names[better][0].upper() + names[better][1:],
                    feedback=f"Like with like: {numbers}. In the sum it is {sums}.",
                    right=True,
                    holds=bool((ahead > 0).all()) and (in_sum < 0) == turns,
                ),
                Reply(
                    text=names[other][0].upper() + names[other][1:],
                    feedback=(
                        f"The sum says so, {total[other]:.0%} against {total[better]:.0%}. But"
                        if turns
                        else "As sums may deceive, the one behind may seem ahead. But"
                    ).replace("%", " %")
                    + f" like with like {names[better]} had the larger share: {numbers}.",
                    misconception="overall_holds_within",
                    holds=bool((ahead > 0).all()) and (in_sum < 0) == turns,
                ),
                Reply(
                    text="Neither: each is ahead in one of the two kinds",
                    feedback=f"Who is ahead in one kind need not be in the other. But "
                    f"{names[better]} is in both: {numbers}.",
                    misconception="overall_holds_within",
                ),
            ],
        ),
        why=ChooseOne(
            question="What makes the sum as it is?",
            choices=[
                Reply(
                    text=text[0].upper() + text[1:],
                    feedback=feedback,
                    right=text == cause,
                    misconception=None if text == cause else "overall_holds_within",
                    holds=apart > 0.2 if turns else abs(apart) < 0.02,
                )
                for text, feedback in reasons.items()
            ],
        ),
    )


@kind
def eta_by_head(generator: np.random.Generator) -> Exercise:
    """Which share of the variance lies between groups."""
    groups = int(generator.integers(2, 4))
    while True:
        step, spread = int(generator.integers(1, 7)), int(generator.integers(1, 7))
        middle = int(generator.integers(10, 40))
        means = middle + step * np.arange(groups) * 2
        between, within = float(means.var()), float(spread**2)
        value = between / (between + within)
        if 0.05 < value < 0.92 and abs(value - 0.5) > 0.02:
            break
    listed = " and ".join(", ".join(map(str, means)).rsplit(", ", 1))
    right = (
        f"The means have a variance of {between:.1f}, the members of a group {within:.0f}: "
        f"{between:.1f} / ({between:.1f} + {within:.0f}) is {value:.2f}"
    )
    tempting = {
        value**0.5: Slip(f"{{said}} is η; its square is the share. {right}.", "r_is_a_share"),
        1 - value: Slip(
            f"{{said}} is the share *within* the groups. {right}.", "weak_r_weak_groups"
        ),
        between / within: Slip(
            f"{{said}} compares the two with each other, not with the whole. {right}.",
            "weak_r_weak_groups",
        ),
    }  # fmt: skip
    return TypeNumber(
        question=f"{'Two' if groups == 2 else 'Three'} groups of the same size have the means "
        f"{listed}. Within each the standard deviation is {spread}. Which share of the whole "
        "variance lies between the groups, η²? Variances are means of squares here; within 0.02 "
        "will do.",
        value=value,
        tolerance=0.02,
        low=0,
        high=50,
        decimals=2,
        feedback=f"{right}.",
        bands=bands(
            value,
            50,
            tempting,
            Slip(
                f"{{said}} would take means that lie closer, or more spread within. {right}.",
                "weak_r_weak_groups",
            ),
            Slip(
                f"{{said}} is too much: no share is above 1, and one above {value:.2f} would take "
                f"means farther apart, or less spread within. {right}.",
                "weak_r_weak_groups",
            ),
        ),
    )


_FEEDS = ("barley", "clover", "hay", "maize", "oats")
_APART, _ALIKE, _RISING = "apart", "alike", "rising"


@kind
def codes_and_groups(generator: np.random.Generator) -> Exercise:
    """What a weak or a strong r of codes says of groups."""
    from scipy.stats import f_oneway  # slow to import

    wanted = str(generator.choice([_APART, _ALIKE, _RISING]))
    each = int(generator.integers(10, 19))
    while True:
        effects = {
            _APART: generator.permutation([0, 4, 8, 0, 4]) + generator.normal(0, 1, 5),
            _ALIKE: np.zeros(5),
            _RISING: 2.5 * np.arange(5) + generator.normal(0, 0.5, 5),
        }[wanted]
        values = 50 + effects[:, None] + generator.normal(0, 3, (5, each))
        codes = np.repeat(np.arange(5.0), each)
        r2 = float(np.corrcoef(codes, values.ravel())[0, 1] ** 2)
        words = pd.Series(np.repeat(_FEEDS, each), name="feed")
        weight = pd.Series(np.round(values.ravel(), 1), name="weight")
        eta2 = correlation_ratio(words, weight) ** 2
        p = float(f_oneway(*values).pvalue)
        found = {
            _APART: r2 < 0.02 and eta2 > 0.3 and p < 1e-4,
            _ALIKE: r2 < 0.02 and p > 0.3,
            _RISING: r2 > 0.4 and r2 > 0.85 * eta2,
        }[wanted]
        if found:
            break
    chance = 4 / (5 * each - 1)
    numbers = f"η² is {eta2:.2f}, r² of the codes {r2:.2f}, and chance alone gives η² {chance:.2f}"
    texts = {
        _APART: "The groups differ, and their order by the alphabet has nothing to do with it",
        _ALIKE: "The groups differ no more than chance may make them",
        _RISING: "The groups differ, and here the alphabet happens to follow them",
    }
    wrong = {
        _APART: {
            _ALIKE: "r of codes sees a rise along the alphabet and nothing else.",
            _RISING: "There is no rise along the codes.",
        },
        _ALIKE: {
            _APART: "Means of groups always differ a little.",
            _RISING: "There is no rise along the codes, nor much else.",
        },
        _RISING: {
            _APART: "Here the means do rise along the codes.",
            _ALIKE: "The means lie far apart.",
        },
    }[wanted]
    right = {
        _APART: "The means go up and down along the codes, so that r misses them.",
        _ALIKE: "Five means of so few animals stray as much by chance.",
        _RISING: "That is luck: in another language the codes would be others. η² needs none.",
    }[wanted]
    misconceptions = {
        _APART: "weak_r_weak_groups",
        _ALIKE: "independent_means_no_v",
        _RISING: "alphabet_is_neutral",
    }
    means = ", ".join(
        f"{feed} {mean:.1f}" for feed, mean in zip(_FEEDS, values.mean(axis=1), strict=True)
    )
    return ChooseOne(
        question=f"Five feeds, coded by the alphabet from 0 to 4, and the weights of {5 * each} "
        "animals. What do the points say?",
        figures=[
            Scatter(
                pd.Series(codes, name="feed, coded by the alphabet"), weight, labels=words,
                title=f"r² of the codes is {r2:.2f}", line=True,
            )
        ],
        description=f"Points over five codes, {each} each. The means are {means}; within a feed "
        f"the standard deviation is {values.std(axis=1).mean():.1f}. r² of the codes is {r2:.2f}.",
        choices=[
            Reply(
                text=text,
                feedback=f"{right if fate == wanted else wrong[fate]} {numbers}.",
                right=fate == wanted,
                misconception=None if fate == wanted else misconceptions[wanted],
            )
            for fate, text in texts.items()
        ],
    )  # fmt: skip


_LADDERS = (
    ("bad", "fair", "good"),
    ("cold", "cool", "warm"),
    ("first", "second", "third"),
    ("small", "medium", "large"),
    ("slow", "medium", "fast"),
    ("young", "middle", "elderly"),
    ("low", "medium", "high"),
    ("never", "sometimes", "always"),
    ("primary", "secondary", "college"),
)


@kind(transfer=True)
def alphabet_of_an_order(generator: np.random.Generator) -> Exercise:
    """What the alphabet does to words that have an order."""
    ladder = _LADDERS[int(generator.integers(len(_LADDERS)))]
    rows = int(generator.integers(90, 301))
    alphabet = sorted(ladder)
    while True:
        place = generator.integers(0, 3, rows)
        words = pd.Series(np.array(ladder)[place])
        y = place * generator.uniform(0.6, 1.2) + generator.normal(0, 1, rows)
        in_order, by_alphabet = (
            float(np.corrcoef(coded(words, order), y)[0, 1]) for order in (ladder, alphabet)
        )
        same = list(ladder) == alphabet
        turned = list(ladder[::-1]) == alphabet
        if in_order > 0.35 and (same or turned or abs(in_order - abs(by_alphabet)) > 0.15):
            break
    numbers = (
        f"r is {number_text(in_order)} in their own order and {number_text(by_alphabet)} by the "
        f"alphabet: {', '.join(alphabet)}"
    )
    texts = (
        "It stays what it was",
        "Its sign turns round, and its size stays",
        "Its size changes",
    )
    reasons = (
        (
            "Here the alphabet happens to keep the order.",
            "An alphabet may begin with the highest word. Here it begins with the lowest, "
            f"{ladder[0]}.",
            f"Few orders are those of an alphabet. This one is: {ladder[1]} stays in the middle.",
        )
        if same
        else (
            "The words are what they were, but their codes are not: 0 is now the highest word, "
            f"{ladder[2]}.",
            "The alphabet begins at the other end.",
            f"Few orders survive an alphabet. This one does, from its end: {ladder[1]} stays in "
            "the middle.",
        )
        if turned
        else (
            f"The words are what they were, but their codes are not: {alphabet[1]} is now in the "
            f"middle, where {ladder[1]} was.",
            f"That would be so if the alphabet began with {ladder[2]} and ended with {ladder[0]}. "
            f"But {alphabet[1]} is now in the middle, where {ladder[1]} was.",
            "The alphabet swaps steps of this ladder.",
        )
    )
    right = texts[0 if same else 1 if turned else 2]
    misconception = "signs_need_no_direction" if turned else "order_is_a_detail"
    return ChooseOne(
        question=f"A column has the words {', '.join(ladder)}, in this order from lowest to "
        f"highest. With a column of {rows} numbers their r is {number_text(in_order)}. Then it is "
        "saved as CSV, read again, and coded by the alphabet. What becomes of r?",
        choices=[
            Reply(
                text=text,
                feedback=f"{reason} {numbers}.",
                right=text == right,
                misconception=None if text == right else misconception,
                holds=(alphabet[1] == ladder[1]) == (same or turned),
            )
            for text, reason in zip(texts, reasons, strict=True)
        ],
    )


_NUMBER, _WORDS, _ORDER = "number", "words", "order"
_COLUMNS = {
    "titanic": {"age": _NUMBER, "passengerClass": _ORDER, "sex": "two", "survived": "two"},
    "chile": {
        "region": _WORDS, "education": _ORDER, "vote": _WORDS, "age": _NUMBER,
        "statusquo": _NUMBER, "sex": "two",
    },
    "salaries": {"rank": _ORDER, "yrs.service": _NUMBER, "salary": _NUMBER},
    "un": {
        "region": _WORDS, "group": _WORDS, "fertility": _NUMBER, "lifeExpF": _NUMBER,
        "pctUrban": _NUMBER,
    },
    "chickwts": {"feed": _WORDS, "weight": _NUMBER},
    "iris": {"species": _WORDS, "petal width (cm)": _NUMBER, "sepal width (cm)": _NUMBER},
}  # fmt: skip
_FITS = {
    (_NUMBER, _NUMBER): "r",
    (_NUMBER, _ORDER): "ρ",
    (_NUMBER, _WORDS): "η",
    (_WORDS, _WORDS): "V",
    ("two", _WORDS): "V",
}
_SAID = {
    _NUMBER: "a number", _WORDS: "words without an order", _ORDER: "words with an order",
    "two": "two words",
}  # fmt: skip
_MEASURES = {
    "r": "r: how close to a straight line",
    "ρ": "ρ: how alike the ranks",
    "η": "η: how far apart the means of groups",
    "V": "V: how far counts are from what is expected",
}


@kind(transfer=True)
def measure_that_fits(generator: np.random.Generator) -> Exercise:
    """Which measure two columns allow."""
    fit = str(generator.choice(list(dict.fromkeys(_FITS.values()))))
    while True:
        data = str(generator.choice(list(_COLUMNS)))
        x, y = (str(name) for name in generator.choice(list(_COLUMNS[data]), 2, replace=False))
        kinds = sorted([(_COLUMNS[data][x], x), (_COLUMNS[data][y], y)])
        if _FITS.get((kinds[0][0], kinds[1][0])) == fit:
            break
    (one, x), (other, y) = kinds
    both = table(data)[[x, y]].dropna()
    rows = int(len(both) * generator.uniform(0.6, 0.95))
    both = both.iloc[np.sort(generator.choice(len(both), rows, replace=False))]
    first, second = both[x], both[y]
    value, by_alphabet = _measured(fit, first, second), _r_by_alphabet(first, second)
    has_words = other != _NUMBER
    codes = (
        f"Coded by the alphabet r would be {number_text(by_alphabet)}, and "
        f"{number_text(-by_alphabet)} with one alphabet read from its end"
    )
    wrong = {
        "r": f"r needs two numbers. {codes}.",
        "ρ": f"ρ needs an order in both. {codes}.",
        "η": "η is for groups and a number, and here both are words.",
        "V": "V counts words, and forgets that a number is more than its name.",
    }
    if fit == "r":
        wrong["η"] = "η takes the numbers of one column for names of groups, without an order."
    if fit == "ρ":
        wrong["r"] = f"r takes the steps of the order for equally wide ones. {codes}."
        wrong["η"] = "η forgets the order, and so whether the number rises with it."
    offered = [m for m in _MEASURES if not (fit == "r" and m == "ρ")]
    return ChooseOne(
        question=f"`{x}` is {_SAID[one]}, `{y}` is {_SAID[other]}: {rows} rows of the table "
        f"*{data}*. Which measure fits what is known of both, and throws none of it away?",
        choices=[
            Reply(
                text=_MEASURES[measure],
                feedback=f"It fits: {fit} is {number_text(value)}."
                if measure == fit
                else f"{wrong[measure]} {fit} fits, {number_text(value)}.",
                right=measure == fit,
                misconception=None
                if measure == fit
                else "codes_are_measurements"
                if has_words and measure in ("r", "ρ")
                else "it_computes_so_it_fits",
            )
            for measure in offered
        ],
    )


def _measured(measure: str, x: "pd.Series[float]", y: "pd.Series[float]") -> float:
    if measure == "V":
        return cramers_v(x, y)
    if measure == "η":
        return correlation_ratio(y, x)
    if measure == "ρ":
        return float(x.corr(y.cat.codes.astype(float), method="spearman"))
    return float(x.corr(y))


def _r_by_alphabet(x: "pd.Series[float]", y: "pd.Series[float]") -> float:
    first, second = (
        column.astype(float)
        if pd.api.types.is_numeric_dtype(column)
        else coded(column, sorted(column.astype(str).unique()))
        for column in (x, y)
    )
    return float(first.corr(second))
