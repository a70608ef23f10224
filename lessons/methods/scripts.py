"""The scripts behind the steps: what a learner can run beside the CSV files to get the same facts.

Each is a function of its step's controls, so that the code on the screen always is the code of the
picture beside it. Every fact of the step is a variable in its script.
"""

from collections.abc import Sequence
from textwrap import dedent

from lessons.scripting import script
from lib.course import TRANSFORMS

_METHODS = {"Pearson": "pearson", "Spearman": "spearman", "Kendall": "kendall"}


def guessing(guess: Sequence[float | None], method: str) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns

        highway = pd.read_csv("highway.csv", index_col=0)
        sections = len(highway)
        chosen = ["rate", "adt", "slim", "acpt", "sigs1"]
        columns = len(chosen)
        r = highway[chosen].corr(method="«method»")

        # The cells below the diagonal, row by row, and what you said of them
        names = [f"{row}–{column}" for i, row in enumerate(chosen) for column in chosen[:i]]
        truth = pd.Series([r.loc[tuple(name.split("–"))] for name in names], names)
        guess = pd.Series([«guess»], names, dtype=float)

        pairs = len(names)
        said = int(guess.notna().sum())
        complete = said == pairs
        weakest = truth.abs().idxmin()
        adt_rate, slim_rate, slim_adt, acpt_rate, acpt_adt = truth.iloc[:5]
        acpt_slim, sigs1_rate, sigs1_adt, sigs1_slim, sigs1_acpt = truth.iloc[5:]

        allowed = 0.25
        if complete:
            miss = (guess - truth).abs()
            mean_miss, largest_miss, worst = miss.mean(), miss.max(), miss.idxmax()
            worst_guess, worst_r = guess[worst], truth[worst]
            slim_rate_guess, adt_rate_guess = guess["slim–rate"], guess["adt–rate"]
            as_good_as_zero = (guess == 0) & (truth.abs() < 0.1)
            signs_right = int(((np.sign(guess) == np.sign(truth)) | as_good_as_zero).sum())
            print(mean_miss, worst, signs_right)

        sns.heatmap(r, vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f")
        """,
        method=_METHODS[method],
        guess=", ".join(str(value) for value in guess),
    )


def comparing_panels(method: str, leave_out: Sequence[str]) -> str:
    return script(
        """
        import matplotlib.pyplot as plt
        import pandas as pd
        import seaborn as sns

        quartet = pd.read_csv("anscombe.csv")
        quartet.index = quartet.index + 1
        leave_out = [«rows»]
        kept = quartet.drop(index=leave_out)
        rows, left_out = len(quartet), len(leave_out)

        words = ["one", "two", "three", "four"]

        def of_each_panel(method):
            return pd.Series(
                [kept[f"x{i}"].corr(kept[f"y{i}"], method=method) for i in (1, 2, 3, 4)], words
            )

        chosen = of_each_panel("«method»")
        one, two, three, four = chosen
        spread, highest = chosen.max() - chosen.min(), chosen.idxmax()
        spearman = of_each_panel("spearman")
        spearman_one, spearman_two, spearman_three, spearman_four = spearman
        pearson_three = of_each_panel("pearson")["three"]
        four_before = quartet["x4"].corr(quartet["y4"])
        wanted = 0.99
        print(chosen, spearman, sep="\\n")

        figure, axes = plt.subplots(2, 2, sharex=True, sharey=True)
        for i, panel in enumerate(axes.flat, start=1):
            sns.scatterplot(kept, x=f"x{i}", y=f"y{i}", ax=panel)
        """,
        method=_METHODS[method],
        rows=", ".join(leave_out),
    )


def adding_a_point(point: tuple[float, float], n: int, seed: int) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns

        n = «n»
        noise = np.random.default_rng(«seed»).normal(size=(n, 2))
        cloud = pd.DataFrame(noise, columns=["x", "y"])
        extra = pd.DataFrame([[«x», «y»]], columns=["x", "y"])
        both = pd.concat([cloud, extra], ignore_index=True)
        rows = len(both)

        before = cloud["x"].corr(cloud["y"])
        r = both["x"].corr(both["y"])
        rho_before = cloud["x"].corr(cloud["y"], method="spearman")
        rho = both["x"].corr(both["y"], method="spearman")
        corner = pd.concat([cloud, pd.DataFrame({"x": [8], "y": [8]})])
        corner_r = corner["x"].corr(corner["y"])
        corner_rho = corner["x"].corr(corner["y"], method="spearman")
        strong, weak = 0.6, 0.2
        print(before, r, rho_before, rho)

        sns.scatterplot(both, x="x", y="y")
        """,
        n=str(n),
        seed=str(seed),
        x=str(point[0]),
        y=str(point[1]),
    )


def leaving_out(leave_out: Sequence[str]) -> str:
    return script(
        """
        import pandas as pd
        import seaborn as sns

        highway = pd.read_csv("highway.csv", index_col=0)
        roads = highway[["acpt", "sigs1"]]
        leave_out = [«rows»]
        kept = roads.drop(index=leave_out)
        sections, left_out = len(roads), len(leave_out)

        pearson = kept["acpt"].corr(kept["sigs1"])
        spearman = kept["acpt"].corr(kept["sigs1"], method="spearman")
        kendall = kept["acpt"].corr(kept["sigs1"], method="kendall")

        all_rows = roads["acpt"].corr(roads["sigs1"])
        rho_all_rows = roads["acpt"].corr(roads["sigs1"], method="spearman")
        without = {row: kept.drop(index=row).corr().iloc[0, 1] for row in kept.index}

        ruler = "25"
        ruler_acpt = roads.loc[int(ruler), "acpt"]
        plain = roads.drop(index=int(ruler))
        next_acpt = plain["acpt"].max()
        without_ruler = plain["acpt"].corr(plain["sigs1"])
        wanted = 0.2
        print(all_rows, pearson, without_ruler, rho_all_rows, spearman)

        sns.lineplot(pd.Series(without))
        """,
        rows=", ".join(leave_out),
    )


def bending(income: str, mortality: str) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns

        un = pd.read_csv("un.csv", index_col="country")
        nations = un[["ppgdp", "infantMortality"]].dropna()
        n = len(nations)
        income = «income»
        mortality = «mortality»

        r_before = nations["ppgdp"].corr(nations["infantMortality"])
        rho_before = nations["ppgdp"].corr(nations["infantMortality"], method="spearman")
        r = income.corr(mortality)
        rho = income.corr(mortality, method="spearman")
        tau = income.corr(mortality, method="kendall")
        order_kept = bool(abs(abs(rho) - abs(rho_before)) < 1e-9)
        wanted = 0.85
        print(r_before, rho_before, r, rho, tau)

        sns.scatterplot(x=income, y=mortality)
        """,
        income=TRANSFORMS[income].around('nations["ppgdp"]'),
        mortality=TRANSFORMS[mortality].around('nations["infantMortality"]'),
    )


_PAIRS = {
    "flavanoids, colour": """
        wine = pd.read_csv("wine.csv")
        x, y = wine["flavanoids"], wine["color_intensity"]
        """,
    "longitude, depth": """
        quakes = pd.read_csv("quakes.csv")
        x, y = quakes["long"], quakes["depth"]
        """,
    "latitude, depth": """
        quakes = pd.read_csv("quakes.csv")
        x, y = quakes["lat"], quakes["depth"]
        """,
    "month, temperature": """
        nottingham = pd.read_csv("nottingham.csv", parse_dates=["month"])
        x, y = nottingham["month"].dt.month, nottingham["temperature"]
        """,
    "parabola": """
        rng = np.random.default_rng(«seed»)
        x = pd.Series(rng.uniform(-1, 1, 300))
        y = x**2 + 0.05 * rng.normal(size=300)
        """,
    "circle": """
        rng = np.random.default_rng(«seed»)
        angle = rng.uniform(0, 2 * np.pi, 300)
        x = pd.Series(np.cos(angle) + 0.05 * rng.normal(size=300))
        y = pd.Series(np.sin(angle) + 0.05 * rng.normal(size=300))
        """,
    "noise": """
        rng = np.random.default_rng(«seed»)
        x = pd.Series(rng.normal(size=300))
        y = pd.Series(rng.normal(size=300))
        """,
}
_PARTS = {
    "everything": "x == x",
    "lower half": "lower",
    "upper half": "~lower",
}
_ETA_SQUARED = """
means = y.groupby(x).transform("mean")  # of the month that each value belongs to
eta_squared = means.var() / y.var()
"""


def measuring_dependence(pair: str, part: str, seed: int) -> str:
    months = pair == "month, temperature"
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy.special import digamma

        «data»
        n = len(x)


        def distances(values):
            values = np.asarray(values, dtype=float)
            return np.abs(values[:, None] - values)


        def rounded(values):  # to a fine grid, so that equal distances are equal to the last bit
            return np.rint(values * 2.0**42) / 2.0**42


        def distance_correlation(x, y):
            \"\"\"Székely, Rizzo and Bakirov (2007).\"\"\"
            a, b = (
                d - d.mean(axis=0) - d.mean(axis=1)[:, None] + d.mean()
                for d in (distances(x), distances(y))
            )
            return np.sqrt((a * b).mean() / np.sqrt((a * a).mean() * (b * b).mean()))


        def mutual_information(x, y, neighbours=3, groups=False):
            \"\"\"In nats, by the nearest neighbours of each point: Kraskov and others (2004).

            Groups have no distances: within one all is near, between two nothing (Ross 2014).
            scikit-learn's mutual_info_regression does the same with other noise against ties.
            \"\"\"
            noise = 1e-10 * np.random.default_rng(0).standard_normal((len(x), 2))
            x_apart, y_apart = (
                distances(rounded((values - np.mean(values)) / np.std(values) + noise[:, side]))
                for side, values in enumerate((np.asarray(x), np.asarray(y)))
            )
            if groups:
                x_apart = np.where(distances(x) == 0, 0, np.inf)
            apart = np.maximum(x_apart, y_apart)
            radius = np.sort(apart, axis=1)[:, [neighbours]]  # place 0 is the point itself
            x_near, y_near = ((d < radius).sum(axis=1) for d in (x_apart, y_apart))
            nats = (
                digamma(len(apart)) + digamma(neighbours)
                - digamma(x_near).mean() - digamma(y_near).mean()
            )
            return max(nats, 0.0)


        r = x.corr(y)
        rho = x.corr(y, method="spearman")
        tau = x.corr(y, method="kendall")
        distance = distance_correlation(x, y)
        mi = mutual_information(x, y«groups»)
        mi_as_r = np.sqrt(1 - np.exp(-2 * mi))  # |r| of a normal cloud with as much
        «eta_squared»
        lower = x <= x.median()
        r_lower, r_upper = x[lower].corr(y[lower]), x[~lower].corr(y[~lower])
        here = «part»
        r_here = x[here].corr(y[here])
        almost_zero, a_lot, visible = 0.1, 0.4, 0.3
        print(r, rho, tau, distance, mi, r_lower, r_upper)

        sns.scatterplot(x=x[here], y=y[here])
        """,
        data=dedent(_PAIRS[pair]).strip(),
        groups=", groups=True" if months else "",
        eta_squared=_ETA_SQUARED if months else "",
        part=_PARTS[part],
        seed=str(seed),
    )


_FLOOR = """
shuffles = np.random.default_rng(«seed»)
null = [information(x, shuffles.permutation(y)) for _ in range(shuffled)]
floor_mean, floor = np.mean(null), np.percentile(null, 95)
above = bool(mi > floor)
print(floor_mean, floor, above)
sns.histplot(null)
"""


def shuffling(n: int, strength: float, neighbours: int, shuffles: int, seed: int) -> str:
    return script(
        """
        import numpy as np
        import seaborn as sns
        from sklearn.feature_selection import mutual_info_regression

        n, strength, shuffled = «n», «strength», «shuffles»
        noise = np.random.default_rng(«seed»).normal(size=(n, 2))
        x = noise[:, 0]
        y = strength * x + np.sqrt(1 - strength**2) * noise[:, 1]


        def information(x, y):  # in nats
            return mutual_info_regression(
                x[:, None], y, n_neighbors=«neighbours», random_state=0
            )[0]


        r = np.corrcoef(x, y)[0, 1]
        mi = information(x, y)
        theory = -0.5 * np.log(1 - strength**2)
        wanted = 0.5
        print(r, mi, theory)
        «floor»
        """,
        floor=_FLOOR if shuffles else "",
        n=str(n),
        strength=str(strength),
        neighbours=str(neighbours),
        shuffles=str(shuffles),
        seed=str(seed),
    )


def raising_false_alarms(data: str, n: int, level: float, seed: int, replicates: int) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy import stats

        n, level, replicates = «n», «level», «replicates»
        size = (2 * replicates, n)  # a row is one sample of one column


        def draw(kind):
            rng = np.random.default_rng(«seed»)
            draws = {
                "normal": lambda: rng.normal(size=size),
                "uniform": lambda: rng.uniform(size=size),
                "exponential": lambda: rng.exponential(size=size),
                "lognormal": lambda: rng.lognormal(size=size),
                "t3": lambda: rng.standard_t(3, size=size),
                "binary": lambda: (rng.uniform(size=size) < 0.3).astype(float),
                "cauchy": lambda: rng.standard_cauchy(size=size),
                "unequal spread": lambda: rng.normal(size=size),
            }
            x, y = np.split(draws[kind](), 2)
            return (x, np.abs(x) * y) if kind == "unequal spread" else (x, y)


        def p_values(x, y):
            x = x - x.mean(axis=1, keepdims=True)
            y = y - y.mean(axis=1, keepdims=True)
            with np.errstate(invalid="ignore"):  # a column of zeros only has no r
                r = (x * y).sum(axis=1) / np.sqrt((x**2).sum(axis=1) * (y**2).sum(axis=1))
            t = r * np.sqrt((n - 2) / (1 - r**2))
            return 2 * stats.t.sf(np.abs(t), n - 2)


        kinds = ["normal", "uniform", "exponential", "lognormal",
                 "t3", "binary", "cauchy", "unequal spread"]
        shares = pd.Series({kind: np.mean(p_values(*draw(kind)) < level) for kind in kinds})

        share = shares["«data»"]
        percent, level_percent, times = 100 * share, 100 * level, share / level
        worst = shares.idxmax()
        exponential, lognormal = 100 * shares["exponential"], 100 * shares["lognormal"]
        cauchy, unequal = 100 * shares["cauchy"], 100 * shares["unequal spread"]
        too_often, enough = 3, 100
        print(100 * shares)

        sns.barplot(100 * shares, orient="h")
        """,
        data=data,
        n=str(n),
        level=str(level),
        seed=str(seed),
        replicates=str(replicates),
    )


def converting(strength: float, n: int, seed: int) -> str:
    return script(
        """
        import numpy as np
        import seaborn as sns
        from scipy import stats

        # A normal cloud with this true r: the other two follow
        r, n = «strength», «n»
        rho = 6 / np.pi * np.arcsin(r / 2)
        tau = 2 / np.pi * np.arcsin(r)
        agree = 100 * (1 + tau) / 2  # per cent of all pairs of rows

        x, error = np.random.default_rng(«seed»).normal(size=(2, n))
        y = r * x + np.sqrt((1 - r) * (1 + r)) * error
        sample_r = stats.pearsonr(x, y).statistic
        sample_rho = stats.spearmanr(x, y).statistic
        sample_tau = stats.kendalltau(x, y).statistic
        wanted = 0.5
        print(r, rho, tau, sample_r, sample_rho, sample_tau)

        sns.scatterplot(x=x, y=y)
        """,
        strength=str(strength),
        n=str(n),
        seed=str(seed),
    )


def counting_orders(n: int, level: float) -> str:
    return script(
        """
        from itertools import permutations

        import numpy as np
        import seaborn as sns
        from scipy import stats

        n, alpha = «n», «level»
        every = np.array(list(permutations(range(n))))  # how the ranks of y meet those of x
        orders = len(every)

        rho = 1 - 6 * ((every - np.arange(n)) ** 2).sum(axis=1) / (n * (n**2 - 1))
        rising = [every[:, i] < every[:, j] for i in range(n) for j in range(i + 1, n)]
        tau = 2 * np.mean(rising, axis=0) - 1


        def exact_p(values):  # the share of all orders that are at least as extreme
            size = np.abs(values).round(9)
            return 1 - np.searchsorted(np.sort(size), size, "left") / len(size)


        with np.errstate(divide="ignore"):
            t = np.abs(rho) * np.sqrt((n - 2) / (1 - rho**2))
        p_values = {
            "Spearman, p from t": 2 * stats.t.sf(t, n - 2),
            "Spearman, exact p": exact_p(rho),
            "Kendall, exact p": exact_p(tau),
        }
        shares = {test: np.mean(p < alpha) for test, p in p_values.items()}

        level_percent = 100 * alpha
        t_percent, exact_percent, kendall_percent = (100 * share for share in shares.values())
        loosest = max(shares, key=shares.get)
        least_p, least_p_before = 2 / orders, 2 * n / orders
        print(orders, shares, least_p)

        sns.barplot(shares, orient="h")
        """,
        n=str(n),
        level=str(level),
    )


_DIFFERENCE = 'chosen_difference = difference.loc["«row»", "«column»"]'


def subtracting(first: str, second: str, pair: str | None) -> str:
    row, column = (pair or "–").split("–")
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns

        highway = pd.read_csv("highway.csv", index_col=0)
        numbers = highway.select_dtypes("number")
        difference = numbers.corr(method="«first»") - numbers.corr(method="«second»")
        «chosen»

        r, rho = numbers.corr(), numbers.corr(method="spearman")
        once = np.triu(np.ones(r.shape, dtype=bool), k=1)
        table = pd.DataFrame({"r": r.where(once).stack(), "rho": rho.where(once).stack()}).dropna()
        pairs = len(table)
        larger = table["rho"].abs() > table["r"].abs()
        rho_larger, larger_share = int(larger.sum()), larger.mean()
        row, column = (table["rho"] - table["r"]).abs().idxmax()
        largest = f"{row}–{column}"
        largest_r, largest_rho = r.loc[row, column], rho.loc[row, column]
        largest_difference = largest_rho - largest_r
        print(largest, largest_r, largest_rho, rho_larger, pairs)

        mask = np.triu(np.ones_like(r, dtype=bool))
        sns.heatmap(difference, mask=mask, vmin=-0.4, vmax=0.4, cmap="RdBu_r")
        """,
        chosen=_DIFFERENCE if pair else "",
        first=_METHODS[first],
        second=_METHODS[second],
        row=row,
        column=column,
    )


def cutting_in_two(groups: str, share: int, swap: bool) -> str:
    ones = {
        "survived": 'people["survived"] == "yes"',
        "sex": 'people["sex"] == "male"',
    }.get(groups, "ages > ages.quantile(1 - share / 100)")
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy import stats

        people = pd.read_csv("titanic.csv").dropna(subset="age")
        ages = people["age"]
        share = «share»
        codes = («ones»).astype(int)«swapped»
        n, ones, percent = len(people), int(codes.sum()), share

        r = ages.corr(codes)
        point_biserial = stats.pointbiserialr(codes, ages).statistic
        means = ages.groupby(codes).transform("mean")
        eta = np.sqrt(((means - ages.mean()) ** 2).sum() / ((ages - ages.mean()) ** 2).sum())


        def highest_r(share):  # of a bell-shaped variable, cut so that this share is above
            density = stats.norm.pdf(stats.norm.ppf(share))
            return density / np.sqrt(share * (1 - share))


        ceiling = highest_r(share / 100)
        ceiling_half, ceiling_tenth = highest_r(0.5), highest_r(0.1)
        wanted = 0.6
        print(r, point_biserial, eta, ceiling, ceiling_half, ceiling_tenth)

        sns.boxplot(x=codes, y=ages)
        """,
        ones=ones,
        swapped="\ncodes = 1 - codes" if swap else "",
        share=str(share),
    )


_COEFFICIENT = {
    "Pearson's r": "pearson",
    "Spearman's ρ": "spearman",
    "Kendall's τ": "kendall",
}
_CORRECTED_V = """
def value(order):
    \"\"\"Cramér's V with Bergsma's correction: no order of words enters.\"\"\"
    return cramers_v(x, y)


def cramers_v(x, y):
    counts = pd.crosstab(x, y)
    m = counts.to_numpy().sum()
    rows, columns = counts.shape
    phi2 = stats.chi2_contingency(counts, correction=False).statistic / m
    phi2 = max(0, phi2 - (rows - 1) * (columns - 1) / (m - 1))
    sides = [side - (side - 1) ** 2 / (m - 1) for side in (rows, columns)]
    return np.sqrt(phi2 / (min(sides) - 1))
"""


def choosing(x: str, y: str, measure: str) -> str:
    if measure in _COEFFICIENT:
        value = f"""
def value(order):
    return codes(x, order).corr(codes(y, order), method="{_COEFFICIENT[measure]}")
"""
    elif measure == "Cramér's V":
        value = _CORRECTED_V
    else:
        value = """
def value(order):
    return eta_of(order)
"""
    return script(
        """
        import numpy as np
        import pandas as pd
        from scipy import stats

        chile = pd.read_csv("chile.csv")
        rows = len(chile)
        kinds = {
            "region": "words", "population": "number", "sex": "two words", "age": "number",
            "education": "ordered words", "income": "number", "statusquo": "number",
            "vote": "words",
        }
        in_order = {"sex": ["F", "M"], "education": ["P", "S", "PS"]}
        known = chile["«x»"].notna() & chile["«y»"].notna()
        x, y = chile.loc[known, "«x»"], chile.loc[known, "«y»"]
        n = int(known.sum())


        def codes(column, order):  # 0, 1, 2 ... for words
            if kinds[column.name] == "number":
                return column
            words = in_order.get(column.name, sorted(column.unique()))
            if order == "frequency" and kinds[column.name] == "words":
                words = list(column.value_counts().index)
            return column.map({word: code for code, word in enumerate(words)})


        def eta_of(order):
            \"\"\"The correlation ratio: how far apart the means of the groups are.\"\"\"
            groups, values = (x, y) if kinds[y.name] == "number" else (y, x)
            values = codes(values, order)
            means = values.groupby(groups).transform("mean")
            spread = ((values - values.mean()) ** 2).sum()
            return np.sqrt(((means - values.mean()) ** 2).sum() / spread)

        «value»

        value_by_alphabet, value_by_frequency = value("alphabet"), value("frequency")
        eta = eta_of("alphabet")
        value = value_by_alphabet

        # What fits what: one column of a kind on the left, the other of a kind on the right
        number, words = {"number"}, {"words", "two words", "ordered words"}
        ranked = {"number", "two words", "ordered words"}
        fitting = {
            "Pearson's r": ({"number", "two words"}, {"number", "two words"}),
            "Spearman's ρ": (ranked, ranked),
            "Kendall's τ": (ranked, ranked),
            "correlation ratio η": (number, words),
            "Cramér's V": (words, words),
        }
        kind_x, kind_y = kinds[x.name], kinds[y.name]
        measure = "«measure»"
        fits_all = [
            name
            for name, (one, other) in fitting.items()
            if (kind_x in one and kind_y in other) or (kind_x in other and kind_y in one)
        ]
        fits, fitting = measure in fits_all, " or ".join(fits_all)
        coefficients = ("Pearson's r", "Spearman's ρ", "Kendall's τ")
        coded = measure in coefficients and "words" in (kind_x, kind_y)
        wanted = 0.4
        print(measure, value, fits, fitting)

        # Chi-square grows with the rows, V does not: every person counted twice
        votes = pd.crosstab(chile["region"], chile["vote"])
        chi_square = stats.chi2_contingency(votes, correction=False).statistic
        chi_square_twice = stats.chi2_contingency(2 * votes, correction=False).statistic
        v = stats.contingency.association(votes, method="cramer", correction=False)
        print(chi_square, chi_square_twice, v)
        """,
        value=value.strip(),
        x=x,
        y=y,
        measure=measure,
    )
