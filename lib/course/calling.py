"""What a script computes, as one call of the library beside the script's variables."""

from __future__ import annotations


def one_call(function: str, *given: str, **settings: object) -> str:
    """A call of `hh`, as `import honest_heatmaps as hh` has it; None is left to its default.

    >>> one_call("heatmap", "table[columns]", method="spearman", order=None)
    'hh.heatmap(table[columns], method="spearman")'
    """
    named = [
        f'{name}="{value}"' if isinstance(value, str) else f"{name}={value!r}"
        for name, value in settings.items()
        if value is not None
    ]
    return f"hh.{function}({', '.join([*given, *named])})"


def unless(value: object, default: object) -> object:
    """The value of a setting; None where it is the function's default, which need not be said.

    >>> unless("bh", "holm"), unless("holm", "holm")
    ('bh', None)
    """
    return None if value == default else value
