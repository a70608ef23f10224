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
AGREED = (-1.0, -9.0, -99.0, -999.0, -9999.0, -99999.0, -999999.0, -99.9, -999.9, -9999.9, -999.99)
AGREED_ABOVE = (99.0, 999.0, 9999.0, 99999.0, 999999.0, 99.9, 999.9, 9999.9, 1e20)
AGREED_FAR = (-1e30, -9.99e8, -3.4e38, 1e30, 1e36)
