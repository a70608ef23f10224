"""A certificate: what was done in the course, how, and when. It claims no more than that.

Progress lives in the learner's browser, so a certificate says what that browser told. Where the
host has a secret, a check code says besides that this page issued it and that nothing was changed
since; where there is none, it says "self-reported".
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from ..charts import missing_letters
from ..course import Course, Lesson, LessonRecord, answers_tried, day_of
from ..course.checked import read_count, read_text, typed
from ..course.progress import Progress

LONGEST_NAME = 60
_LONGEST_CODE = 4000
_LONGEST_TEXT = 20_000
_BYTES = 15  # of the signature: 120 bits

SELF_REPORTED = "Self-reported: this copy of the course cannot vouch for it."
VOUCHED = (
    "Issued by this page from what the learner's browser remembered, and unchanged since. Who sat "
    "in front of it is not known."
)


@dataclass(frozen=True)
class Row:
    """What was done in one lesson, in counts.

    unaided, hinted, shown   steps passed without help, with hints, after seeing the solution
    steps, questions         how many there are
    answered                 questions of the quiz that were answered at all
    first_try, by_now        questions of the quiz that were right at once, and are right by now
    practised, practised_right   exercises answered, and of these rightly
    """

    lesson: str
    unaided: int
    hinted: int
    shown: int
    steps: int
    first_try: int
    by_now: int
    questions: int
    answered: int
    practised: int
    practised_right: int

    @property
    def words(self) -> str:
        """The row as sentences.

        >>> Row("Five steps", 3, 1, 0, 9, 4, 5, 7, 7, 0, 0).words
        '4 of 9 steps passed: 3 unaided and 1 with hints. Quiz: 5 of 7 right, 4 at once.'
        """
        passed = self.unaided + self.hinted + self.shown
        said = f"{passed} of {self.steps} steps passed"
        ways = {
            "unaided": self.unaided,
            "with hints": self.hinted,
            "after seeing the solution": self.shown,
        }
        how = [f"{count} {way}" for way, count in ways.items() if count]
        said += f": {_listed(how)}." if how else "."
        if self.answered:
            said += f" Quiz: {self.by_now} of {self.questions} right, {self.first_try} at once."
        if self.practised:
            said += f" Practice: {self.practised_right} of {self.practised} right."
        return said


@dataclass(frozen=True)
class Certificate:
    """What is certified.

    name          what the learner typed; nothing else names them
    first, last   the days of the first and the last thing that counts, as YYYY-MM-DD; "" for none
    issued        the day on which it was made
    """

    course: str
    name: str
    rows: Sequence[Row]
    first: str
    last: str
    issued: str


def certificate(course: Course, progress: Progress, name: str, on: date) -> Certificate:
    """What a learner has done up to now, lesson by lesson; lessons without anything are left out.

    Raises
    ------
    ValueError
        If the name is empty, too long or cannot be printed.
    """
    times = sorted(_times(progress))
    rows = (_row(lesson, progress.lesson(lesson.slug)) for lesson in course.lessons)
    return Certificate(
        course=course.title,
        name=checked_name(name),
        rows=tuple(row for row in rows if _is_begun(row)),
        first=day_of(times[0]) if times else "",
        last=day_of(times[-1]) if times else "",
        issued=on.isoformat(),
    )


def checked_name(name: str) -> str:
    """The name in one line.

    Raises
    ------
    ValueError
        If there is none, or it is too long, or a letter of it is in no font that is here.

    >>> checked_name("  Ada   Lovelace ")
    'Ada Lovelace'
    """
    words = " ".join(name.split())
    if not words:
        raise ValueError("Type the name that shall stand on it first.")
    if len(words) > LONGEST_NAME:
        raise ValueError(f"A name of at most {LONGEST_NAME} characters has room on it.")
    if not words.isprintable():
        raise ValueError("This name holds characters that cannot be printed.")
    if lacking := missing_letters(words):
        raise ValueError(f"No font here can print {lacking}: write the name in other letters.")
    return words


def _row(lesson: Lesson, record: LessonRecord) -> Row:
    passed = [record.step(stop.slug) for stop in lesson.stops if record.step(stop.slug).passed]
    shown = sum(step.solution_shown for step in passed)
    hinted = sum(bool(step.hints) and not step.solution_shown for step in passed)
    tried = [
        (question, answers)
        for question in lesson.quiz
        if (answers := answers_tried(record, question))
    ]
    return Row(
        lesson=lesson.title,
        unaided=len(passed) - shown - hinted,
        hinted=hinted,
        shown=shown,
        steps=len(lesson.stops),
        first_try=sum(question.answers[answers[0]].right for question, answers in tried),
        by_now=sum(question.answers[answers[-1]].right for question, answers in tried),
        questions=len(lesson.quiz),
        answered=len(tried),
        practised=sum(kind.asked for kind in record.practice.values()),
        practised_right=sum(kind.right for kind in record.practice.values()),
    )


def _is_begun(row: Row) -> bool:
    return any((row.unaided, row.hinted, row.shown, row.by_now, row.practised))


def _times(progress: Progress) -> Iterator[float]:
    """When steps were passed, questions answered and exercises done."""
    for record in progress.records.lessons.values():
        yield from filter(None, (step.passed_at for step in record.steps.values()))
        yield from record.answered.values()
        yield from (kind.at for kind in record.practice.values())


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def check_code(issued: Certificate, secret: str) -> str:
    """What stands on a certificate so that the page that issued it knows it again.

    The contents, compressed, and the first 120 bits of their HMAC-SHA256 (RFC 2104).

    >>> blank = Certificate("Demo", "Ada", (), "", "", "2026-01-31")
    >>> check(check_code(blank, "a secret"), "a secret") == blank
    True
    >>> check(check_code(blank, "a secret"), "another") is None
    True
    """
    text = json.dumps(asdict(issued), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    packed = zlib.compress(text.encode(), 9)
    return f"{_in_letters(packed)}.{_in_letters(_signature(packed, secret))}"


def check(code: str, secret: str) -> Certificate | None:
    """The certificate that this code was issued for with this secret; None if it was for none."""
    body, dot, signature = "".join(code.split()).partition(".")
    if not dot or len(code) > _LONGEST_CODE or not secret:
        return None
    try:
        packed, signed = _from_letters(body), _from_letters(signature)
    except ValueError:
        return None
    if not hmac.compare_digest(_signature(packed, secret), signed):
        return None
    # Only what was signed is read at all; even so no more than a certificate can hold.
    text = zlib.decompressobj().decompress(packed, _LONGEST_TEXT)
    return _read(json.loads(text))


def _read(data: dict[str, object]) -> Certificate:
    rows = [
        Row(read_text(typed(row, dict).pop("lesson")), **{k: read_count(v) for k, v in row.items()})
        for row in typed(data.pop("rows"), list)
    ]
    return Certificate(rows=tuple(rows), **{name: read_text(text) for name, text in data.items()})


def _signature(packed: bytes, secret: str) -> bytes:
    return hmac.digest(secret.encode(), packed, hashlib.sha256)[:_BYTES]


def _in_letters(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _from_letters(text: str) -> bytes:
    """ValueError for what `_in_letters` did not write."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True)
