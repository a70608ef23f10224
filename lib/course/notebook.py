"""A script as a notebook, for who would rather run it cell by cell."""

import json


def notebook(code: str) -> str:
    """Return a Jupyter notebook (nbformat 4.5) with one code cell for each paragraph of `code`.

    A paragraph is kept whole while a block is open: a line that follows an empty one and is
    indented belongs to the cell before it.
    """
    cells: list[str] = []
    for paragraph in code.strip().split("\n\n"):
        if cells and paragraph.startswith((" ", ")")):
            cells[-1] += "\n\n" + paragraph
        else:
            cells.append(paragraph)
    return json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {
                "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
            },
            "cells": [_cell(number, source) for number, source in enumerate(cells)],
        },
        indent=1,
    )


def _cell(number: int, source: str) -> dict[str, object]:
    return {
        "cell_type": "code",
        "id": f"cell-{number}",
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": source.splitlines(keepends=True),
    }
