"""Dates as people write them, as the formats that read them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

MONTHS = {
    "jan": "Jan januar january janvier enero gennaio januari janeiro jänner",
    "feb": "Feb februar february février fevrier febrero febbraio februari fevereiro févr fév",
    "mar": "Mar märz maerz march mars marzo maart março mär mrz",
    "apr": "Apr april avril abril aprile avr abr",
    "may": "May mai mayo maggio mei maio",
    "jun": "Jun juni june juin junio giugno junho",
    "jul": "Jul juli july juillet julio luglio julho juil",
    "aug": "Aug august août aout agosto augustus ago",
    "sep": "Sep september septembre septiembre settembre setembro sept",
    "oct": "Oct oktober october octobre octubre ottobre outubro okt out",
    "nov": "Nov november novembre noviembre novembro",
    "dec": "Dec dezember december décembre decembre diciembre dicembre dezembro dez déc dic",
}
MONTH_OF = {
    word.casefold(): words.split()[0] for words in MONTHS.values() for word in words.split()
}
WEEKDAY = re.compile(
    r"^(?i:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)"
    r"(?i:day|sday|nesday|rsday|urday|ntag|enstag|ttwoch|nnerstag|eitag|mstag)?\.?,? +"
)
WORD = r"[^\W\d_]{3,10}\.?"
TIME = (
    r"(?:(?P<gap>,? ?T?|, )(?P<clock>\d{1,2}:\d{2})(?P<seconds>:\d{2})?(?P<parts>\.\d{1,9})?"
    r"(?P<half> ?[AaPp]\.?[Mm]\.?)?)?"
)
ISO = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?"
    r"(?P<zone> ?Z| ?UTC| ?[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
)
YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<mark>[/.\-])\d{1,2}(?P=mark)\d{1,2}" + TIME)
YEAR_LAST = re.compile(
    r"(?P<one>\d{1,2})(?P<mark>[/.\-])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})" + TIME
)
DAY_WORD = re.compile(
    rf"(?P<day>\d{{1,2}})(?P<dot>\.?)(?P<mark>[ \-/]?)(?P<month>{WORD})"
    r"(?P<then>[ \-/]?,? ?)(?P<year>\d{4}|\d{2})" + TIME
)
WORD_DAY = re.compile(
    rf"(?P<month>{WORD})(?P<mark>[ \-])(?P<day>\d{{1,2}})(?P<then>, ?| )(?P<year>\d{{4}})" + TIME
)
WORD_YEAR = re.compile(rf"(?P<month>{WORD})(?P<mark>[ \-/]?)(?P<year>\d{{4}}|\d{{2}})")
YEAR_MONTH = re.compile(r"(?P<year>\d{4})(?P<mark>[\-/])(?P<month>0[1-9]|1[0-2])")
EIGHT = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
SIX = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])")
QUARTER = re.compile(r"(?P<year>\d{4})(?P<mark>[ \-]?)Q(?P<quarter>[1-4])")
DATE_NAME = re.compile(
    r"date|datum|day\b|tag\b|fecha|datetime|timestamp|time|zeit|\bat\b|\bon\b|when|created|updated|birth|_at$|_on$",
    re.IGNORECASE,
)
MONTH_NAME = re.compile(r"month|monat|mois|period|yyyymm", re.IGNORECASE)
EPOCH = re.compile(r"1[0-9]{9}(?:\.\d+)?|1[0-9]{12}")


@dataclass(frozen=True)
class Written:
    """How dates are written: formats, most frequent first; what is no date; what stays open.

    `marks` stand between the numbers of dates like 03/04/2024; those are `undecided` where no day
    is beyond the 12th. `short_years` have two digits.
    """

    formats: tuple[str, ...]
    replacing: tuple[tuple[str, str], ...]
    dates: int
    others: tuple[str, ...]
    in_zones: bool
    short_years: bool
    undecided: bool
    marks: frozenset[str]


def find(texts: Iterable[str], day_first: bool | None = None) -> Written:
    """How texts without blanks around them are dates, where they are.

    Where no text has a day beyond the 12th, `undecided` is True and the day is taken to come
    first, unless `day_first` says otherwise.
    """
    texts = list(texts)
    weekdays = any(map(WEEKDAY.match, texts))
    if weekdays:
        texts = [WEEKDAY.sub("", text) for text in texts]
    numeric = [match for match in map(YEAR_LAST.fullmatch, texts) if match]
    firsts = {int(match["one"]) for match in numeric}
    seconds = {int(match["two"]) for match in numeric}
    marks = frozenset(match["mark"] for match in numeric)
    day_first_seen, month_first_seen = max(firsts, default=0) > 12, max(seconds, default=0) > 12
    # A date with dots has the day first, wherever it is written so.
    undecided = bool(marks - {"."}) and day_first_seen == month_first_seen
    if day_first is None:
        day_first = not month_first_seen or day_first_seen
    formats: Counter[str] = Counter()
    words: set[str] = set()
    others, zones, short = [], False, False
    for text in texts:
        one = _format(text, day_first)
        if one is None:
            others.append(text)
            continue
        form, month, zone = one
        formats[form] += 1
        words |= {month} if month else set()
        zones |= zone
        short |= "%y" in form
    translated = _translated(words, "Q" in "".join(formats))
    return Written(
        tuple(form for form, _ in formats.most_common()),
        (*(((WEEKDAY.pattern, ""),) if weekdays else ()), *translated),
        sum(formats.values()),
        tuple(others),
        zones,
        short,
        undecided,
        marks,
    )


def _format(text: str, day_first: bool) -> tuple[str, str, bool] | None:
    """A format, the word for the month in it, and whether it names a zone."""
    if match := ISO.fullmatch(text):
        return "ISO8601", "", bool(match["zone"])
    if match := YEAR_FIRST.fullmatch(text):
        mark = match["mark"]
        return f"%Y{mark}%m{mark}%d{_clock(match)}", "", False
    if match := YEAR_LAST.fullmatch(text):
        return _numeric(match, day_first), "", False
    for pattern in (DAY_WORD, WORD_DAY, WORD_YEAR):
        match = pattern.fullmatch(text)
        if match and match["month"].rstrip(".").casefold() in MONTH_OF:
            return _worded(pattern, match), match["month"], False
    if match := YEAR_MONTH.fullmatch(text):
        return f"%Y{match['mark']}%m", "", False
    if match := QUARTER.fullmatch(text):
        return f"%Y{match['mark']}Q%m", "", False
    return None


def _numeric(match: re.Match[str], day_first: bool) -> str:
    mark, year = match["mark"], "%Y" if len(match["year"]) == 4 else "%y"
    one, two = int(match["one"]), int(match["two"])
    day_first = mark == "." or (day_first if max(one, two) <= 12 else one > 12)
    order = ("%d", "%m") if day_first else ("%m", "%d")
    return f"{order[0]}{mark}{order[1]}{mark}{year}{_clock(match)}"


def _worded(pattern: re.Pattern[str], match: re.Match[str]) -> str:
    year = "%Y" if len(match["year"]) == 4 else "%y"
    if pattern is WORD_YEAR:
        return f"%b{match['mark']}{year}"
    if pattern is WORD_DAY:
        return f"%b{match['mark']}%d{match['then']}{year}{_clock(match)}"
    return f"%d{match['dot']}{match['mark']}%b{match['then']}{year}{_clock(match)}"


def _clock(match: re.Match[str]) -> str:
    if not match["clock"]:
        return ""
    gap = match["gap"]
    if match["half"]:
        blank = " " if match["half"].startswith(" ") else ""
        return f"{gap}%I:%M{':%S' if match['seconds'] else ''}{blank}%p"
    return f"{gap}%H:%M{':%S' if match['seconds'] else ''}{'.%f' if match['parts'] else ''}"


def _translated(words: set[str], quarters: bool) -> tuple[tuple[str, str], ...]:
    """Months and quarters as the formats want them: Mär becomes Mar, Q2 the month 04."""
    pairs = [
        (re.escape(word), MONTH_OF[word.rstrip(".").casefold()])
        for word in sorted(words, key=len, reverse=True)
        if word != MONTH_OF[word.rstrip(".").casefold()]
    ]
    if quarters:
        pairs += [(f"Q{quarter}$", f"Q{3 * quarter - 2:02d}") for quarter in (4, 3, 2, 1)]
    return tuple(pairs)
