"""The scripts behind the steps: what a learner can run to get the same facts.

Each is a function of its step's controls, so that the code on the screen always is the code of the
picture beside it. Every fact of the step is a variable in its script.
"""

from lessons.scripting import script

_ADJUSTED = {
    "none": "p",
    "Bonferroni": 'multipletests(p, method="bonferroni")[1]',
    "Holm": 'multipletests(p, method="holm")[1]',
    "BH": 'multipletests(p, method="fdr_bh")[1]',
    "BY": 'multipletests(p, method="fdr_by")[1]',
}


def drawing_noise(draws: int, rows: int, columns: int) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy import stats

        rows, columns, drawn = «rows», «columns», «draws»
        pairs = columns * (columns - 1) // 2
        level = 5.0  # per cent
        upper = np.triu_indices(columns, 1)

        counts, strongest = [], []
        for seed in range(drawn):
            noise = np.random.default_rng(seed).normal(size=(rows, columns))
            r = np.corrcoef(noise, rowvar=False)[upper]
            t = r * np.sqrt((rows - 2) / (1 - r**2))
            p = 2 * stats.t.sf(np.abs(t), rows - 2)
            counts.append(int((p < level / 100).sum()))
            strongest.append(float(np.abs(r).max()))

        stars, largest = counts[-1], strongest[-1]
        mean, mean_largest = np.mean(counts), np.mean(strongest)
        expected = level / 100 * pairs
        # Where 95 % of tables should lie
        low, high = (int(q) for q in stats.binom.ppf([0.025, 0.975], pairs, level / 100))
        enough, near = 5, 2.5
        print(f"{stars} stars now, {mean:.2f} on average; expected {expected:.1f}")

        sns.heatmap(pd.DataFrame(noise).corr(), vmin=-1, vmax=1, cmap="RdBu_r")
        """,
        draws=draws,
        rows=rows,
        columns=columns,
    )


def correcting(adjust: str, alpha: float, seed: int) -> str:
    return script(
        """
        import gc

        import numpy as np
        import seaborn as sns
        from scipy import stats
        from statsmodels.stats.multitest import multipletests

        gc.freeze()  # "holm" collects garbage at every call; with nothing to look at, it is quick

        tables, rows, columns = 1000, 100, 20
        alpha, adjust_name = «alpha», "«adjust»"
        level_percent = 100 * alpha
        upper = np.triu_indices(columns, 1)
        pairs = len(upper[0])

        stars, raw_starred = [], 0
        for noise in np.random.default_rng(«seed»).normal(size=(tables, rows, columns)):
            r = np.corrcoef(noise, rowvar=False)[upper]
            t = r * np.sqrt((rows - 2) / (1 - r**2))
            p = 2 * stats.t.sf(np.abs(t), rows - 2)
            adjusted = «adjusted»
            stars.append(int((adjusted < alpha).sum()))
            raw_starred += bool((p < alpha).any())

        starred = sum(count > 0 for count in stars)  # tables with at least one star
        starred_percent = starred / tables * 100
        raw_starred_percent = raw_starred / tables * 100
        mean, most = np.mean(stars), max(stars)
        print(f"{starred} of {tables} tables of noise show a star; unadjusted {raw_starred}")

        sns.histplot(stars, discrete=True)
        """,
        adjust=adjust,
        alpha=alpha,
        seed=seed,
        adjusted=_ADJUSTED[adjust],
    )


def marking(r: float, seed: int) -> str:
    return script(
        """
        import gc

        import numpy as np
        import pandas as pd
        from scipy import stats
        from statsmodels.stats.multitest import multipletests

        gc.freeze()  # "holm" collects garbage at every call; with nothing to look at, it is quick

        tables, rows, columns, true = 500, 100, 20, 10
        r, level = «r», 5.0  # per cent
        most_wrong, most_any = 10.0, 10.0  # per cent

        # Columns 0 and 1, 2 and 3, and so on belong together; all the rest is noise.
        drawn = np.random.default_rng(«seed»).normal(size=(tables, rows, columns))
        drawn[..., 1::2] = r * drawn[..., 0::2] + np.sqrt((1 - r) * (1 + r)) * drawn[..., 1::2]
        first, second = np.triu_indices(columns, 1)
        is_true = (first % 2 == 0) & (second == first + 1)
        pairs = len(first)
        empty = pairs - true

        methods = {
            "none": None,
            "Bonferroni": "bonferroni",
            "Holm": "holm",
            "BH": "fdr_bh",
            "BY": "fdr_by",
        }
        rounds = []
        for table in drawn:
            seen = np.corrcoef(table, rowvar=False)[first, second]
            t = seen * np.sqrt((rows - 2) / (1 - seen**2))
            p = 2 * stats.t.sf(np.abs(t), rows - 2)
            for name, method in methods.items():
                adjusted = p if method is None else multipletests(p, method=method)[1]
                starred = adjusted < level / 100
                found, wrong = starred[is_true].sum(), starred[~is_true].sum()
                share = 100 * wrong / max(found + wrong, 1)
                rounds.append([name, found, wrong, share, 100 * (wrong > 0)])

        rounds = pd.DataFrame(rounds, columns=["name", "found", "wrong", "share", "any"])
        marks = rounds.groupby("name", sort=False).mean()
        none_found, none_wrong, none_share, none_any = marks.loc["none"]
        bonferroni_found, bonferroni_wrong, bonferroni_share, bonferroni_any = (
            marks.loc["Bonferroni"]
        )
        holm_found, holm_wrong, holm_share, holm_any = marks.loc["Holm"]
        bh_found, bh_wrong, bh_share, bh_any = marks.loc["BH"]
        by_found, by_wrong, by_share, by_any = marks.loc["BY"]

        best = marks.loc[marks["share"] <= most_wrong, "found"].idxmax()
        best_found = marks.loc[best, "found"]
        print(marks.round(3))

        marks[["found", "wrong"]].plot.barh()
        """,
        r=r,
        seed=seed,
    )


def surviving(adjust: str, alpha: float) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy import stats
        from statsmodels.stats.multitest import multipletests

        highway = pd.read_csv("highway.csv", index_col=0).select_dtypes("number")
        alpha = «alpha»
        level_percent = 100 * alpha

        names = highway.columns
        found = pd.DataFrame(
            [
                (f"{x}–{y}", *stats.pearsonr(highway[x], highway[y]))
                for i, x in enumerate(names)
                for y in names[i + 1 :]
            ],
            columns=["pair", "r", "p"],
        ).set_index("pair")
        p = found["p"].to_numpy()
        rows, pairs = len(highway), len(found)
        expected = pairs * alpha

        raw = int((p < alpha).sum())
        bonferroni, holm, bh, by = (
            int((multipletests(p, method=method)[1] < alpha).sum())
            for method in ("bonferroni", "holm", "fdr_bh", "fdr_by")
        )
        lost_by_holm = raw - holm

        found["adjusted"] = «adjusted»
        found = found.sort_values("r", key=abs, ascending=False)
        has_star = found["adjusted"] < alpha
        kept = int(has_star.sum())
        stars = " ".join(found.index[has_star])

        # The strongest pair without a star, and the interval of its r by Fisher's z
        dropped = found.index[~has_star][0]
        dropped_r = found.loc[dropped, "r"]
        reach = stats.norm.ppf(0.975) / np.sqrt(rows - 3)
        dropped_low, dropped_high = np.tanh(np.arctanh(dropped_r) + np.array([-reach, reach]))
        print(f"{kept} of {pairs} pairs are left; the strongest that is not: {dropped}")

        r = highway.corr()
        text = r.round(2).astype(str)
        for pair in found.index[has_star]:
            x, y = pair.split("–")
            text.loc[y, x] += "★"
        mask = np.triu(np.ones_like(r, dtype=bool))[1:, :-1]
        sns.heatmap(
            r.iloc[1:, :-1], mask=mask, annot=text.iloc[1:, :-1], fmt="",
            vmin=-1, vmax=1, cmap="RdBu_r",
        )
        """,
        alpha=alpha,
        adjusted=_ADJUSTED[adjust],
    )


def asking(people: int | None, seed: int, answer: int | None) -> str:
    return script(
        """
        import matplotlib.pyplot as plt
        import numpy as np
        import pandas as pd
        from scipy import stats

        vocab = pd.read_csv("vocab.csv")[["year", "education", "vocabulary"]]
        alpha = 0.05


        def smallest_r_with_a_star(n):
            t = stats.t.isf(alpha / 2, n - 2)
            return t / np.sqrt(n - 2 + t**2)


        people, words = len(vocab), vocab["vocabulary"].max()
        first_year, last_year = vocab["year"].min(), vocab["year"].max()
        all_r, all_p = stats.pearsonr(vocab["year"], vocab["vocabulary"])
        all_not_p, all_r_percent, all_percent = 100 * (1 - all_p), 100 * all_r, 100 * all_r**2
        all_critical = smallest_r_with_a_star(people)

        asked = «asked»
        n = len(asked)
        r, p = stats.pearsonr(asked["year"], asked["vocabulary"])
        is_starred = bool(p < alpha)
        answer_critical = smallest_r_with_a_star(«answer»)
        highway_rows = 39
        highway_critical = smallest_r_with_a_star(highway_rows)

        rows = np.arange(3, 100_001)
        tiny = 0.02
        needed = rows[smallest_r_with_a_star(rows) <= tiny][0]
        at_most = int(1.05 * needed)
        print(f"{n} people: r = {r:.4f}, p = {p:.4f}; r = {tiny} needs {needed} rows")

        plt.semilogx(rows, smallest_r_with_a_star(rows))
        plt.axhline(tiny, linestyle=":")
        plt.xlabel("rows")
        plt.ylabel("smallest |r| with a star")
        """,
        asked="vocab" if people is None else f"vocab.sample({people}, random_state={seed})",
        answer=answer or "n",
    )


def interval(r: float, rows: int, seed: int) -> str:
    return script(
        """
        import matplotlib.pyplot as plt
        import numpy as np
        from scipy import stats

        r, n, highway_rows = «r», «rows», 39
        confidence = 95.0
        z = stats.norm.ppf(0.5 + confidence / 200)


        def interval(r, n):
            reach = z / np.sqrt(n - 3)
            return np.tanh(np.arctanh(r) - reach), np.tanh(np.arctanh(r) + reach)


        low, high = interval(r, n)
        width = high - low
        narrow, largest = 0.2, 0.5
        low_ten, high_ten = interval(r, 10)
        low_highway, high_highway = interval(r, highway_rows)
        low_many, high_many = interval(r, 1000)

        # Samples from a world where r is true: y = r x + noise
        samples = 20
        draws = np.random.default_rng(«seed»).normal(size=(2 * samples, n))
        x, noise = draws[:samples], draws[samples:]
        y = r * x + np.sqrt((1 - r) * (1 + r)) * noise
        found = np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(x, y)])
        lows, highs = interval(found, n)
        missed = int(((lows > r) | (highs < r)).sum())
        print(f"{n} rows: {low:.2f} to {high:.2f}; {missed} of {samples} samples miss")

        plt.hlines(range(samples), lows, highs)
        plt.plot(found, range(samples), "o")
        plt.axvline(r, linestyle=":")
        """,
        r=r,
        rows=rows,
        seed=seed,
    )


_DIAGONALS = {
    "": "",
    "p.values": """
try:
    np.fill_diagonal(p.values, np.nan)
except ValueError as error:
    message = str(error)
""",
    "copy": """
array = p.to_numpy(copy=True)
np.fill_diagonal(array, np.nan)
p = pd.DataFrame(array, names, names)
""",
}

_HOLM = """
from statsmodels.stats.multitest import multipletests

array = p.to_numpy(copy=True)
tested = ~np.isnan(array[upper])
adjusted = array[upper]
adjusted[tested] = multipletests(adjusted[tested], method="holm")[1]
array[upper] = array.T[upper] = adjusted
p = pd.DataFrame(array, names, names)
"""


def looping(*, own_rows: bool, complete: bool, diagonal: str, adjust: bool) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy.stats import pearsonr

        air = pd.read_csv("airquality.csv")[["Ozone", "Solar.R", "Wind", "Temp"]]
        names = air.columns
        table = «table»

        # The loop of the tutorials
        p = pd.DataFrame(np.ones((4, 4)), names, names)
        used = pd.DataFrame(len(table), names, names)
        for row in names:
            for column in names:
                if row != column:
                    pair = «pair»
                    used.loc[row, column] = len(pair)
                    p.loc[row, column] = pearsonr(pair[row], pair[column])[1]

        upper = np.triu_indices(4, 1)
        message = ""
        «diagonal»
        «adjust»

        has = air.notna().astype(int)
        own = has.T @ has  # the days that each pair shares
        days, pairs = len(air), len(upper[0])
        ozone_missing, sun_missing = air["Ozone"].isna().sum(), air["Solar.R"].isna().sum()
        without = p.isna().to_numpy()[upper].sum()
        lost = (own - used).clip(lower=0).to_numpy()[upper].sum()
        diagonal_is_empty = bool(np.isnan(np.diagonal(p)).all())
        pandas_major = int(pd.__version__.split(".")[0])

        full = air.dropna()
        own_r, complete_r = air["Ozone"].corr(air["Wind"]), full["Ozone"].corr(full["Wind"])
        own_wind_temp = air["Wind"].corr(air["Temp"])
        complete_wind_temp = full["Wind"].corr(full["Temp"])
        own_n, complete_n = own.loc["Ozone", "Wind"], len(full)
        fewest, most = own.to_numpy()[upper].min(), own.to_numpy()[upper].max()
        print(p, own, sep="\\n\\n")

        sns.heatmap(p, annot=True, fmt=".3f", vmin=0, vmax=1, cmap="viridis")
        """,
        table="air.dropna()" if complete else "air",
        pair="table[[row, column]].dropna()" if own_rows else "table[[row, column]]",
        diagonal=_DIAGONALS[diagonal].strip() or "# The diagonal stays 1.",
        adjust=_HOLM.strip() if adjust else "# Each p stands as if its pair were the only one.",
    )


def shuffling(shuffles: int, seed: int, left_out: list[int]) -> str:
    return script(
        """
        import matplotlib.pyplot as plt
        import numpy as np
        import pandas as pd
        from scipy import stats

        highway = pd.read_csv("highway.csv", index_col=0)


        def shuffled_p(roads, shuffles, seed):
            x = stats.zscore(roads["sigs1"].to_numpy())
            y = stats.zscore(roads["acpt"].to_numpy())
            orders = np.tile(np.arange(len(x)), (shuffles, 1))
            orders = np.random.default_rng(seed).permuted(orders, axis=1)
            null = (y[orders] * x).mean(axis=1)  # the r of each shuffle
            reached = int((np.abs(null) >= abs((x * y).mean()) - 1e-12).sum())
            return null, reached, (1 + reached) / (1 + shuffles)  # what was seen counts as one


        sections, all_shuffles = len(highway), 50_000
        all_r, all_t_p = stats.pearsonr(highway["sigs1"], highway["acpt"])
        all_p = shuffled_p(highway, all_shuffles, seed=0)[2]
        times = all_p / all_t_p

        left_out = «left_out»
        kept = highway.drop(index=left_out)
        left, dealt, enough, level = len(left_out), «shuffles», 2000, 5.0
        least = 1 / (1 + dealt)
        r, t_p = stats.pearsonr(kept["sigs1"], kept["acpt"])
        null, reached, p = shuffled_p(kept, dealt, seed=«seed»)
        print(f"r = {r:.2f}: t test {t_p:.4f}, shuffles {p:.4f}")

        plt.hist(null, bins=40)
        plt.axvline(r, linestyle=":")
        """,
        left_out=left_out,
        shuffles=shuffles,
        seed=seed,
    )
