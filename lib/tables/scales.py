"""Words that have an order of their own."""

import re

# One scale a line, from little to much; words for one level stand together, after a stroke.
SCALES = tuple(
    tuple(tuple(level.split("/")) for level in line.strip().split(" < "))
    for line in """
    strongly disagree/completely disagree/totally disagree < disagree < somewhat disagree/slightly disagree/rather disagree < neutral/undecided/neither agree nor disagree/neither/not sure < somewhat agree/slightly agree/rather agree < agree < strongly agree/completely agree/totally agree
    very dissatisfied < dissatisfied < somewhat dissatisfied < neutral/neither < somewhat satisfied < satisfied < very satisfied
    very unlikely < unlikely < neutral/unsure < likely < very likely
    very negative < negative < neutral < positive < very positive
    not at all < a little/slightly < somewhat/moderately < very/quite a bit < extremely
    unimportant/not important < slightly important < moderately important/somewhat important < important < very important < extremely important
    never < almost never/very rarely < rarely/seldom < occasionally < sometimes < often/frequently/usually < very often/almost always/mostly < always
    very low < low < medium/moderate/mid/middle/average/normal < high < very high
    xxs < xs < s < m < l < xl < xxl < xxxl
    tiny < small < medium/mid < large/big < huge/very large
    terrible < very bad/very poor < poor/bad < fair/average/ok < good < very good < excellent
    none < minimal < mild/slight < moderate < severe < critical
    minor < moderate < major < critical
    bad < neutral < good
    cold < cool < mild/warm < hot
    young < middle/middle-aged < old
    slow < medium < fast
    daily < weekly < monthly < quarterly < yearly
    first < second < third < fourth < fifth
    1st < 2nd < 3rd < 4th < 5th
    primary < secondary < tertiary
    no schooling < primary school/elementary school < secondary school/middle school < high school < some college < college/associate < bachelor/bachelor's < master/master's < doctorate/phd
    bronze < silver < gold < platinum
    beginner < intermediate < advanced < expert
    monday/mon < tuesday/tue < wednesday/wed < thursday/thu < friday/fri < saturday/sat < sunday/sun
    january/jan < february/feb < march/mar < april/apr < may < june/jun < july/jul < august/aug < september/sep/sept < october/oct < november/nov < december/dec
    stimme gar nicht zu/stimme überhaupt nicht zu < stimme nicht zu/lehne ab < stimme eher nicht zu < teils teils/teils-teils/neutral/weder noch < stimme eher zu < stimme zu < stimme voll zu/stimme voll und ganz zu
    nie < selten < manchmal/gelegentlich < oft/häufig < immer
    sehr niedrig < niedrig/gering < mittel < hoch < sehr hoch
    sehr klein < klein < mittel < groß/gross < sehr groß/sehr gross
    sehr schlecht < schlecht < mittel/mäßig < gut < sehr gut
    montag/mo < dienstag/di < mittwoch/mi < donnerstag/do < freitag/fr < samstag/sa < sonntag/so
    jamais < rarement < parfois < souvent < toujours
    faible < moyen < élevé/fort
    petit < moyen < grand
    nunca < raramente/rara vez < a veces < a menudo < siempre
    bajo < medio < alto
    """.strip().splitlines()
)
RANKS = tuple(
    {word: rank for rank, level in enumerate(scale) for word in level} for scale in SCALES
)
RANGE = re.compile(
    r"(?P<sign>[<>≤≥]=?|under|below|over|above|up to)?\s*[$€£]?(?P<from>\d[\d,]*(?:\.\d+)?)\s*[kK%]?"
    r"(?:\s*(?:-|–|—|to|bis|\.\.)\s*[$€£]?(?P<to>\d[\d,]*(?:\.\d+)?)\s*[kK%]?)?\s*(?P<more>\+|and over|or more|or older)?"
    r"(?:\s*(?:years?|yrs?|kg|cm|km|m))?",
    re.IGNORECASE,
)
BELOW = ("<", "≤", "under", "below", "up to")


def order_of(levels: list[str]) -> tuple[str, ...] | None:
    """The levels in their order, where all of them belong to one scale, or None.

    >>> order_of(["large", "small", "medium"])
    ('small', 'medium', 'large')
    >>> order_of(["30-39", "under 30", "40+"])
    ('under 30', '30-39', '40+')
    >>> order_of(["north", "south"]) is None
    True
    """
    if len(levels) < 2:
        return None
    words = {level: " ".join(level.casefold().replace("_", " ").split()) for level in levels}
    for ranks in RANKS:
        places = {level: ranks.get(word) for level, word in words.items()}
        found = [place for place in places.values() if place is not None]
        if len(found) == len(levels) == len(set(found)):
            return tuple(sorted(levels, key=lambda level: ranks[words[level]]))
    return _ranges(levels)


def _ranges(levels: list[str]) -> tuple[str, ...] | None:
    """Levels like 18-24, 25-34, 35+ by their numbers."""
    places = {}
    for level in levels:
        match = RANGE.fullmatch(level.strip())
        if not match or not (match["sign"] or match["to"] or match["more"]):
            return None
        begin = float(match["from"].replace(",", ""))
        end = float(match["to"].replace(",", "")) if match["to"] else begin
        if end < begin:
            return None
        below = bool(match["sign"]) and match["sign"].lower().startswith(BELOW)
        places[level] = (begin, -1 if below else 1 if match["more"] or match["sign"] else 0)
    if len(set(places.values())) < len(levels) or len(levels) < 3:
        return None
    return tuple(sorted(levels, key=lambda level: places[level]))
