"""Literals in the code that is handed out: as a formatter would write them."""


def literal(value: object) -> str:
    """Code for a text, a number, a range, a type, or a list of them.

    >>> literal(["a", 'say "hi"', 1])
    '["a", \\'say "hi"\\', 1]'
    """
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, range):
        return f"range({value.stop})"
    if value is str:
        return "str"
    shown = repr(value)
    plain = isinstance(value, str) and shown[0] == "'" and '"' not in value and "\\" not in shown
    return f'"{value}"' if plain else shown
