"""What popular tutorials of heatmaps do, in short: each fault that code shows, and nothing else."""

import pytest

from lib.critic import review_text

_MASKED = """
import numpy as np
import seaborn as sns
matrix = table.corr(method='pearson')
hidden = np.triu(np.ones_like(matrix, dtype=bool))
sns.heatmap(matrix, mask=hidden, annot=True, fmt='.2f', cmap='coolwarm', vmin=-1, vmax=1)
"""

_P_OF_PAIRS = """
import numpy as np
import pandas as pd
from scipy.stats import pearsonr
def p_of_pairs(table):
    names = table.columns
    found = pd.DataFrame(np.ones((len(names), len(names))), columns=names, index=names)
    for i in range(len(names)):
        for j in range(i + 1, len(names)):
            _, p = pearsonr(table.iloc[:, i], table.iloc[:, j])
            found.iloc[i, j] = p
            found.iloc[j, i] = p
    return found
shown = p_of_pairs(measured.select_dtypes(include=[np.number]))
"""

_TREE = "import seaborn as sns\nsns.clustermap(table.corr(), cmap='vlag', linewidths=.75)"

_ROADS = """
import numpy as np
import pandas as pd
import seaborn as sns
roads = pd.read_csv('highway.csv', index_col=0)
first = roads.corr()
roads = pd.concat([roads, pd.get_dummies(roads['htype'])], axis=1)
matrix = roads.corr()
hidden = np.zeros_like(matrix, dtype=bool)
hidden[np.triu_indices_from(hidden)] = True
drawn = sns.heatmap(matrix, mask=hidden, square=True, cmap='coolwarm', vmin=-1, vmax=1, annot=True,
                    fmt='.2f')
drawn.get_figure().savefig('roads.png', bbox_inches='tight')
"""

_TUMOURS = """
import numpy as np
import pandas as pd
import seaborn as sns
import matplotlib.pyplot as plt
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split
tumours = load_breast_cancer()
X = pd.DataFrame(tumours.data, columns=tumours.feature_names)
X_train, X_test, y_train, y_test = train_test_split(X, tumours.target, stratify=tumours.target)
forest = RandomForestClassifier(n_estimators=200).fit(X_train, y_train)
one, other = 'mean radius', 'mean texture'
down = np.linspace(X_test[one].min(), X_test[one].max(), 50)
across = np.linspace(X_test[other].min(), X_test[other].max(), 50)
grid = pd.DataFrame([{one: u, other: v} for u in down for v in across])
for name in X.columns:
    if name not in [one, other]:
        grid[name] = X_train[name].mean()
chances = forest.predict_proba(grid)[:, 1]
surface = chances.reshape(len(down), len(across))
sns.heatmap(surface, cmap='viridis', xticklabels=np.round(across, 2), yticklabels=np.round(down, 2))
plt.title('How the two interact: interaction map')
"""

_CASES = {
    "a masked triangle": (_MASKED, {("empty-edges", 6)}),
    "a p for each pair": (_P_OF_PAIRS, {("many-tests", 10), ("ones-of-p", 7)}),
    "a tree": (_TREE, {("no-limits", 2), ("euclidean-clustermap", 2)}),
    "dummies beside their words": (
        _ROADS,
        {("text-columns", 6), ("text-columns", 8), ("empty-edges", 11)},
    ),
    "a forest's surface": (
        _TUMOURS,
        {
            ("class-one", 20),
            ("predictions-as-interaction", 22),
            ("surface-limits", 22),
            ("scale-as-names", 22),
        },
    ),
    "words in another place": (
        "import numpy as np\nshown = table.corr()\n"
        "numbers = table.select_dtypes(include=[np.number])",
        {("text-columns", 2)},
    ),
}


@pytest.mark.parametrize("name", _CASES)
def test_every_fault_that_code_shows_is_found_and_nothing_else_is_said(name: str) -> None:
    code, expected = _CASES[name]
    findings = review_text(code).findings
    assert {(finding.rule, finding.line) for finding in findings} == expected
    assert len(findings) == len(expected)


def test_what_is_not_known_to_hold_words_is_asked() -> None:
    asked = [each for each in review_text(_ROADS).findings if each.rule == "text-columns"]
    assert all(finding.is_question for finding in asked)


def test_curly_quotes_of_a_tutorial_are_named() -> None:
    refused = review_text("roads = pd.read_csv(“highway.csv”, index_col=0)").refused
    assert refused == "Line 1 has curly quotes, and Python wants straight ones."


@pytest.mark.parametrize(
    "code",
    [
        # np.bool is a type of NumPy again, and the row numbers are no column here.
        "roads = pd.read_csv('highway.csv', index_col=0)\nhidden = np.zeros_like(r, dtype=np.bool)",
        # A page that grows around a figure hides nothing.
        "drawn.get_figure().savefig('roads.png', bbox_inches='tight')",
        "sns.heatmap(table.corr(numeric_only=True), vmin=-1, vmax=1, cmap='vlag')",
    ],
)
def test_what_is_right_in_tutorials_is_left_alone(code: str) -> None:
    assert review_text(code).findings == ()
