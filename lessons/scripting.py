"""How the scripts of the steps are put together from texts with places."""

from collections.abc import Iterable
from textwrap import dedent


def script(text: str, **parts: object) -> str:
    """Fill the places «name» of an indented text; braces and quotes stay as they are.

    >>> script("x = «value»", value=3)
    'x = 3\\n'
    """
    text = dedent(text).strip() + "\n"
    for name, part in parts.items():
        text = text.replace(f"«{name}»", str(part))
    return text


def listed(names: Iterable[str]) -> str:
    """Names as a list in code.

    >>> listed(["rate", "len"])
    '["rate", "len"]'
    """
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"
