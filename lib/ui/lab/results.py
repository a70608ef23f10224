"""Where the results of an instrument stand; what is of something else goes before they are there.

Streamlit leaves what an earlier run drew until this one draws over it or ends. Work may take
seconds, in which old numbers would stand under a new question. So there are two places for what is
said, and only one is taken: whoever turns to the other empties the first at once.
"""

from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_SIDE = "lab-results-side"
_OF = "lab-results-of"


class _Drawn(NamedTuple):
    standing: DeltaGenerator
    exhibit: DeltaGenerator
    remarks: DeltaGenerator


class Results:
    """The results of one run: readings and exhibit in `right`, remarks in `left`."""

    def __init__(self, left: DeltaGenerator, right: DeltaGenerator) -> None:
        self._left, self._right = left, right
        self._drawn: _Drawn | None = None

    def are_of(self, *what: object) -> None:
        """Say what they are of. What stands there goes where it is of something else."""
        if st.session_state.get(_OF, what) != what:
            self.clear()
        st.session_state[_OF] = what

    def clear(self) -> None:
        """Let go what an earlier run drew."""
        if self._drawn is None:
            st.session_state[_SIDE] = not st.session_state.get(_SIDE, False)
            self._drawn = self._draw()

    @property
    def standing(self) -> DeltaGenerator:
        """What stands large over the figure."""
        return self._places.standing

    @property
    def exhibit(self) -> DeltaGenerator:
        return self._places.exhibit

    @property
    def remarks(self) -> DeltaGenerator:
        """Under the table: what to read."""
        return self._places.remarks

    @property
    def _places(self) -> _Drawn:
        if self._drawn is None:
            self._drawn = self._draw()
        return self._drawn

    def _draw(self) -> _Drawn:
        is_second = st.session_state.get(_SIDE, False)
        if is_second:
            self._leave_free()
        drawn = _Drawn(
            standing=self._right.container(key="standing"),
            exhibit=self._right.container(key="exhibit"),
            remarks=self._left.container(key="lab-remarks", gap="small"),
        )
        if not is_second:
            self._leave_free()
        return drawn

    def _leave_free(self) -> None:
        for side in (self._right, self._right, self._left):
            side.empty()
