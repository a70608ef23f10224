"""Fresh data for the cards of measures; measures.toml has their words."""

from itertools import combinations

import numpy as np
import pandas as pd

from lib.charts import Heatmap, Lines, Scatter, minus_signs, number_text
from lib.course import Sample
from lib.stats import (
    CorrelationMethod,
    adjust_p_values,
    adjusted_residuals,
    autocorrelation,
    cluster,
    correlate,
    cramers_v,
    critical_r,
    cross_correlation,
    distance_correlate,
    effective_n_known,
    interaction_strengths,
    mutual_information,
    partial_correlate,
    theils_u,
)
from lib.stats import vif as variance_inflation

Generator = np.random.Generator


def _scatter(table: pd.DataFrame, title: str = "") -> Scatter:
    return Scatter(table["x"], table["y"], title=title)


def _r(table: pd.DataFrame, method: CorrelationMethod = "pearson") -> float:
    return _of_pair(correlate(table[["x", "y"]], method).r)


def _of_pair(matrix: pd.DataFrame) -> float:
    """What a symmetric matrix says of its first two columns."""
    return float(matrix.to_numpy()[0, 1])


def _counts(table: pd.DataFrame) -> Heatmap:
    return Heatmap(
        table,
        limits=(0, float(table.to_numpy().max())),
        colours="viridis",
        decimals=0,
        scale="rows",
    )


def _cells(table: pd.DataFrame) -> str:
    rows = (
        f"{row}: " + ", ".join(f"{column} {count}" for column, count in counts.items())
        for row, counts in table.iterrows()
    )
    return "Counts. " + "; ".join(rows) + "."


def _standard(values: np.ndarray) -> np.ndarray:
    return np.asarray((values - values.mean()) / values.std())


def _pair_with(r: float, generator: Generator, n: int) -> pd.DataFrame:
    """Two columns of just this r: who reckons with the r that is printed gets what is printed."""
    x, noise = _standard(generator.normal(size=n)), _standard(generator.normal(size=n))
    apart = _standard(noise - (noise * x).mean() * x)
    return pd.DataFrame({"x": x, "y": r * x + np.sqrt(1 - r**2) * apart})


def pearson(generator: Generator) -> Sample:
    n = 60
    # None that ends in 5, which would have two ways to be rounded to one decimal.
    sizes = [hundredths / 100 for hundredths in range(20, 98) if hundredths % 10 != 5]
    r = float(generator.choice([-1, 1]) * generator.choice(sizes))
    table = _pair_with(r, generator, n)
    return Sample(
        facts={"n": n, "r": r, "left": 1 - r**2},
        figures=[_scatter(table)],
        description=f"A scatter plot of {n} points that lie around a straight line, "
        f"{'rising' if r > 0 else 'falling'}.",
    )


def spearman(generator: Generator) -> Sample:
    n = 40
    x = generator.uniform(0, 4, size=n)
    y = np.exp(generator.uniform(1, 2) * x) * np.exp(generator.normal(0, 0.15, size=n))
    table = pd.DataFrame({"x": x, "y": y})
    return Sample(
        facts={"n": n, "r": _r(table), "rho": _r(table, "spearman")},
        figures=[_scatter(table)],
        description=f"{n} points rise slowly at first and ever more steeply to the right.",
    )


def kendall(generator: Generator) -> Sample:
    n = 5
    ranks = np.arange(1, n + 1)
    order = generator.permutation(ranks)
    table = pd.DataFrame({"x": ranks.astype(float), "y": order.astype(float)})
    rising = sum(order[i] < order[j] for i, j in combinations(range(n), 2))
    pairs = n * (n - 1) // 2
    return Sample(
        facts={
            "n": n,
            "pairs": pairs,
            "rising": int(rising),
            "falling": int(pairs - rising),
            "tau": _r(table, "kendall"),
        },
        figures=[_scatter(table)],
        description="From left to right the points have the heights "
        + ", ".join(map(str, order))
        + ".",
    )


def distance_correlation(generator: Generator) -> Sample:
    n = 80
    x = np.linspace(-1, 1, n) + generator.normal(0, 0.02, size=n)
    y = generator.choice([-1, 1]) * x**2 + generator.normal(0, 0.06, size=n)
    table = pd.DataFrame({"x": x, "y": y})
    distance = _of_pair(distance_correlate(table).value)
    return Sample(
        facts={"n": n, "r": _r(table), "distance": distance},
        figures=[_scatter(table)],
        description=f"{n} points lie along a parabola.",
    )


def mutual_information_estimate(generator: Generator) -> Sample:
    n = 120
    x = generator.uniform(-1, 1, size=n)
    y = np.cos(generator.uniform(3, 5) * x) + generator.normal(0, 0.15, size=n)
    linked = pd.DataFrame({"x": x, "y": y})
    shuffled = linked.assign(y=generator.permutation(y))
    value = [_of_pair(mutual_information(table).value) for table in (linked, shuffled)]
    return Sample(
        facts={"n": n, "linked": value[0], "shuffled": value[1]},
        figures=[_scatter(linked, "As measured"), _scatter(shuffled, "Shuffled")],
        description=f"Two scatter plots of {n} points. On the left they follow a wave, on the "
        "right they lie anywhere.",
    )


def cramers_v_by_chance(generator: Generator) -> Sample:
    levels, others, n = (int(generator.integers(*ends)) for ends in ((5, 8), (5, 8), (35, 60)))
    x = pd.Series(generator.integers(levels, size=n)).map(lambda code: f"a{code + 1}")
    y = pd.Series(generator.integers(others, size=n)).map(lambda code: f"b{code + 1}")
    counts = pd.crosstab(x, y)
    return Sample(
        facts={
            "levels": counts.shape[0],
            "others": counts.shape[1],
            "n": n,
            "v": cramers_v(x, y, corrected=False),
            "corrected": cramers_v(x, y),
        },
        figures=[_counts(counts)],
        description=_cells(counts),
    )


def theils_u_both_ways(generator: Generator) -> Sample:
    countries = {"north": ["Aby", "Bro", "Cor"], "south": ["Dun", "Ems"], "west": ["Fal", "Gor"]}
    towns = [town for each in countries.values() for town in each]
    country_of = {town: country for country, each in countries.items() for town in each}
    town = pd.Series(np.repeat(towns, generator.integers(4, 20, size=len(towns))))
    country = town.map(country_of)
    counts = pd.crosstab(country.rename("country"), town.rename("town"))
    return Sample(
        facts={"country": theils_u(country, given=town), "town": theils_u(town, given=country)},
        figures=[_counts(counts)],
        description=_cells(counts),
    )


def eta_of_groups(generator: Generator) -> Sample:
    names = ["red", "green", "blue"]
    groups = pd.Series(np.repeat(names, 25), name="group")
    eta = int(generator.integers(10, 98)) / 100
    between = _standard(np.repeat(generator.normal(size=3), 25))
    noise = pd.Series(generator.normal(size=len(groups)))
    within = _standard((noise - noise.groupby(groups).transform("mean")).to_numpy())
    values = pd.Series(eta * between + np.sqrt(1 - eta**2) * within)
    place = pd.Series(
        np.repeat([1.0, 2.0, 3.0], 25) + generator.uniform(-0.2, 0.2, size=75), name="group"
    )
    return Sample(
        facts={"groups": len(names), "n": len(groups), "eta": eta, "share": eta**2},
        figures=[Scatter(place, values.rename("value"), groups=groups)],
        description="Three columns of points, one a group. Their means are "
        + ", ".join(
            f"{name} {number_text(mean, 1)}" for name, mean in values.groupby(groups).mean().items()
        )
        + ".",
    )


def odds_ratio(generator: Generator) -> Sample:
    a, b = int(generator.integers(40, 80)), int(generator.integers(10, 30))
    c, d = int(generator.integers(8, 30)), int(generator.integers(40, 80))
    counts = pd.DataFrame({"yes": [a, c], "no": [b, d]}, index=["first", "second"])
    first, second = a + b, c + d
    facts = {"a": a, "b": b, "c": c, "d": d, "first": first, "second": second}
    return Sample(
        facts={**facts, "ratio": (a / b) / (c / d), "risk": (a / first) / (c / second)},
        figures=[_counts(counts)],
        description=_cells(counts),
    )


def partial_r(generator: Generator) -> Sample:
    n = 150
    z = generator.normal(size=n)
    x, y = (z + generator.uniform(0.4, 0.9) * generator.normal(size=n) for _ in range(2))
    table = pd.DataFrame({"x": x, "y": y, "z": z})
    partial = _of_pair(partial_correlate(table, given="z").r)
    return Sample(
        facts={"n": n, "r": _r(table), "partial": partial},
        figures=[_scatter(table)],
        description=f"A scatter plot of {n} points of x and y that rise together.",
    )


def vif(generator: Generator) -> Sample:
    n = 60
    r = int(generator.integers(50, 97)) / 100
    table = _pair_with(r, generator, n)
    inflation = float(variance_inflation(table).iloc[0])
    return Sample(
        facts={"r": r, "vif": inflation, "error": float(np.sqrt(inflation))},
        figures=[_scatter(table)],
        description=f"A scatter plot of the two predictors, {n} points.",
    )


class _Product:
    """A model that is a formula: a x + b y + c x y."""

    def __init__(self, a: int, b: int, c: int) -> None:
        self.a, self.b, self.c = a, b, c
        self.feature_names_in_ = np.array(["x", "y"])
        self.n_features_in_ = 2

    def predict(self, table: pd.DataFrame) -> np.ndarray:
        x, y = np.asarray(table, float).T
        return np.asarray(self.a * x + self.b * y + self.c * x * y)


def friedmans_h(generator: Generator) -> Sample:
    a, b, c = (int(generator.integers(2, 6)) for _ in range(3))
    model = _Product(a, b, c)
    steps = np.linspace(-2, 2, 9)
    y, x = (side.ravel() for side in np.meshgrid(steps[::-1], steps, indexing="ij"))
    cells = pd.DataFrame({"x": x, "y": y})
    h = _of_pair(interaction_strengths(model, cells).h)
    surface = pd.DataFrame(
        model.predict(cells).reshape(9, 9),
        index=pd.Index([number_text(each, 1) for each in steps[::-1]], name="y"),
        columns=pd.Index([number_text(each, 1) for each in steps], name="x"),
    )
    return Sample(
        facts={"a": a, "b": b, "c": c, "h": h, "n": len(cells)},
        figures=[Heatmap(surface, limits=None, center=0, decimals=None, scale="prediction")],
        description="A heatmap of the predictions. From left to right they change by "
        + minus_signs(f"{4 * (a + 2 * c)} in the top row, by {4 * (a - 2 * c)} in the bottom row."),
    )


def cophenetic(generator: Generator) -> Sample:
    n = 10
    points = generator.normal(size=(n, 2)) + generator.integers(0, 2, size=(n, 1)) * 3
    names = [chr(ord("A") + place) for place in range(n)]
    gaps = np.linalg.norm(points[:, None] - points[None], axis=2)
    distances = pd.DataFrame(gaps, names, names)
    found = {
        linkage: cluster(distances, distance="precomputed", linkage=linkage).cophenetic
        for linkage in ("average", "single")
    }
    return Sample(
        facts={"n": n, **found, "better": max(found, key=lambda linkage: found[linkage])},
        figures=[
            Heatmap(distances, limits=(0, float(gaps.max())), colours="viridis", scale="distance")
        ],
        description=f"A heatmap of the distances of {n} rows; the largest is {gaps.max():.1f}.",
    )


def _echoes(generator: Generator, n: int, phi: float) -> np.ndarray:
    """A series that keeps the share phi of its last value."""
    values = generator.normal(size=n + 50)
    for row in range(1, len(values)):
        values[row] += phi * values[row - 1]
    return np.asarray(values[50:])


def _lines(**series: np.ndarray) -> Lines:
    rows = pd.RangeIndex(1, len(next(iter(series.values()))) + 1, name="row")
    return Lines(pd.DataFrame(series, index=rows), y="value")


def echo_at_lag_one(generator: Generator) -> Sample:
    n = 150
    values = _echoes(generator, n, float(generator.choice([0.0, 0.5, 0.95])))
    found = autocorrelation(values, 5).iloc[:, 0]
    return Sample(
        facts={"n": n, "first": float(found.loc[1]), "fifth": float(found.loc[5])},
        figures=[_lines(value=values)],
        description=f"A line of {n} rows that crosses its mean "
        f"{int((np.diff(np.sign(values - values.mean())) != 0).sum())} times.",
    )


def effective_rows(generator: Generator) -> Sample:
    n = int(generator.choice([60, 100, 200]))
    phi = float(generator.choice([0.5, 0.7, 0.8, 0.9]))
    echo = [phi**lag for lag in range(n)]
    effective = effective_n_known(echo, echo)
    return Sample(
        facts={
            "n": n,
            "phi": phi,
            "effective": effective,
            "found": critical_r(n),
            "needed": critical_r(round(effective)),
        },
        figures=[_lines(one=_echoes(generator, n, phi), other=_echoes(generator, n, phi))],
        description=f"Two lines of {n} rows that wander.",
    )


def who_leads(generator: Generator) -> Sample:
    n, lag = 80, int(generator.integers(2, 8))
    source = _echoes(generator, n + lag, 0.5)
    early, late = source[lag:], source[:n] + generator.normal(0, 0.3, size=n)
    leader = str(generator.choice(["one", "other"]))
    one, other = (early, late) if leader == "one" else (late, early)
    found = cross_correlation(one, other, 10).iloc[:, 0]
    best = int(found.index[found.argmax()])  # type: ignore[call-overload]
    return Sample(
        facts={
            "leader": "The first" if best > 0 else "The second",
            "lag": abs(best),
            "peak": float(found.loc[best]),
            "now": float(found.loc[0]),
        },
        figures=[_lines(first=one, second=other)],
        description="Two lines of the same shape, one later than the other.",
    )


def smallest_star(generator: Generator) -> Sample:
    n = int(generator.choice([10, 15, 20, 30, 50, 80, 100, 200]))
    return Sample(facts={"n": n, "critical": critical_r(n), "more": critical_r(4 * n)})


def holm(generator: Generator) -> Sample:
    k = int(generator.integers(5, 16))
    pairs = k * (k - 1) // 2
    # On either side of the level, and never at it.
    p = round(0.05 / pairs * float(generator.choice([0.3, 0.5, 2.0, 4.0])), 4)
    others = np.linspace(0.3, 0.9, pairs - 1)
    adjusted = float(adjust_p_values(np.array([p, *others]), "holm")[0])
    verdict = "It does" if adjusted < 0.05 else "It does not"
    return Sample(facts={"k": k, "pairs": pairs, "p": p, "adjusted": adjusted, "verdict": verdict})


def adjusted_residual(generator: Generator) -> Sample:
    rows, columns = ["morning", "noon", "night"], ["bus", "bike", "walk"]
    expected = np.outer([300, 120, 40], [0.6, 0.3, 0.1])
    expected[2] = 40 * np.array([0.2, 0.3, 0.5])
    counts = pd.DataFrame(generator.poisson(expected), rows, columns)
    found = counts.to_numpy()
    residuals = adjusted_residuals(table=counts).to_numpy()
    row, column = np.unravel_index(np.abs(residuals).argmax(), found.shape)
    most = found.argmax()
    would_be = np.outer(found.sum(axis=1), found.sum(axis=0)) / found.sum()
    return Sample(
        facts={
            "row": rows[row],
            "column": columns[column],
            "count": int(found[row, column]),
            "expected": float(would_be[row, column]),
            "residual": float(residuals[row, column]),
            "largest": int(found.flat[most]),
            "of_largest": float(residuals.flat[most]),
        },
        figures=[_counts(counts)],
        description=_cells(counts),
    )
