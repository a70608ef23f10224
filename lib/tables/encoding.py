"""From bytes to text: in which encoding a file is written.

UTF-8 is certain where it fits, since text in another encoding hardly ever is valid UTF-8. Where it
does not fit, what the other encodings make of the bytes is weighed: letters within words speak for
one, signs and capitals within words against it.
"""

import codecs
import re
from collections.abc import Callable

from .limits import Refused
from .sheet import Note

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
NAMES = {
    "cp1252": "Windows-1252 (Western Europe)",
    "cp1250": "Windows-1250 (Central Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "koi8-r": "KOI8-R (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp850": "code page 850 (DOS)",
    "mac-roman": "Mac Roman",
    "shift-jis": "Shift JIS (Japanese)",
    "gb18030": "GB 18030 (Chinese)",
    "big5": "Big5 (Chinese)",
    "euc-kr": "EUC-KR (Korean)",
    "euc-jp": "EUC-JP (Japanese)",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
}
LATIN = ("cp1252", "cp1250", "mac-roman", "cp850")
OTHERS = ("cp1251", "koi8-r", "cp1253", "shift-jis", "euc-jp", "euc-kr", "gb18030", "big5")
WESTERN = frozenset("àâäáãåæçèéêëíîïñóôöúüßœÀÂÄÁÅÆÇÉÊËÍÑÓÖØÚÜß€£°µ²³½«»–—’‘“”…·©®±×")
CENTRAL = frozenset("áäąćčďéęěíĺľłńňóôöőŕřśšťúůüűýźžżÁČĎÉĚÍŁŇÓÖŘŚŠŤÚŮÜŰÝŽŻ€–—’‘“”„…°ß§")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
# An odd sign within a word, or a capital after a small letter: the bytes were meant otherwise.
ODD = re.compile(
    r"(?<=[a-z])[^\W\d_a-zà-öø-ÿšžœčěřůďťňąęłńśźżőű](?=[a-z])|(?<=[a-z])[^\w\s\x00-\x7f’‘–—](?=[a-z])"
)
TOO_MANY_CONTROLS = 0.002
FEW_CONTROLS = 3
PROBE = 200_000


def encoding_of(data: bytes) -> tuple[str, list[Note]]:
    """The encoding, and a note where it was no matter of course."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return name, ([] if name == "utf-8-sig" else [_said(name)])
    if wide := _wide_without_mark(data):
        return wide, [_said(wide)]
    refuse_binary(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error)
    return "utf-8", []


def text_of(data: bytes, encoding: str) -> str:
    """The text of the bytes; what is no text in that encoding becomes U+FFFD."""
    if encoding == "mixed":
        return decode_mixed(data)
    try:
        return data.decode(encoding, errors="replace").removeprefix("\ufeff")
    except (LookupError, UnicodeError) as error:
        raise Refused(f"This is no text in {encoding}: choose another encoding.") from error


def decode_mixed(data: bytes) -> str:
    """Lines of two encodings in one file: UTF-8 where it fits, else Windows-1252."""
    return "".join(_line(line) for line in data.splitlines(keepends=True)).removeprefix("\ufeff")


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def refuse_binary(data: bytes) -> None:
    probe = data[:PROBE].decode("latin-1")
    if len(CONTROL.findall(probe)) > max(FEW_CONTROLS, TOO_MANY_CONTROLS * len(probe)):
        raise Refused(
            "This is no text, whatever its name says: choose a CSV, Excel or Parquet file."
        )


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 that lacks its mark: every other byte of plain text is zero."""
    probe = data[:4_000]
    even, odd = probe[0::2], probe[1::2]
    if len(probe) < 4 or probe.count(0) < len(probe) // 4:
        return None
    if odd.count(0) > 0.7 * len(odd) and even.count(0) == 0:
        return "utf-16-le"
    if even.count(0) > 0.7 * len(even) and odd.count(0) == 0:
        return "utf-16-be"
    return None


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> tuple[str, list[Note]]:
    lines = [line for line in data.splitlines() if not line.isascii()]
    broken = [line for line in lines if not _fits(line, "utf-8")]
    if len(broken) < len(lines):
        first = data.count(b"\n", 0, error.start) + 1
        count = len(broken)
        which = f"line {first} is" if count == 1 else f"{count} lines (the first is {first}) are"
        return "mixed", [
            Note(
                f"The file mixes two encodings: it is UTF-8, but {which} not, and"
                f" {'was' if count == 1 else 'were'} read as Windows-1252.",
            )
        ]
    probe = b"\n".join(broken)[:PROBE]
    if _runs(probe) > 0.5:
        name = max(OTHERS, key=lambda each: _weigh(probe, each, _script))
        if _weigh(probe, name, _script) > 0.5:
            return name, [_said(name)]
    name = max(LATIN, key=lambda each: _weigh(probe, each, _letters))
    return name, [_said(name)]


def _said(name: str) -> Note:
    return Note(
        f"The file is no UTF-8: it was read as {NAMES[name]}. Letters with accents show whether"
        " that is right.",
        setting="encoding",
    )


def _fits(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _runs(probe: bytes) -> float:
    """The share of bytes beyond ASCII that stand beside another: words of another script."""
    beyond = re.findall(rb"[\x80-\xff]+", probe)
    return sum(len(run) for run in beyond if len(run) > 1) / sum(map(len, beyond))


def _weigh(probe: bytes, encoding: str, value: Callable[[str, str], float]) -> float:
    try:
        text = probe.decode(encoding)
    except UnicodeDecodeError:
        return -1.0
    return value(text, encoding)


def _letters(text: str, encoding: str) -> float:
    """How far the letters beyond ASCII are those of the languages that use an encoding."""
    usual = CENTRAL if encoding == "cp1250" else WESTERN
    beyond = [letter for letter in text if letter > "\x7f"]
    known = sum(letter in usual for letter in beyond)
    first_guess = {"cp1252": 0.02, "cp1250": 0.01}.get(encoding, 0.0)
    return (known - 2 * len(ODD.findall(text))) / max(len(beyond), 1) + first_guess


SCRIPTS = {
    "cp1251": re.compile("[а-яё]"),
    "koi8-r": re.compile("[а-яё]"),
    "cp1253": re.compile("[α-ωάέήίόύώς]"),
    "euc-kr": re.compile("[가-힣]"),
}
# The characters of daily use stand first in these sets: the first byte of each tells them.
FREQUENT = {
    "shift-jis": ("euc-jp", (0xA4, 0xA5, *range(0xB0, 0xD0))),
    "euc-jp": ("euc-jp", (0xA4, 0xA5, *range(0xB0, 0xD0))),
    "gb18030": ("gb2312", tuple(range(0xB0, 0xD8))),
    "big5": ("big5", tuple(range(0xA4, 0xC7))),
}
KANA = re.compile("[ぁ-んァ-ヶー]")
BESIDE_ASCII = re.compile("[A-Za-z][^\x00-\x7f]|[^\x00-\x7f][A-Za-z]")


def _script(text: str, encoding: str) -> float:
    """How far what is beyond ASCII are the letters of a script, in words of their own."""
    beyond = [letter for letter in text if letter > "\x7f"]
    if encoding in SCRIPTS:
        known = float(len(SCRIPTS[encoding].findall(text)))
    else:
        known = float(sum(_is_frequent(letter, *FREQUENT[encoding]) for letter in beyond))
    if encoding == "euc-jp" and not KANA.search(text):
        known *= 0.9  # the same bytes are Chinese, and Japanese is not written without kana
    return (known - len(BESIDE_ASCII.findall(text))) / max(len(beyond), 1)


def _is_frequent(letter: str, encoding: str, first_bytes: tuple[int, ...]) -> bool:
    try:
        return letter.encode(encoding)[0] in first_bytes
    except UnicodeEncodeError:
        return False
