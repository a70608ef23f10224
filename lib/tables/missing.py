"""Words that stand for no value."""

# No value wherever they stand: what programs write.
ALWAYS = frozenset(
    [
        "NaN",
        "nan",
        "-nan",
        "NULL",
        "null",
        "(null)",
        "\\N",
        "#N/A",
        "#NA",
        "#NULL!",
        "#DIV/0!",
        "#REF!",
        "#VALUE!",
        "#NUM!",
        "#NAME?",
        "#N/A N/A",
        "N/A",
        "n/a",
        "<NA>",
        "NaT",
    ]
)
# No value among numbers and dates; among words they may be words.
AMONG_NUMBERS = ALWAYS | frozenset(
    [
        "NA",
        "na",
        "Na",
        "None",
        "none",
        "NONE",
        "nil",
        "NIL",
        "-",
        "--",
        "---",
        "—",
        "–",
        ".",
        "..",
        "...",
        "…",
        "?",
        "??",
        "n.a.",
        "N.A.",
        "n. a.",
        "k.A.",
        "k. A.",
        "missing",
        "Missing",
        "MISSING",
        "unknown",
        "Unknown",
        "not available",
        "n.d.",
        "nd",
        "ND",
        "N.D.",
        "#",
        "*",
        "**",
        ":",
        "/",
        "s.o.",
        "n.v.",
        "b.d.",
        "NV",
        "#MISSING",
        "blank",
        "empty",
        "tbd",
        "TBD",
    ]
)
# Words that were meant as no value, or as a level: asked about.
AMONG_WORDS = ("NA", "na", "None", "none", "NONE", "-", "--", "?", ".", "n.a.", "N.A.", "k.A.")
# Numbers that were agreed on for no value.
# Nines as many as fit, and the numbers beside them where there are several reasons.
_NINES = (9.0, 99.0, 999.0, 9999.0, 99999.0, 999999.0, 99.9, 999.9, 9999.9, 999.99)
_BESIDE = (8.0, 88.0, 97.0, 98.0, 888.0, 997.0, 998.0, 8888.0, 9997.0, 9998.0)
AGREED_BELOW = frozenset([-1.0, *(-each for each in (*_NINES, *_BESIDE)), -1e30, -9.99e8, -3.4e38])
AGREED_ABOVE = frozenset([*_NINES, *_BESIDE, 1e20, 1e30, 1e36])
