"""Exercises on many looks: what chance earns, and what an adjustment leaves."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

from lessons.practising import fair
from lib.course import Band, ChooseOne, Exercise, Reply, TwoTier, TypeNumber, kind
from lib.stats import Adjustment, adjust_p_values

Floats = npt.NDArray[np.float64]


@kind
def stars_of_noise(generator: np.random.Generator) -> Exercise:
    """How many stars a map of nothing earns."""
    columns = int(generator.integers(12, 31))
    percent = int(generator.choice([1, 5, 10]))
    rows = int(generator.choice([30, 100, 1000, 10_000]))
    pairs = columns * (columns - 1) // 2
    expected = percent * pairs / 100
    counted = f"{columns} columns make {pairs} pairs, and {percent} % of those are {expected:g}"
    return TypeNumber(
        question=f"A table of pure noise has {columns} columns and {rows:,} rows. Every pair is "
        f"tested at {percent} %, and nothing is adjusted. How many stars does such a map have on "
        "average?",
        value=expected,
        tolerance=0.06 * expected,
        low=0,
        high=1000,
        unit="stars",
        decimals=1,
        feedback=f"{counted}. The {rows:,} rows do not enter: the test keeps its level at every "
        "number of rows.",
        bands=[
            Band(
                low=0,
                high=0.05,
                feedback=f"A good test gives noise its level: {counted}. That holds with {rows:,} "
                "rows as with any other number.",
                misconception="noise_earns_no_stars",
            ),
            Band(
                low=0.05,
                high=expected,
                feedback=f"{{said}} is too few. Chance has a say in each pair, and not in each "
                f"column: {counted}.",
                misconception="chance_counts_columns",
            ),
            Band(
                low=expected,
                high=1001,
                feedback=f"{{said}} is too many. A pair is tested once, although a whole map "
                f"draws it twice: {counted}.",
                misconception="every_cell_is_a_finding",
            ),
        ],
    )


_SERIES = (
    ("A shop tries {m} new colours of a button", "colour", "visitors"),
    ("A school tries {m} new seating plans", "plan", "classes"),
    ("A farm tries {m} new fertilisers", "fertiliser", "fields"),
)


@kind(transfer=True)
def any_false_alarm(generator: np.random.Generator) -> Exercise:
    """How often at least one of many tests raises a false alarm."""
    opening, thing, units = _SERIES[generator.integers(len(_SERIES))]
    tests = int(generator.integers(20, 61))
    percent = int(generator.choice([1, 5]))
    is_adjusted = bool(generator.integers(2))
    if generator.random() < 0.25:
        return _without_anything_false(opening, thing, units, tests, percent)
    plain = 100 * (1 - (1 - percent / 100) ** tests)
    held = 100 * (1 - (1 - percent / 100 / tests) ** tests)
    adjusting = f", after Bonferroni has multiplied it by {tests}" if is_adjusted else ""
    multiplied = f"Multiplied by {tests}, a p stays below {percent} % far more rarely"
    return ChooseOne(
        question=f"{opening.format(m=tests)}, each on {units} of its own, and none of them "
        f"changes anything. Each p is compared with {percent} %{adjusting}. Of 100 such series, "
        f"about how many declare at least one {thing} a success?",
        choices=[
            Reply(
                text=f"{plain:.0f}",
                feedback=f"One test stays silent in {100 - percent} of 100 series, and all {tests} "
                f"in {100 - plain:.0f}. In the other {plain:.0f} there is a success to celebrate."
                if not is_adjusted
                else f"So it would be without the adjustment. {multiplied}: a false alarm "
                f"anywhere is left in about {held:.0f} of 100 series.",
                right=not is_adjusted,
                misconception="adjusting_changes_little" if is_adjusted else None,
                holds=plain > 2.5 * held,
            ),
            Reply(
                text=f"{percent}",
                feedback=f"That is what Bonferroni promises for the whole series: {held:.1f} of "
                f"100 with {tests} separate tests, and without it {plain:.0f}."
                if is_adjusted
                else f"{percent} of 100 is the promise for one test. Here are {tests} chances: "
                f"all of them stay silent in only {100 - plain:.0f} of 100 series.",
                right=is_adjusted,
                misconception=None if is_adjusted else "level_counts_maps",
                holds=round(held) == percent,
            ),
            Reply(
                text=_NEXT_TO_NONE,
                feedback=f"An adjustment makes false alarms rare, and not impossible: about "
                f"{held:.0f} of 100 series have one."
                if is_adjusted
                else f"Where nothing is, each test still raises its alarm in {percent} of 100. "
                f"With {tests} of them {plain:.0f} of 100 series have at least one.",
                misconception="adjusted_means_true" if is_adjusted else "noise_earns_no_stars",
            ),
        ],
    )


_NEXT_TO_NONE = "none, or next to none"


def _without_anything_false(
    opening: str, thing: str, units: str, tests: int, percent: int
) -> Exercise:
    """The same tests, where there is nothing to be alarmed by in vain."""
    empty = 100 * (1 - (1 - percent / 100) ** tests)
    return ChooseOne(
        question=f"{opening.format(m=tests)}, each on {units} of its own, and every one of them "
        f"does change something. Each p is compared with {percent} %. Of 100 such series, about "
        f"how many declare a {thing} a success that changes nothing?",
        choices=[
            Reply(
                text=f"{empty:.0f}",
                feedback=f"So it would be if none of the {tests} changed anything. A false alarm "
                "takes something that does nothing, and here all do something.",
                misconception="adjusting_changes_little",
            ),
            Reply(
                text=f"{percent}",
                feedback=f"{percent} % is the promise for what changes nothing. Of the {tests} "
                "here none is of that kind.",
                misconception="level_counts_maps",
            ),
            Reply(
                text=_NEXT_TO_NONE,
                feedback=f"All {tests} change something: a success may be missed, but none can be "
                "false.",
                right=True,
            ),
        ],
    )


@kind
def bonferroni_line(generator: np.random.Generator) -> Exercise:
    """Below which p a star survives Bonferroni."""
    columns = int(generator.integers(5, 17))
    pairs = columns * (columns - 1) // 2
    value = 0.05 / pairs
    return TypeNumber(
        question=f"All pairs of {columns} columns are tested, and Bonferroni is to hold the whole "
        "map at 5 %: it multiplies every p by the number of tests. Below which p, before that, "
        "does a pair keep its star?",
        value=value,
        tolerance=0.06 * value,
        low=0,
        high=1,
        decimals=5,
        feedback=f"{columns} columns make {pairs} tests. The p times {pairs} has to stay below "
        f"0.05: so p below 0.05 / {pairs} = {value:.5f}.",
        bands=[
            Band(
                low=0,
                high=value,
                feedback=f"{{said}} is stricter than it need be. There are {pairs} tests, for each "
                f"pair is tested once, whatever the map draws: 0.05 / {pairs} = {value:.5f}.",
                misconception="every_cell_is_a_finding",
            ),
            Band(
                low=value,
                high=0.025,
                feedback=f"{{said}} is not strict enough. Not {columns} columns are tested but "
                f"{pairs} pairs: 0.05 / {pairs} = {value:.5f}.",
                misconception="chance_counts_columns",
            ),
            Band(
                low=0.025,
                high=1.01,
                feedback=f"{{said}} is a level for a pair that is looked at alone. Over {pairs} "
                f"empty pairs a level of 5 % earns {0.05 * pairs:g} stars on average; for the "
                f"whole map it takes 0.05 / {pairs} = {value:.5f}.",
                misconception="level_counts_maps",
            ),
        ],
    )


_RULES: dict[str, tuple[Adjustment, str]] = {
    "Bonferroni": ("bonferroni", "multiplies every p by the number of tests"),
    "Holm": (
        "holm",
        "multiplies the smallest p by the number of tests, the next one by one less, and so on, "
        "and no star comes after the first one that fails",
    ),
}


class _Tested(NamedTuple):
    p: Floats
    adjusted: Floats
    bonferroni: Floats

    @property
    def kept(self) -> int:
        return int((self.adjusted < 0.05).sum())

    @property
    def raw(self) -> int:
        return int((self.p < 0.05).sum())


@kind
def survivors_by_head(generator: np.random.Generator) -> Exercise:
    """How many stars an adjustment leaves."""
    name = str(generator.choice(list(_RULES)))
    method, rule = _RULES[name]

    def draw() -> _Tested:
        tests = int(generator.integers(5, 9))
        p = np.sort(10 ** generator.uniform(-3.6, -0.2, tests)).round(3)
        return _Tested(p, adjust_p_values(p, method), adjust_p_values(p, "bonferroni"))

    drawn = fair(
        draw,
        lambda one: (
            bool((one.p > 0).all())
            and len(set(one.p)) == len(one.p)
            and bool((np.abs(one.adjusted / 0.05 - 1) > 0.1).all())
            and bool((np.abs(one.p / 0.05 - 1) > 0.1).all())
            and 0 < one.kept < one.raw
            and (name == "Bonferroni" or one.kept > (one.bonferroni < 0.05).sum())
        ),
    )
    shown = generator.permutation(drawn.p)
    kept, raw, tests = drawn.kept, drawn.raw, len(drawn.p)
    after = ", ".join(f"{p:.3f}" for p in drawn.adjusted)
    return TypeNumber(
        question=f"{tests} pairs were tested: p = {', '.join(f'{p:.3f}' for p in shown)}. {name} "
        f"{rule}. How many stars are left at 5 %?",
        value=kept,
        tolerance=0,
        low=0,
        high=tests,
        unit="stars",
        feedback=f"Adjusted, from the smallest on: {after}. Below 0.05 are {kept} of them, where "
        f"{raw} were before.",
        bands=[
            Band(
                low=0,
                high=kept,
                feedback=f"{{said}} is too few. Small p survive: adjusted they are {after}, from "
                f"the smallest on, and {kept} stay below 0.05.",
                misconception="adjusting_leaves_nothing",
            ),
            Band(
                low=kept,
                high=raw,
                feedback=f"{{said}} is too many. Adjusted, from the smallest on, they are {after}: "
                f"{kept} stay below 0.05.",
                misconception="adjusting_changes_little",
            ),
            Band(
                low=raw,
                high=tests + 1,
                feedback=f"{raw} have a p below 0.05 if each is looked at alone. There were "
                f"{tests} looks. Adjusted, the p are {after}: {kept} stay below 0.05.",
                misconception="star_means_real",
            ),
        ],
    )


@kind(transfer=True)
def how_many_tests(generator: np.random.Generator) -> Exercise:
    """For how many tests a p has to be adjusted."""
    columns = int(generator.integers(7, 21))
    pairs = columns * (columns - 1) // 2
    story = str(generator.choice(["named", "one column", "looked", "map", "two surveys"]))
    told = {
        "named": "wrote down one pair before the first customer was asked, and tested that pair "
        "alone",
        "one column": "asked, before looking, with which of the others satisfaction goes "
        "together, and tested just those",
        "looked": "looked at the whole map, and then tested the pair with the strongest colour",
        "map": "tested every pair, for a map that shows all of them",
        "two surveys": "tested each of them with each of the columns of another survey of the same "
        f"people, which has {columns} as well",
    }[story]
    right = {"named": 1, "one column": columns - 1, "two surveys": columns**2}.get(story, pairs)
    why = {
        1: "One question was asked, and nothing was chosen by looking: that is 1 test.",
        columns - 1: f"One column meets {columns - 1} others, and that choice was made before "
        f"looking: {columns - 1} tests.",
        pairs: f"{columns} columns make {pairs} pairs, and the eye or the test went over all of "
        f"them: {pairs} tests.",
        columns**2: f"{columns} columns meet {columns} others, and no cell shows a pair twice: "
        f"{columns**2} tests.",
    }

    def reply(tests: int, wrong: str, misconception: str) -> Reply:
        if tests == right:
            return Reply(text=f"{tests}", feedback=why[tests], right=True)
        return Reply(text=f"{tests}", feedback=f"{wrong} {why[right]}", misconception=misconception)

    return ChooseOne(
        question=f"A survey has {columns} columns, satisfaction among them. The author {told}. For "
        "how many tests should p be adjusted?",
        choices=[
            reply(
                1,
                "More was looked over than one pair, and that counts.",
                "choosing_is_free",
            ),
            reply(
                columns - 1,
                "That is what one column against all others takes."
                if right == 1
                else "That counts the pairs of a single column.",
                "strictest_is_best" if right == 1 else "chance_counts_columns",
            ),
            reply(
                pairs,
                f"That pays for {pairs} looks, and fewer were taken."
                if right < pairs
                else "That counts the pairs within one survey, and none of those was tested.",
                "strictest_is_best" if right < pairs else "chance_counts_columns",
            ),
            reply(
                columns**2,
                f"A whole map draws {columns**2} cells, but it shows each pair twice and each "
                "column against itself.",
                "every_cell_is_a_finding",
            ),
        ],
    )


class _Marks(NamedTuple):
    """Of one adjustment, over many simulated tables: found, % of stars false, % with any false."""

    found: float
    share: float
    any: float


_NONE, _HOLM, _BH = "no adjustment", "Holm", "BH"
_SIMULATED = 200


def _simulated(generator: np.random.Generator, pairs: int, real: int) -> dict[str, _Marks]:
    z = generator.standard_normal((_SIMULATED, pairs))
    z[:, :real] += 3.5
    p = 2 * special.ndtr(-np.abs(z))
    marks = {}
    methods: dict[str, Adjustment] = {_NONE: "none", _HOLM: "holm", _BH: "bh"}
    for name, method in methods.items():
        starred = adjust_p_values(p, method) < 0.05
        found, wrong = starred[:, :real].sum(axis=1), starred[:, real:].sum(axis=1)
        marks[name] = _Marks(
            float(found.mean()),
            float((100 * wrong / np.maximum(found + wrong, 1)).mean()),
            float(100 * (wrong > 0).mean()),
        )
    return marks


_JOBS = {
    _BH: (
        "A laboratory screens {pairs} pairs of a gene and a disease. What gets a star is measured "
        "again, which is dear. So on average at most one star in ten may be false; apart from "
        "that, as much as possible is to be found.",
        "A bank looks for habits that go with late payment, {pairs} of them. Each star is followed "
        "up by hand. On average at most one in ten may be followed in vain; apart from that, as "
        "much as possible is to be found.",
    ),
    _HOLM: (
        "An agency will print a list of {pairs} pairs of a substance and an illness. One false "
        "star anywhere on it costs the whole print. That may happen with at most one list in ten.",
        "A newspaper maps {pairs} pairs of a habit and an illness. A single false star would have "
        "to be corrected in print. That may happen with at most one map in ten.",
    ),
    _NONE: (
        "A museum has {pairs} pairs of a pigment and a painter. What gets a star is looked at in "
        "an archive, which costs nothing and settles it. What gets none is never looked at again. "
        "As much as possible is to be found.",
        "A school garden has {pairs} pairs of a plant and an insect. What gets a star is watched "
        "by pupils until it is settled, and they watch for nothing. What gets none is never "
        "watched. As much as possible is to be found.",
    ),
}


@kind(transfer=True)
def adjustment_for_a_job(generator: np.random.Generator) -> Exercise:
    """Which adjustment a job asks for, by what a false star costs."""
    job = str(generator.choice([_HOLM, _BH, _NONE], p=[0.4, 0.4, 0.2]))
    story = _JOBS[job][generator.integers(2)]
    pairs, real = int(generator.integers(80, 141)), int(generator.integers(10, 17))
    marks = fair(
        lambda: _simulated(generator, pairs, real),
        lambda drawn: (
            drawn[_NONE].share > 12
            and drawn[_NONE].any > 60
            and drawn[_BH].share < 8
            and drawn[_BH].any > 20
            and 0 < drawn[_HOLM].any < 9
            and drawn[_BH].found > drawn[_HOLM].found + 1
        ),
    )
    none, holm, bh = marks[_NONE], marks[_HOLM], marks[_BH]
    if job == _NONE:
        return _nothing_to_pay(story.format(pairs=pairs), marks, pairs, real)
    drawn = f"Tried on {_SIMULATED} simulated tables in which {real} of {pairs} pairs are real"
    is_bh = job == _BH
    first = ChooseOne(
        question=f"{story.format(pairs=pairs)} Which adjustment, at 5 %?",
        choices=[
            Reply(
                text=_NONE,
                feedback=f"{drawn}, it finds {none.found:.1f} of them. But on average "
                f"{none.share:.0f} % of a table's stars are false, and {none.any:.0f} % of the "
                "tables have a false one.",
                misconception="star_means_real",
            ),
            Reply(
                text=_HOLM,
                feedback=f"{drawn}, Holm finds {holm.found:.1f} and BH {bh.found:.1f}, with on "
                f"average {bh.share:.1f} % of its stars false. The job allows that."
                if is_bh
                else f"{drawn}, {holm.any:.1f} % of the tables have a false star with Holm, and "
                f"{bh.any:.0f} % with BH.",
                right=not is_bh,
                misconception="strictest_is_best" if is_bh else None,
            ),
            Reply(
                text=_BH,
                feedback=f"{drawn}, BH finds {bh.found:.1f}, with on average {bh.share:.1f} % of "
                f"its stars false. Holm finds {holm.found:.1f}."
                if is_bh
                else f"{drawn}, only {bh.share:.1f} % of its stars are false on average. Yet "
                f"{bh.any:.0f} % of the tables have a false one somewhere, with Holm "
                f"{holm.any:.1f} %.",
                right=is_bh,
                misconception=None if is_bh else "adjustments_promise_the_same",
            ),
        ],
    )
    why = ChooseOne(
        question="Why?",
        choices=[
            Reply(
                text=_SHARE_IS_SMALL,
                feedback=f"That is what BH promises, and what the job asks: {bh.share:.1f} % here."
                if is_bh
                else f"That is BH's promise. A small share can still be one false star: with BH "
                f"{bh.any:.0f} % of the tables have one.",
                right=is_bh,
                misconception=None if is_bh else "adjustments_promise_the_same",
            ),
            Reply(
                text=_ANY_IS_RARE,
                feedback=f"That is Holm's promise, and more than the job asks. It costs "
                f"{bh.found - holm.found:.1f} real pairs a table here."
                if is_bh
                else f"That is what Holm promises, and what the job asks: {holm.any:.1f} % of the "
                "tables here.",
                right=not is_bh,
                misconception="strictest_is_best" if is_bh else None,
            ),
            Reply(
                text=_IT_IS_REAL,
                feedback=f"No adjustment promises that. Even with Holm {holm.any:.1f} % of the "
                f"tables have a false star, and with BH {bh.any:.0f} %.",
                misconception="adjusted_means_true",
                holds=holm.any > 0,
            ),
            Reply(
                text=_FINDS_MOST,
                feedback=f"No adjustment does: {none.found:.1f} of {real} real pairs, before "
                f"{bh.found:.1f} with BH and {holm.found:.1f} with Holm. But false ones cost "
                "something here.",
                misconception="star_means_real",
                holds=none.found >= bh.found >= holm.found,
            ),
        ],
    )
    return TwoTier(question=first.question, first=first, why=why)


_SHARE_IS_SMALL, _ANY_IS_RARE, _IT_IS_REAL, _FINDS_MOST = (
    "It keeps the share of false ones among the stars small",
    "It keeps a false star anywhere on the map rare",
    "What survives it is real",
    "It finds the most",
)


def _nothing_to_pay(story: str, marks: dict[str, _Marks], pairs: int, real: int) -> Exercise:
    """A job in which a false star costs nothing, and a missed one everything."""
    none, holm, bh = marks[_NONE], marks[_HOLM], marks[_BH]
    drawn = f"Tried on {_SIMULATED} simulated tables in which {real} of {pairs} pairs are real"
    first = ChooseOne(
        question=f"{story} Which adjustment, at 5 %?",
        choices=[
            Reply(
                text=_NONE,
                feedback=f"{drawn}, it finds {none.found:.1f} of them, BH {bh.found:.1f} and Holm "
                f"{holm.found:.1f}. False ones are sorted out at no cost.",
                right=True,
                holds=none.found > bh.found > holm.found,
            ),
            Reply(
                text=_HOLM,
                feedback=f"{drawn}, it misses {real - holm.found:.1f} of them, and without any "
                f"adjustment {real - none.found:.1f} are missed. Here a missed one is lost.",
                misconception="strictest_is_best",
                holds=none.found > holm.found,
            ),
            Reply(
                text=_BH,
                feedback=f"{drawn}, it misses {real - bh.found:.1f} of them, and without any "
                f"adjustment {real - none.found:.1f} are missed. The false ones that it saves "
                "would have cost nothing.",
                misconception="strictest_is_best",
                holds=none.found > bh.found,
            ),
        ],
    )
    why = ChooseOne(
        question="Why?",
        choices=[
            Reply(
                text=_SHARE_IS_SMALL,
                feedback=f"That is BH's promise. Without an adjustment {none.share:.0f} % of a "
                "table's stars are false on average, and the job can afford them.",
                misconception="adjustments_promise_the_same",
                holds=none.share > bh.share,
            ),
            Reply(
                text=_ANY_IS_RARE,
                feedback=f"That is Holm's promise. Without an adjustment {none.any:.0f} % of the "
                "tables have a false star, and the job can afford it.",
                misconception="strictest_is_best",
                holds=none.any > holm.any,
            ),
            Reply(
                text=_IT_IS_REAL,
                feedback=f"Without an adjustment that is said least of all: {none.any:.0f} % of "
                "the tables have a false star.",
                misconception="star_means_real",
            ),
            Reply(
                text=_FINDS_MOST,
                feedback=f"{none.found:.1f} of {real} real pairs, and nothing speaks against it "
                "where a false star costs nothing.",
                right=True,
                holds=none.found > bh.found,
            ),
        ],
    )
    return TwoTier(question=first.question, first=first, why=why)


@kind(transfer=True)
def false_among_stars(generator: np.random.Generator) -> Exercise:
    """Which share of the stars has nothing behind it."""
    ideas = int(generator.choice([100, 200, 400, 1000]))
    real = ideas * int(generator.choice([2, 5, 10, 20])) // 100
    found_percent = int(generator.choice([40, 50, 60, 80]))
    false = 0.05 * (ideas - real)
    found = real * found_percent / 100
    value = 100 * false / (false + found)
    counted = (
        f"Of {ideas - real} empty ideas 5 % get a star: {false:g}. Of {real} real ones "
        f"{found_percent} % do: {found:g}. So {false:g} of {false + found:g} stars are false, "
        f"{value:.0f} %"
    )
    return TypeNumber(
        question=f"A firm tests {ideas} ideas at 5 %, without an adjustment. Really {real} of them "
        f"do something, and the test finds such an idea in {found_percent} of 100 cases. Of all "
        "stars that such a firm gets in the long run, how many per cent have nothing behind them?",
        value=value,
        tolerance=1.5,
        low=0,
        high=100,
        unit="%",
        feedback=f"{counted}.",
        bands=[
            Band(
                low=0,
                high=6,
                feedback=f"5 % of the *empty ideas* get a star, which is not 5 % of the *stars*. "
                f"{counted}.",
                misconception="p_is_chance_of_nothing",
            ),
            Band(
                low=6,
                high=value,
                feedback=f"{{said}} % is too few. {counted}.",
                misconception="star_means_real",
            ),
            Band(
                low=value,
                high=101,
                feedback=f"{{said}} % is too many. A test does sift: it stars {found_percent} % of "
                f"what is real and 5 % of what is not. {counted}.",
                misconception="p_is_chance_of_nothing",
            ),
        ],
    )
