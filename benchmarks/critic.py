"""How fast the critic reads: one notebook of a hundred cells, and a folder of a thousand.

    python -m benchmarks.critic

Goals: below 0.3 s for the one; below two minutes for the folder, on two cores.
"""

import json
import random
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from lib.critic import review_file

CELLS, NOTEBOOKS, PROCESSES = 100, 1000, 2

_CELLS = (
    "import numpy as np\nimport pandas as pd\nimport seaborn as sns\n"
    "import matplotlib.pyplot as plt",
    "df = pd.read_csv('data.csv', index_col=0)\ndf.head()",
    "df['age'] = df['age'].fillna(df['age'].median())\ndf = df[df['age'] > 18].dropna()",
    "plt.figure(figsize=(12, 10))\nsns.heatmap(df.corr(), annot=True, cmap='coolwarm')\nplt.show()",
    "r = df.select_dtypes('number').corr(method='spearman')\n"
    "mask = np.triu(np.ones_like(r, dtype=bool))\n"
    "sns.heatmap(r, mask=mask, vmin=-1, vmax=1, cmap='RdBu_r')",
    "def clean(table, columns):\n    for name in columns:\n        low, high = "
    "table[name].quantile([.01, .99])\n        table[name] = table[name].clip(low, high)\n"
    "    return table\n\ndf = clean(df, ['age', 'income'])",
    "from sklearn.model_selection import train_test_split\n"
    "from sklearn.ensemble import RandomForestClassifier\n"
    "X, y = df.drop(columns='target'), df['target']\n"
    "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\n"
    "model = RandomForestClassifier().fit(X_train, y_train)",
    "%matplotlib inline\nfor name in df.columns:\n    plt.hist(df[name])\n    plt.title(f'{name}')",
)


def notebook(cells: int, seed: int) -> str:
    """The text of a notebook as people write them, its cells drawn from a few."""
    draw = random.Random(seed)
    sources = [_CELLS[0], _CELLS[1], *draw.choices(_CELLS, k=cells - 2)]
    code = [{"cell_type": "code", "source": source, "outputs": []} for source in sources]
    return json.dumps({"nbformat": 4, "metadata": {}, "cells": code})


def found(path: Path) -> int:
    """How many findings a file has."""
    return len(review_file(path).findings)


def main() -> None:
    with TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.ipynb") for number in range(NOTEBOOKS)]
        for number, path in enumerate(paths):
            path.write_text(notebook(CELLS, number))
        begin = time.perf_counter()
        found(paths[0])
        print(f"one notebook of {CELLS} cells: {time.perf_counter() - begin:.3f} s")
        begin = time.perf_counter()
        with ProcessPoolExecutor(PROCESSES) as processes:
            findings = sum(processes.map(found, paths, chunksize=20))
        seconds = time.perf_counter() - begin
        print(f"{NOTEBOOKS} of them, {PROCESSES} processes: {seconds:.1f} s, {findings} findings")


if __name__ == "__main__":
    main()
