"""A certificate as one page of A4, to be printed or sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..charts import LIGHT, new_figure, render
from .certificate import SELF_REPORTED, VOUCHED, Certificate

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_WIDTH, _HEIGHT = 8.27, 11.69
_LEFT, _RIGHT = 0.11, 0.89
_LINE = 0.021
_LETTERS = 92


def certificate_pdf(issued: Certificate, code: str) -> bytes:
    """The page as a PDF; `code` is its check code, "" where the host cannot vouch for it.

    Examples
    --------
    >>> certificate_pdf(Certificate("Demo", "Ada", (), "", "", "2026-01-31"), "")[:5]
    b'%PDF-'
    """
    figure = new_figure(_WIDTH, _HEIGHT, dpi=100)
    _write(figure, issued, code)
    return render(figure, "pdf", tight=False)


def _write(figure: Figure, issued: Certificate, code: str) -> None:
    page = _Page(figure)
    page.line(issued.course, size=13, colour=LIGHT.muted)
    page.space(1.5)
    page.line(issued.name, size=min(28.0, 840 / len(issued.name)))
    page.space(0.8)
    page.paragraph(_what(issued), size=12)
    page.space(0.6)
    for row in issued.rows:
        page.line(row.lesson, size=11, weight="bold")
        page.paragraph(row.words, size=10)
        page.space(0.35)
    if not issued.rows:
        page.paragraph("Nothing has been done yet.", size=11)
    page.rule()
    page.paragraph(f"Issued {issued.issued}. {VOUCHED if code else SELF_REPORTED}", size=9)
    if code:
        page.paragraph("Check code, to be pasted where the certificate was made:", size=9)
        page.block(code)


def _what(issued: Certificate) -> str:
    if not issued.first:
        return f"has opened the course {issued.course}."
    if issued.first == issued.last:
        when = f"on {issued.first}"
    else:
        when = f"from {issued.first} to {issued.last}"
    return f"did the following in the course {issued.course}, {when} (UTC)."


class _Page:
    """Lines from the top of a page downwards."""

    def __init__(self, figure: Figure) -> None:
        self._figure = figure
        self._at = 0.93

    def line(
        self, text: str, *, size: float, colour: str = LIGHT.text, weight: str = "normal"
    ) -> None:
        self._at -= _LINE * size / 11
        self._figure.text(
            _LEFT, self._at, text, fontsize=size, color=colour, fontweight=weight, va="bottom"
        )

    def paragraph(self, text: str, *, size: float) -> None:
        from textwrap import wrap

        for line in wrap(text, round(_LETTERS * 10 / size)):
            self.line(line, size=size)

    def block(self, text: str) -> None:
        """A long code, in lines of equal length."""
        for start in range(0, len(text), 96):
            self._at -= _LINE * 0.6
            self._figure.text(
                _LEFT, self._at, text[start : start + 96], fontsize=7, family="monospace",
                color=LIGHT.text, va="bottom",
            )  # fmt: skip

    def space(self, lines: float) -> None:
        self._at -= lines * _LINE

    def rule(self) -> None:
        from matplotlib.lines import Line2D

        self.space(0.6)
        self._figure.add_artist(
            Line2D([_LEFT, _RIGHT], [self._at, self._at], color=LIGHT.border, linewidth=1)
        )
        self.space(0.4)
