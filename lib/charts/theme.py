"""The two palettes of the course. Figures are drawn in the one that the screen shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Theme:
    """The colours of one theme, as ``#rrggbb``.

    ``neutral`` is the middle of the course's diverging colour map: near the background, so that
    it does not glare, yet different from it, so that a weak value is not mistaken for no cell.

    >>> LIGHT.neutral, DARK.neutral
    ('#ebe7de', '#2f3237')
    """

    name: Literal["light", "dark"]
    background: str
    second_background: str
    text: str
    muted: str
    border: str
    accent: str
    link: str
    neutral: str


LIGHT = Theme(
    name="light",
    background="#fcfaf6",
    second_background="#f3efe7",
    text="#22252b",
    muted="#63666d",
    border="#e2dccf",
    accent="#b2343a",
    link="#2a5f8f",
    neutral="#ebe7de",
)
DARK = Theme(
    name="dark",
    background="#16181c",
    second_background="#1f2227",
    text="#e9e6df",
    muted="#9fa2a8",
    border="#33373e",
    accent="#e0777b",
    link="#8fb8de",
    neutral="#2f3237",
)


def theme_named(name: str) -> Theme:
    """The theme called "light" or "dark".

    >>> theme_named("dark").background
    '#16181c'
    """
    for theme in (LIGHT, DARK):
        if theme.name == name:
            return theme
    raise ValueError(f"There is no theme {name!r}; there are 'light' and 'dark'.")
