"""How a code is written, so that it can be read from the last row and said aloud."""


def spelled(code: str) -> str:
    """In two halves.

    >>> spelled("K7M4QX")
    'K7M 4QX'
    """
    half = (len(code) + 1) // 2
    return f"{code[:half]} {code[half:]}"
