"""The code behind the steps of lesson five."""

from collections.abc import Mapping

from lessons.scripting import listed, script
from lessons.time_series.changes import CHANGES, WITHOUT_SEASON

_STARS = '''
def correlate(x, y):
    """r and p of row i of x with row i of y."""
    x, y = (z - z.mean(axis=1, keepdims=True) for z in (x, y))
    r = (x * y).sum(axis=1) / np.sqrt((x**2).sum(axis=1) * (y**2).sum(axis=1))
    n = x.shape[1]
    t = r * np.sqrt((n - 2) / (1 - r**2))
    return r, 2 * stats.t.sf(np.abs(t), n - 2)
'''.strip()

_SEASON = WITHOUT_SEASON.strip()


def walking(draws: int, rows: int) -> str:
    return script(
        """
        import numpy as np
        import seaborn as sns
        from scipy import stats

        rows, short, long, drawn = «rows», 20, 1000, «draws»
        level, enough, near = 5.0, 50, 10

        «stars»

        def walks(count, n, seed):
            return np.random.default_rng(seed).normal(size=(count, n)).cumsum(axis=1)

        def truth_at(n, pairs=4000):
            many = walks(2 * pairs, n, seed=1)
            return 100 * np.mean(correlate(many[:pairs], many[pairs:])[1] < level / 100)

        pairs = [walks(2, rows, seed) for seed in range(drawn)]
        found = [correlate(pair[:1], pair[1:]) for pair in pairs]
        all_r = [each[0][0] for each in found]
        starred = sum(each[1][0] < level / 100 for each in found)
        r, p = found[-1][0][0], found[-1][1][0]

        t = stats.t.isf(level / 200, rows - 2)
        critical = t / np.sqrt(rows - 2 + t**2)
        truth, truth_short, truth_long = truth_at(rows), truth_at(short), truth_at(long)
        print(f"{starred} of {drawn} pairs have a star; of thousands {truth:.1f} %")

        sns.histplot(all_r, binrange=(-1, 1), bins=20)
        """,
        draws=draws,
        rows=rows,
        stars=_STARS,
    )


def curing(months: int, seed: int, chosen: Mapping[str, str]) -> str:
    names = listed(CHANGES)
    treatments = "\n    ".join(
        f'"{name}": lambda x: {change.code},' for name, change in CHANGES.items()
    )
    facts = "\n".join(
        f'{cause}_{name.split()[0]} = shares.loc["{cause}", "{name}"]'
        for cause in chosen
        for name in CHANGES
    )
    left = "\n".join(
        f'{cause}_left = shares.loc["{cause}", "{name}"]' if name else f"{cause}_left = -1.0"
        for cause, name in chosen.items()
    )
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy import signal, stats

        n, pairs, level, most = «months», 2000, 5.0, 8.0

        «stars»

        «season»

        noise = np.random.default_rng(«seed»).normal(size=(2 * pairs, n))
        month = np.arange(n)
        drawn = {
            "walks": noise.cumsum(axis=1),
            "trends": 0.05 * month + noise,
            "seasons": 4 * np.cos(2 * np.pi * (month % 12) / 12) + noise,
        }
        treatments = {
            «treatments»
        }
        shares = pd.DataFrame(index=list(drawn), columns=«names», dtype=float)
        for cause, series in drawn.items():
            for name, treat in treatments.items():
                treated = treat(series)
                _, p = correlate(treated[:pairs], treated[pairs:])
                shares.loc[cause, name] = 100 * np.mean(p < level / 100)

        «facts»

        # What was chosen; -1 where nothing was.
        «left»
        worst = max(walks_left, trends_left, seasons_left)
        tried = «tried»
        print(shares.round(1))

        sns.heatmap(shares, annot=True, fmt=".0f", vmin=0, vmax=100, cmap="viridis")
        """,
        stars=_STARS,
        season=_SEASON,
        months=months,
        seed=seed,
        treatments=treatments,
        names=names,
        facts=facts,
        left=left,
        tried=sum(bool(name) for name in chosen.values()),
    )


def echoing(phi: float, n: int, seed: int) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        from scipy import stats

        echo, high_echo, rows, level = «phi», 0.9, «n», 5.0
        from_share, to_share = 20.0, 30.0

        «stars»

        def echoes(count, phi, seed):
            x = np.random.default_rng(seed).normal(size=(count, rows))
            x[:, 0] /= np.sqrt(1 - phi**2)  # as if it had been going on for ever
            for t in range(1, rows):
                x[:, t] += phi * x[:, t - 1]
            return x

        def share_at(phi, pairs=2000):
            many = echoes(2 * pairs, phi, seed=1)
            return 100 * np.mean(correlate(many[:pairs], many[pairs:])[1] < level / 100)

        def effective_at(phi):
            return rows * (1 - phi**2) / (1 + phi**2)

        pair = echoes(2, echo, seed=«seed»)
        (r,), (p,) = correlate(pair[:1], pair[1:])
        share, share_high = share_at(echo), share_at(high_echo)
        effective, effective_high = effective_at(echo), effective_at(high_echo)
        lost = rows - effective
        print(f"{share:.0f} % with a star; {rows} rows are worth {effective:.1f}")

        line = pd.Series({phi / 10: share_at(phi / 10) for phi in range(10)})
        line.plot(xlabel="phi", ylabel="% with a star")
        """,
        phi=phi,
        n=n,
        seed=seed,
        stars=_STARS,
    )


_MACRO = """
macro = pd.read_csv("us_macro.csv")
names = «names»
levels = macro[names]
changes = np.log(levels).diff()
for rate in levels.columns.intersection(["tbilrate", "unemp"]):  # these are per cent already
    changes[rate] = levels[rate].diff()
changes = changes.dropna()
""".strip()


def comparing(names: tuple[str, ...], shown: str, killed: str | None, revealed: str | None) -> str:
    def named(word: str, pair: str | None) -> str:
        if pair is None:
            return f"{word}_level, {word}_change = 0.0, 0.0  # nothing was named"
        x, y = pair.split("–")
        return f'{word}_level, {word}_change = levels_r.loc["{x}", "{y}"], ' + (
            f'changes_r.loc["{x}", "{y}"]'
        )

    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from statsmodels.tsa.stattools import adfuller

        «macro»

        levels_r, changes_r = levels.corr(), changes.corr()
        upper = np.triu_indices(len(names), 1)
        in_levels, in_changes = (np.abs(r.to_numpy()[upper]) for r in (levels_r, changes_r))
        quarters, columns, pairs = len(levels), len(names), len(in_levels)
        strong, weak, middling = 0.9, 0.2, 0.5
        first_year = int(macro["year"].iloc[0])
        strong_levels, strong_changes = sum(in_levels > strong), sum(in_changes > strong)
        mean_levels, mean_changes = in_levels.mean(), in_changes.mean()
        gdp_cpi_level, gdp_cpi_change = (
            r.loc["realgdp", "cpi"] for r in (levels_r, changes_r)
        )
        gdp_unemp_level, gdp_unemp_change = (
            r.loc["realgdp", "unemp"] for r in (levels_r, changes_r)
        )
        «killed»
        «revealed»

        # How many columns the Dickey-Fuller test takes for walks, at 5 %
        level = 5.0
        def walks(table):
            p = [adfuller(table[name], result_object=False)[1] for name in names]
            return sum(each > level / 100 for each in p)

        walks_levels, walks_changes = walks(levels), walks(changes)
        print(changes_r.round(2))

        sns.heatmap(«shown», vmin=-1, vmax=1, cmap="RdBu_r")
        """,
        macro=_MACRO,
        names=listed(names),
        killed=named("killed", killed),
        revealed=named("revealed", revealed),
        shown="levels_r" if shown == "levels" else "changes_r",
    )


def trading(series: str, backwards: str) -> str:
    turned = "" if backwards == "none" else f'{{"{backwards}"}}'
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns

        prices = pd.read_csv("eu_stocks.csv", index_col="time")
        days, indices = prices.shape
        levels_dax_smi = prices.corr().loc["DAX", "SMI"]
        returns_dax_smi = np.log(prices).diff().corr().loc["DAX", "SMI"]
        weekly_dax_smi = np.log(prices).diff(5).iloc[5::5].corr().loc["DAX", "SMI"]

        backwards = «backwards»
        turned = prices.copy()
        for name in backwards:
            turned[name] = turned[name].to_numpy()[::-1]
        table = «table»
        r = table.corr()

        forwards = [name for name in r if name not in backwards]
        among = [abs(r.loc[a, b]) for a in forwards for b in forwards if a < b]
        across = [abs(r.loc[a, b]) for a in forwards for b in backwards]
        weakest_forwards = min(among)
        strongest_backwards = max(across, default=0.0)
        strong, weak = 0.5, 0.1
        print(r.round(3))

        sns.heatmap(r, annot=True, vmin=-1, vmax=1, cmap="RdBu_r")
        """,
        backwards=turned or "set()",
        table={
            "levels": "turned",
            "daily returns": "np.log(turned).diff().dropna()",
            "weekly returns": "np.log(turned).diff(5).iloc[5::5]",
        }[series],
    )


def cooling(change: str, seed: int) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        from scipy import signal, stats

        «season»

        # Ten years of months in a town that this course made up
        months, years, level = 120, 10, 5.0
        random = np.random.default_rng(«seed»)
        season = np.cos(2 * np.pi * (np.arange(months) % 12 - 6) / 12)
        ice_cream = 100 + 40 * season + random.normal(0, 10, months)
        burglaries = 50 + 12 * season + random.normal(0, 5, months)

        treatments = {
            "nothing": lambda x: x,
            "difference": lambda x: np.diff(x),
            "detrend": lambda x: signal.detrend(x),
            "season out": lambda x: without_season(x),
            "year on year": lambda x: x[12:] - x[:-12],
        }
        found = {
            name: stats.pearsonr(treat(ice_cream), treat(burglaries))
            for name, treat in treatments.items()
        }
        r, p = found["«change»"]
        n = len(treatments["«change»"](ice_cream))
        nothing_r, nothing_p = found["nothing"]
        difference_r, difference_p = found["difference"]
        detrend_r, season_r, year_r = (
            found[name].statistic for name in ["detrend", "season out", "year on year"]
        )
        print(pd.DataFrame(found, index=["r", "p"]).T.round(3))
        """,
        season=_SEASON,
        change=change,
        seed=seed,
    )


_HIDDEN = """
def ours(coefficients, seed, n=300, before=200):
    e = np.random.default_rng(seed).normal(size=n + before)
    x = np.zeros(n + before)
    for t in range(len(x)):
        x[t] = e[t] + sum(c * x[t - k] for k, c in enumerate(coefficients, 1) if k <= t)
    return x[before:]
""".strip()


def listening(code: str, lags: int, *, partial: bool) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        from statsmodels.tsa.stattools import acf, pacf

        «hidden»

        x = np.asarray(«code», dtype=float)
        rows, lags, confidence = len(x), «lags», 95
        echo = acf(x, nlags=lags)[1:]
        direct = pacf(x, nlags=lags, method="ldbiased")[1:]
        band = 1.959963984540054 / np.sqrt(rows)
        outside_echo = int(sum(np.abs(echo) > band))
        outside_direct = int(sum(np.abs(direct) > band))
        by_chance = 0.05 * lags
        first_echo, first_direct = echo[0], direct[0]
        largest_direct = int(np.abs(direct).argmax()) + 1
        made_from = 3  # how ours B was made
        print(pd.DataFrame({"echo": echo, "direct": direct}, range(1, lags + 1)).round(2))

        pd.Series(«shown», range(1, lags + 1)).plot.bar()
        """,
        hidden=_HIDDEN,
        code=code,
        lags=lags,
        shown="direct" if partial else "echo",
    )


def leading(code: str, *, prewhiten: bool) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        from statsmodels.tsa.ar_model import AutoReg, ar_select_order

        def echoes(phi, n, seed):
            x = np.random.default_rng(seed).normal(size=(2, n))
            x[:, 0] /= np.sqrt(1 - phi**2)
            for t in range(1, n):
                x[:, t] += phi * x[:, t - 1]
            return x

        def following(n, lag, seed):
            random = np.random.default_rng(seed)
            x = random.normal(size=n + lag)
            for t in range(1, n + lag):
                x[t] += 0.8 * x[t - 1]
            noise = random.normal(size=n + lag)
            return x[lag:], 0.8 * x[:n] + noise[lag:]

        def whitened(x, y):
            x, y = x - x.mean(), y - y.mean()
            most = min(int(10 * np.log10(len(x))), len(x) // 4)
            chosen = ar_select_order(x, most, ic="aic", trend="c").ar_lags
            order = 0 if chosen is None else max(chosen)
            if order == 0:
                return x, y
            filter_ = np.r_[1, -AutoReg(x, order, trend="c").fit().params[1:]]
            return tuple(np.convolve(z, filter_)[order : len(z)] for z in (x, y))

        def cross(x, y, lags=15):
            x, y = ((z - z.mean()) / z.std() for z in (x, y))
            n = len(x)
            return pd.Series(
                {
                    k: (x[max(0, -k) : n - max(0, k)] * y[max(0, k) : n + min(0, k)]).sum() / n
                    for k in range(-lags, lags + 1)
                }
            )

        «code»
        rows = len(x)
        raw, raw_band = cross(x, y), 1.959963984540054 / np.sqrt(rows)
        white_x, white_y = whitened(x, y)
        white, white_band = cross(white_x, white_y), 1.959963984540054 / np.sqrt(len(white_x))
        order = rows - len(white_x)
        lags = len(raw)
        by_chance = 0.05 * lags
        raw_outside = int((raw.abs() > raw_band).sum())
        white_outside = int((white.abs() > white_band).sum())
        raw_peak, white_peak = int(raw.abs().idxmax()), int(white.abs().idxmax())
        raw_largest, white_largest = raw[raw_peak], white[white_peak]
        raw_largest_size, peak = abs(raw_largest), 3
        white_now = white[0]
        print(pd.DataFrame({"raw": raw, "prewhitened": white}).round(2))

        «shown».plot.bar()
        """,
        code=code,
        shown="white" if prewhiten else "raw",
    )


def delaying(names: tuple[str, ...], lags: int, pair: str | None) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns

        «macro»

        columns, reach, quarters = len(names), «lags», len(changes)
        band = 1.959963984540054 / np.sqrt(quarters)
        z = (changes - changes.mean()) / changes.std(ddof=0)
        rows = {}
        for i, a in enumerate(names):
            for b in names[i + 1 :]:
                rows[f"{a}–{b}"] = {
                    # At a positive lag the first one leads.
                    k: (z[a] * z[b].shift(-k)).sum() / quarters
                    for k in range(-reach, reach + 1)
                }
        lagged = pd.DataFrame(rows).T
        pairs = len(lagged)
        peaks = lagged.abs().idxmax(axis=1)
        delayed = int((peaks != 0).sum())
        gain = lagged.abs().max(axis=1) - lagged[0].abs()
        most_hidden = str(gain.idxmax())
        hidden_lag = int(peaks[most_hidden])
        hidden_r = lagged.loc[most_hidden, hidden_lag]
        hidden_now = lagged.loc[most_hidden, 0]
        «pair»
        print(lagged.round(2))

        sns.heatmap(lagged, vmin=-1, vmax=1, cmap="RdBu_r")
        """,
        macro=_MACRO,
        names=listed(names),
        lags=lags,
        pair=f'named_lag, named_now = int(peaks["{pair}"]), lagged.loc["{pair}", 0]'
        if pair
        else "named_lag, named_now = 0, 0.0  # no pair was named",
    )


def overlapping(series: str, change: str) -> str:
    changed = {
        "levels": "z",
        "quarter on quarter": "z.diff().dropna()",
        "year on year": "z.diff(4).dropna()",
        "year on year, every fourth": "z.diff(4).dropna().iloc[::4]",
    }[change]
    return script(
        """
        import numpy as np
        import pandas as pd
        from scipy import stats

        co2 = pd.read_csv("co2.csv", index_col="month", parse_dates=True)["co2"]
        co2 = co2.groupby(co2.index.to_period("Q")).mean()
        macro = pd.read_csv("us_macro.csv")
        macro.index = pd.PeriodIndex.from_fields(
            year=macro["year"], quarter=macro["quarter"], freq="Q"
        )
        both = macro.join(co2, how="inner").dropna(subset="co2")

        def echo(z):
            z = (z - z.mean()).to_numpy()
            return (z[1:] * z[:-1]).sum() / (z**2).sum()

        def tested(x, y):
            r, p = stats.pearsonr(x, y)
            a, b = echo(x), echo(y)
            worth = len(x) * (1 - a * b) / (1 + a * b)
            honest = np.nan
            if worth > 2:
                t = r * np.sqrt((worth - 2) / (1 - r**2))
                honest = 2 * stats.t.sf(abs(t), worth - 2)
            return r, p, len(x), worth, honest, a, b

        def changed(z):
            return «changed»

        quarters, level = len(both), 5.0
        levels_r = both["co2"].corr(both["«series»"])
        quarter_r, quarter_p, *_ = tested(
            both["co2"].diff().dropna(), both["«series»"].diff().dropna()
        )
        year_r, year_p, _, year_worth, year_honest, year_echo, _ = tested(
            both["co2"].diff(4).dropna(), both["«series»"].diff(4).dropna()
        )
        r, p, n, worth, honest, co2_echo, other_echo = tested(
            changed(both["co2"]), changed(both["«series»"])
        )
        print(f"r = {r:.3f}, p = {p:.2g} from {n} rows that are worth {worth:.1f}")
        """,
        changed=changed,
        series=series,
    )


def displacing(year: int, change: str, code: str) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        from scipy import signal, stats

        passengers = pd.read_csv("air_passengers.csv")["passengers"].to_numpy(dtype=float)
        co2 = pd.read_csv("co2.csv", index_col="month", parse_dates=True)["co2"].interpolate()

        first_year, months = «year», len(passengers)
        air = co2[str(first_year) :].iloc[:months].to_numpy()
        last_year = first_year + months // 12 - 1
        flown_from, flown_to = 1949, 1960

        def changed(x):
            return «changed»

        levels_r, levels_p = stats.pearsonr(passengers, air)
        r, p = stats.pearsonr(changed(passengers), changed(air))
        weak, level = 0.2, 5.0
        print(f"levels r = {levels_r:.3f}; «change» r = {r:.3f}, p = {p:.2g}")
        """,
        year=year,
        change=change,
        changed=code,
    )
