"""Every kind of exercise at many draws: one right answer among those offered, feedback true.

`make play` tries a thousand draws of each.
"""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from equations import false_equations
from test_lessons_glossary import PLACES, too_early

from lessons import COURSE
from lib.charts import LIGHT
from lib.course import (
    Arrange,
    ChooseOne,
    ClickCell,
    Exercise,
    Kind,
    Lesson,
    TwoTier,
    TypeNumber,
)

LESSONS = {lesson.slug: lesson for lesson in COURSE.lessons if lesson.practice is not None}
KINDS = {
    f"{slug}-{kind.slug}": (lesson, kind)
    for slug, lesson in LESSONS.items()
    for kind in lesson.practice or ()
}
GATE = range(6)
SHAPES = {ChooseOne, ClickCell, Arrange, TwoTier, TypeNumber}

_BARE = re.compile(r"Not \{said\}|\{said\}\S* it is not")
"""What only denies: no reason why it tempts."""

each_kind = pytest.mark.parametrize(("lesson", "kind"), KINDS.values(), ids=KINDS)
each_lesson = pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)


def faults(exercise: Exercise) -> Iterator[str]:
    """What is wrong with an exercise; nothing if all is well."""
    texts = [exercise.question, exercise.description]
    if exercise.figures and not exercise.description:
        yield "a figure that cannot be read without seeing it"
    replies = exercise.replies
    for reply in replies:
        texts += [reply.text, reply.feedback]
        if not reply.holds:
            yield f"not so: {reply.feedback}"
        if reply.right != (reply.misconception is None):
            yield f"a misconception that does not fit: {reply.text}"
        if reply.misconception not in {None, *COURSE.misconceptions}:
            yield f"an unknown misconception: {reply.misconception}"
        if len(reply.feedback.split()) < 5:
            yield f"feedback too short to teach: {reply.feedback}"
        if _BARE.match(reply.feedback):
            yield f"a no without its reason: {reply.feedback}"
    if not (exercise.accepts(exercise.answer) and exercise.verdict(exercise.answer).right):
        yield "its own answer is not right"
    for text in texts:
        if "nan" in text.split() or "{" in text.replace("{said}", ""):
            yield f"a place without its number: {text}"
        yield from (f"false as printed: {equation} in {text}" for equation in false_equations(text))
    yield from _faults_of_shape(exercise)


def _faults_of_shape(exercise: Exercise) -> Iterator[str]:
    match exercise:
        case ChooseOne():
            yield from _faults_of_choices(exercise)
        case TwoTier():
            yield from _faults_of_choices(exercise.first)
            yield from _faults_of_choices(exercise.why)
        case TypeNumber():
            bands = sorted(exercise.bands, key=lambda band: band.low)
            ends = [exercise.low, *(band.high for band in bands)]
            if any(band.low > end for band, end in zip(bands, ends, strict=False)):
                yield "bands with a gap between them"
            if ends[-1] <= exercise.high:
                yield "bands that end too early"
            if not exercise.low <= exercise.value <= exercise.high:
                yield "an answer that cannot be typed"
        case ClickCell():
            known = {
                (str(row), str(column))
                for row in exercise.chart.values.index
                for column in exercise.chart.values.columns
            }
            if not set(exercise.cells) <= known:
                yield "a cell that the map does not have"
            rights = [exercise.reply(*cell).right for cell in exercise.cells]
            if sum(rights) > max(2, len(rights) // 4):
                yield "too many cells that are right"
        case Arrange():
            if len(exercise.items) < 3 or len(set(exercise.items)) < len(exercise.items):
                yield "items that are too few or alike"
            if any("," in item for item in exercise.items):
                yield f"items whose commas are taken for those between them: {exercise.items}"


def _faults_of_choices(exercise: ChooseOne) -> Iterator[str]:
    texts = [choice.text for choice in exercise.choices]
    if len(texts) < 2 or len(set(texts)) < len(texts):
        yield f"choices that are too few or alike: {texts}"
    said = [choice.feedback for choice in exercise.choices]
    if len(set(said)) < len(said):
        yield f"the same said to two answers, each tempting for a reason of its own: {said}"


def check(kind: Kind, draws: range) -> None:
    found = [f"draw {draw}: {fault}" for draw in draws for fault in faults(kind.exercise(draw))]
    assert not found, "\n".join(found[:20])


def check_terms(lesson: Lesson, kind: Kind) -> None:
    """It asks for no term that is still to come."""
    end = PLACES[lesson.slug, lesson.steps[-1].slug]
    exercise = kind.exercise(0)
    texts = [exercise.question, *(reply.text + " " + reply.feedback for reply in exercise.replies)]
    found = [early for text in {kind.title, *texts} for early in too_early(text, end)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3 × 6.3 = 19.0.", ["3 × 6.3 = 19.0"]),
        ("(of 55 r are 3 × 4 = 13)", ["3 × 4 = 13"]),
        ("So 0.29 / 0.35 = 84% and 0.25 / 0.58 = 43%.", ["0.29 / 0.35 = 84%"]),
        ("7² / (6² + 4² + 7²) = 49 / 101 = 49%", []),
        ("2 / √15 = 0.52, and (0.71 − 1) / 2 = −0.145", []),
        ("√15 = 3.8, 1,000 × 3 = 3,001", ["√15 = 3.8", "1,000 × 3 = 3,001"]),
        ("r² = 0.3, x + 2 = 5, r = 4", []),
    ],
)
def test_an_equation_is_true_as_it_is_printed(text: str, found: list[str]) -> None:
    assert list(false_equations(text)) == found


@each_kind
def test_an_exercise_has_one_right_answer_and_true_feedback(lesson: Lesson, kind: Kind) -> None:
    check(kind, GATE)
    asked = {(each.question, str(each.replies)) for each in map(kind.exercise, GATE)}
    assert len(asked) > len(GATE) / 2, "The numbers do not differ from draw to draw."
    check_terms(lesson, kind)
    for chart in kind.exercise(1).figures:
        assert chart.screen(LIGHT).data


@pytest.mark.play
@each_kind
def test_a_thousand_draws(lesson: Lesson, kind: Kind) -> None:
    check(kind, range(1000))


@pytest.mark.play
@each_kind
def test_no_answer_is_right_by_habit(lesson: Lesson, kind: Kind) -> None:
    """Where the same choices come back, each is not always what it was."""
    drawn = [kind.exercise(draw) for draw in range(40)]
    choices = [
        ask
        for each in drawn
        for ask in (each.first if isinstance(each, TwoTier) else each,)
        if isinstance(ask, ChooseOne)
    ]
    texts = {tuple(choice.text for choice in ask.choices) for ask in choices}
    if choices and len(texts) <= 3:
        rights = Counter(ask.choices[int(ask.answer)].text for ask in choices)
        assert len(rights) > 1, rights


BLIND, BLIND_DRAWS = 0.65, 200
"""How often a rule that knows nothing may be right: a kind with two cases gives it a half."""


def numbers_of(text: str) -> list[float]:
    found = re.findall(r"[−-]?\d[\d,]*(?:\.\d+)?", text)
    return [float(number.replace(",", "").replace("−", "-")) for number in found]


def picked_blindly(ask: ChooseOne, draw: int) -> Iterator[tuple[str, int]]:
    """What each rule picks that reads no question."""
    texts = [choice.text for choice in ask.choices]
    places = range(len(texts))
    lengths = [len(text) for text in texts]
    for name, length in (("longest", max(lengths)), ("shortest", min(lengths))):
        if lengths.count(length) == 1:
            yield name, lengths.index(length)
    for which in range(2):
        numbers = [numbers_of(text)[which : which + 1] for text in texts]
        if all(numbers) and len({tuple(number) for number in numbers}) == len(numbers):
            ranked = sorted(places, key=lambda place: numbers[place], reverse=True)
            yield from (
                (f"number {which + 1}, size {size + 1} of {len(ranked)}", place)
                for size, place in enumerate(ranked)
            )
    yield from ((f"shown at {at}", place) for at, place in enumerate(ask.order(draw)))
    yield from ((f"always: {text}", place) for place, text in enumerate(texts))


@pytest.mark.play
@each_kind
def test_no_rule_that_reads_no_question_is_right(lesson: Lesson, kind: Kind) -> None:
    hits: Counter[str] = Counter()
    for draw in range(BLIND_DRAWS):
        exercise = kind.exercise(draw)
        asks = [exercise.first, exercise.why] if isinstance(exercise, TwoTier) else [exercise]
        for tier, ask in enumerate(asks):
            if isinstance(ask, ChooseOne):
                rights = [
                    f"tier {tier + 1}, {rule}"
                    for rule, place in picked_blindly(ask, draw)
                    if ask.choices[place].right
                ]
                hits.update(rights)
    found = {rule: count / BLIND_DRAWS for rule, count in hits.items()}
    assert {rule: share for rule, share in found.items() if share > BLIND} == {}


@each_lesson
def test_a_pool_is_wide_enough(lesson: Lesson) -> None:
    pool = lesson.practice
    assert pool is not None
    assert len(pool) >= 12
    assert len({kind.slug for kind in pool}) == len({kind.title for kind in pool}) == len(pool)
    assert sum(kind.transfer for kind in pool) >= len(pool) / 3
    assert {type(kind.exercise(0)) for kind in pool} == SHAPES


NEVER_RIGHT = {
    "five_steps-two_dummies_of_one_column": ["about zero"],
    "five_steps-one_shade_on_two_maps": ["zero is neutral on both, so the shades can be compared"],
    "methods-measure_that_fits": ["Pearson's r, with the words numbered by the alphabet"],
    "methods-beside_its_noise": [
        "it is nearer to zero than to one",
        "the two columns are independent",
    ],
    "significance-adjustment_for_a_job": ["What survives it is real"],
    "time_series-changes_that_overlap": ["Never: they are unrelated"],
    "time_series-made_of_what": ["A link between the rows that stand side by side"],
    "time_series-ten_times_the_rows": ["Fewer: chance evens out"],
    "categorical-like_with_like": ["Neither: each is ahead in one of the two kinds"],
    "clustermaps-the_more_faithful_tree": ["That depends on which groups are real"],
    "clustermaps-which_side_to_standardise": ["Neither: the distance takes care of units"],
    "clustermaps-who_is_met_first": ["To both alike: it stands beside both"],
    "applications-colours_for_these_numbers": [
        "diverging, neutral halfway between the least value and the largest",
    ],
}
"""Answers that tempt, and that no draw makes right: who knows one by heart can leave it out."""


@pytest.mark.play
@each_kind
def test_an_answer_that_is_always_offered_is_right_now_and_then(lesson: Lesson, kind: Kind) -> None:
    offered: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for draw in range(BLIND_DRAWS):
        exercise = kind.exercise(draw)
        asks = [exercise.first, exercise.why] if isinstance(exercise, TwoTier) else [exercise]
        choices = [choice for ask in asks if isinstance(ask, ChooseOne) for choice in ask.choices]
        offered.update(choice.text for choice in choices)
        right.update(choice.text for choice in choices if choice.right)
    never = [text for text, times in offered.items() if times >= 150 and not right[text]]
    assert sorted(never) == sorted(NEVER_RIGHT.get(f"{lesson.slug}-{kind.slug}", []))
