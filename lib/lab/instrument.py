"""An instrument: a step without a story. Any table and some settings in, an exhibit out."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from ..charts import axis_names
from ..course import Control, Exhibit, Script, Value, fill
from ..course.outcome import Predicate, State
from ..course.script import read_script
from ..course.step import slug_of

if TYPE_CHECKING:
    import pandas as pd

    from ..tables import Kind, Sheet

_CHECK = "# The check"
_LONGEST_NAMES = 180
_TABLE = re.compile(r'^table = pd\.read_csv\("table\.csv"\)\n', re.MULTILINE)


@dataclass(frozen=True)
class Remark:
    """What an instrument found, or what to beware of: a sentence with places.

    when    the states that it speaks of
    holds   what it states in words beside its numbers; the tests try it wherever it is said

    >>> remark = Remark("r is {r:.2f}: strong.", when=lambda s: s["r"] > 0.5,
    ...                 holds=lambda s: abs(s["r"]) > 0.5)
    >>> remark.when({"r": 0.7})
    True
    """

    text: str
    when: Predicate
    holds: Predicate


def short_names(words: str) -> str:
    """Some names in a sentence, as facts list them: what is very long loses its middle.

    >>> short_names("rate and len"), len(short_names("x" * 5000))
    ('rate and len', 180)
    """
    return axis_names([words], _LONGEST_NAMES)[0] if len(words) > _LONGEST_NAMES else words


def _with_short_names(text: str, exhibit: Exhibit) -> str:
    for word in exhibit.words.values():
        if isinstance(word, str) and len(word) > _LONGEST_NAMES:
            text = text.replace(word, short_names(word))
    return text


class Instrument:
    """One instrument of the Lab. Subclasses declare; this class plays.

    A subclass declares, from top to bottom:

    - `title`, and the `question` that it answers, in one sentence;
    - `lesson`: the slugs of the lesson and of its step that explain it;
    - `example`: a bundled table that it fits, for who comes with one that it does not;
    - `foremost`: the controls that stand over the figure; of none that are named, the first;
    - `in_order`: whether it speaks of rows that follow each other;
    - its controls, as a step does. Options that come from the table are functions of the table
      as `table_of` gives it, without identifiers: see lib/lab/columns.py;
    - `fits`: why it cannot be used on a sheet, in a sentence with the way out; "" if it can. Only
      then is `measure` called;
    - `measure(sheet, **values)`: pure; the exhibit, without its code. What cannot be computed at
      some setting is said in the exhibit's `stopped`, which then has no code; nothing is raised;
    - `findings` and `bewares`, filled from the exhibit's words: controls and facts together, of
      which no two may share a name. Names of columns in them are the table's own words: who shows
      them on a page passes `spell` to `said`, which makes them harmless there;
    - `givens(sheet, **values)`: what the script is told beside the controls' values.

    The script stands in scripts/ beside the module, under the instrument's slug. It is a file that
    runs beside table.csv; the line that reads the table goes where a recipe's frame `table` is
    there already, so the exhibit's code runs as it is on that frame. Every fact is a variable in
    it. `checks` names files in lib/lab/scripts whose lines below "# The check" are appended: they
    compute the facts that several instruments share.

    An instrument is listed by a line in lib/lab/listing.py.
    """

    title: ClassVar[str]
    question: ClassVar[str]
    lesson: ClassVar[tuple[str, str]]
    example: ClassVar[str]
    foremost: ClassVar[Sequence[str]] = ()
    in_order: ClassVar[bool] = False
    checks: ClassVar[Sequence[str]] = ()
    findings: ClassVar[Sequence[Remark]] = ()
    bewares: ClassVar[Sequence[Remark]] = ()

    measure: Callable[..., Exhibit]
    """A method of the subclass: a sheet and the values of the controls in, an exhibit out."""

    controls: ClassVar[dict[str, Control]] = {}
    slug: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        cls.controls = {
            name: member for name, member in vars(cls).items() if isinstance(member, Control)
        }
        cls.slug = slug_of(cls.__name__)

    def fits(self, sheet: Sheet) -> str:  # noqa: ARG002
        """Why it cannot be used on this sheet, with the way out; "" if it can."""
        return ""

    def givens(self, sheet: Sheet, **values: Any) -> Mapping[str, Value]:  # noqa: ARG002
        """What the script is told beside the controls' values: kinds of columns, as a rule."""
        return {}

    def idle(self, state: State) -> Sequence[str]:  # noqa: ARG002
        """The controls that change nothing in this state: what is told of it leaves them out."""
        return ()

    def script_name(self, sheet: Sheet, **values: Any) -> str:  # noqa: ARG002
        """The file in scripts/ that computes what `measure` shows; one for all as a rule."""
        return self.slug

    def controls_on(self, sheet: Sheet) -> dict[str, Control]:
        """The controls with the options that this sheet gives them."""
        table = table_of(sheet)
        return {name: control.on(table) for name, control in self.controls.items()}

    def setting(self, sheet: Sheet, values: Mapping[str, Value] | None = None) -> dict[str, Value]:
        """The values of all controls: what is not allowed on this sheet becomes the default."""
        wanted = values or {}
        return {
            name: control.clean_or_default(wanted[name]) if name in wanted else control.default
            for name, control in self.controls_on(sheet).items()
        }

    def exhibit(self, sheet: Sheet, values: Mapping[str, Value] | None = None) -> Exhibit:
        """What is measured at the defaults, changed by `values`, with its setting and its code.

        ValueError where the instrument does not fit the sheet.
        """
        if reason := self.fits(sheet):
            raise ValueError(reason)
        setting = self.setting(sheet, values)
        exhibit = self.measure(sheet, **setting)
        shared = set(setting) & set(exhibit.facts)
        if shared:
            raise TypeError(f"{self.slug} has both a control and a fact named {min(shared)}.")
        code = Script() if exhibit.stopped else self._script(sheet, setting)
        whole = replace(exhibit, setting=setting, code=code)
        return replace(
            whole,
            description=_with_short_names(exhibit.description, whole),
            stopped=_with_short_names(exhibit.stopped, whole),
        )

    def _script(self, sheet: Sheet, setting: Mapping[str, Value]) -> Script:
        folder = Path(inspect.getfile(type(self))).with_name("scripts")
        path = folder / f"{self.script_name(sheet, **setting)}.py"
        script = read_script(path, {**setting, **self.givens(sheet, **setting)})
        numbers = [script.numbers, *map(_check, self.checks)]
        return Script(_TABLE.sub("", script.recipe), "\n\n".join(filter(None, numbers)))

    def found(self, exhibit: Exhibit, spell: Callable[[str], str] = short_names) -> list[str]:
        """The findings that fit what is on the screen."""
        return said(self.findings, exhibit, spell)

    def beware(self, exhibit: Exhibit, spell: Callable[[str], str] = short_names) -> list[str]:
        """What to beware of in what is on the screen."""
        return said(self.bewares, exhibit, spell)


def said(
    remarks: Sequence[Remark], exhibit: Exhibit, spell: Callable[[str], str] = str
) -> list[str]:
    """Those remarks that fit, filled. `spell` writes the table's own words, such as names.

    >>> import pandas as pd
    >>> exhibit = Exhibit({"x": "a*b", "r": 0.7}, pd.DataFrame(), "")
    >>> remark = Remark("{x}: r = {r:.1f}", when=lambda s: s["r"] > 0, holds=lambda s: True)
    >>> said([remark], exhibit, spell=lambda name: name.replace("*", "∗"))
    ['a∗b: r = 0.7']
    """
    words = exhibit.words
    spelled = {name: spell(word) if isinstance(word, str) else word for name, word in words.items()}
    return [fill(remark.text, spelled) for remark in remarks if remark.when(words)]


def table_of(sheet: Sheet) -> pd.DataFrame:
    """What an instrument looks at: the sheet's frame without identifiers and ignored columns."""
    measured: tuple[Kind, ...] = ("number", "category", "ordered", "date")
    return sheet.frame[sheet.of_kind(*measured)]


def _check(name: str) -> str:
    text = (Path(__file__).with_name("scripts") / f"{name}.py").read_text(encoding="utf-8")
    return text.partition(f"\n{_CHECK}\n")[2]
