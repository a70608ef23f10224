"""How far a series looks back, who follows whom, and what the usual map misses."""

import numpy as np
import pandas as pd

from lessons.practising import Slip, bands, ranges
from lessons.time_series.changes import Floats
from lessons.time_series.practice.starred import LEVEL, seed_from
from lib.charts import Heatmap, Lines, minus_signs, number_text
from lib.course import ClickCell, Exercise, Reply, TypeNumber, kind
from lib.stats import (
    autocorrelation,
    cross_correlation,
    lagged_correlations,
    partial_autocorrelation,
)

_LAGS = 12


def _made_of_its_past(weights: tuple[float, ...], rows: int, seed: int) -> Floats:
    """Each value from earlier ones and noise; the first hundred are forgotten."""
    from scipy.signal import lfilter  # slow to import

    noise = np.random.default_rng(seed).normal(size=rows + 100)
    series: Floats = lfilter([1.0], [1.0, *(-weight for weight in weights)], noise)[100:]
    return series


def _within_band(lags: pd.DataFrame, name: str, title: str) -> Lines:
    line, low, high = (lags[[part]].set_axis([name], axis=1) for part in ("value", "low", "high"))
    return Lines(line, title=title, y="r", low=low, high=high, marks={"": 0.0})


def _listed(values: "pd.Series[float]") -> str:
    return ", ".join(f"{number_text(value)}" for value in values)


_PASTS = ((0.7,), (0.6,), (-0.6,), (0.5, 0.35), (1.1, -0.5), (0.3, 0.4), (0.5, 0.0, 0.4),
          (0.4, 0.1, 0.35))  # fmt: skip


@kind
def how_far_back(generator: np.random.Generator) -> Exercise:
    """From how many of its past values a series is made."""
    while True:
        weights = _PASTS[int(generator.integers(len(_PASTS)))]
        rows = int(generator.integers(250, 401))
        x = _made_of_its_past(weights, rows, seed_from(generator))
        echo, direct = (
            measure(x, _LAGS).iloc[1:] for measure in (autocorrelation, partial_autocorrelation)
        )
        size = direct["value"].abs() / direct["high"]
        back = len(weights)
        outside = int((echo["value"].abs() > echo["high"]).sum())
        is_clear = size.iloc[back - 1] > 1.8 and (size.iloc[back:] < 1).all()
        if is_clear and outside > back:
            break
    largest = int(size.to_numpy().argmax()) + 1
    band = float(direct["high"].iloc[0])
    last = float(direct["value"].iloc[back - 1])
    right = (
        f"The last partial autocorrelation outside the band of {number_text(band)} is that of "
        f"lag {back}, "
        f"with {number_text(last)}"
    )
    tempting = {
        outside: Slip(
            f"{{said}} of the *plain* ones leave the band, but those repeat what is nearer. "
            f"{right}.",
            "acf_shows_how_far_it_looks",
        )
    }
    if largest != back:
        tempting[largest] = Slip(
            f"The partial autocorrelation of lag {largest} is the largest. But it is not the last: "
            f"{right.lower()}.",
            "largest_echo_is_last",
        )
    return TypeNumber(
        question=f"A series of {rows} rows was made of some of its own past values and noise. How "
        "many rows back does it look?",
        figures=[
            _within_band(echo, "plain", "Plain autocorrelation"),
            _within_band(direct, "partial", "Partial autocorrelation"),
        ],
        description=f"Two lines over lags one to {_LAGS}, with a band up to {number_text(band)} "
        f"either way. "
        f"Plain: {_listed(echo['value'])}. Partial: {_listed(direct['value'])}.",
        value=back,
        tolerance=0,
        low=0,
        high=_LAGS,
        unit="rows back",
        feedback=f"{right}.",
        bands=bands(
            back,
            _LAGS,
            tempting,
            Slip(
                f"{{said}} is too few: a later one leaves the band as well. {right}.",
                "acf_shows_how_far_it_looks",
            ),
            Slip(
                f"{{said}} is too many: all that come later stay within the band. {right}.",
                "acf_shows_how_far_it_looks",
            ),
        ),
    )


_PARTNERS = (
    ("rain in the hills", "the level of the river", "days"),
    ("the number of new infections", "beds taken in the hospital", "days"),
    ("the oil price", "the price at the pump", "weeks"),
    ("advertising", "sales", "weeks"),
)


@kind(transfer=True)
def who_follows(generator: np.random.Generator) -> Exercise:
    """Who follows, and by how much."""
    first, second, unit = _PARTNERS[int(generator.integers(len(_PARTNERS)))]
    is_swapped = bool(generator.random() < 0.5)
    if is_swapped:
        first, second = second, first
    reach, rows = 8, 240
    while True:
        lag = int(generator.integers(2, 7)) * (-1 if is_swapped else 1)
        seed = seed_from(generator)
        early = _made_of_its_past((0.6,), rows + 10, seed)
        late = np.roll(early, abs(lag)) + np.random.default_rng([seed]).normal(0, 1, len(early))
        x, y = (early, late) if lag > 0 else (late, early)
        lags = cross_correlation(x[10:], y[10:], reach, prewhiten=True)
        size = lags["value"].abs()
        if size.idxmax() == lag and size[lag] > 3 * lags["high"].max():
            rest = size.drop(lag)
            if rest.max() < 0.6 * size[lag]:
                break
    later = second if lag > 0 else first
    earlier = first if lag > 0 else second
    peak = float(lags["value"][lag])
    right = (
        f"The peak, {number_text(peak)}, is at a lag of {minus_signs(str(lag))}. There the first "
        f"leads where the lag is "
        f"positive: {earlier} {'leads' if lag > 0 else 'leads, the second of the two'}, by "
        f"{abs(lag)} {unit}"
    )
    now = float(lags["value"][0])
    return TypeNumber(
        question=f"First: {first}. Second: {second}. Both are prewhitened, and this is their "
        f"cross-correlation as we count it. By how many {unit} does the *second* follow the first? "
        "Write a minus where the second is ahead.",
        figures=[_within_band(lags, "r", "Cross-correlation, prewhitened")],
        description=f"A line over lags from −{reach} to {reach} {unit}, with a band up to "
        f"{number_text(lags['high'].max())} either way. From the left: {_listed(lags['value'])}.",
        value=lag,
        tolerance=0,
        low=-reach,
        high=reach,
        unit=unit,
        feedback=f"{right}. What comes later is {later}.",
        bands=bands(
            lag,
            reach,
            {
                -lag: Slip(
                    f"The distance is right, the side is not. {right}.",
                    "lag_sign_is_arbitrary",
                ),
                0: Slip(
                    f"At a lag of zero r is {number_text(now)}. {right}.",
                    "zero_now_is_zero_always",
                ),
            },
            Slip(
                f"At {{said}} the line may leave the band, and nowhere else is it as far from "
                f"zero as at its peak. {right}.",
                "zero_now_is_zero_always",
            ),
            low=-reach,
        ),
    )


_STATIONS = (
    ("rain", "river", "wind", "waves"),
    ("sun", "solar", "price", "demand"),
    ("posts", "visits", "orders", "parcels"),
)


@kind(transfer=True)
def missed_by_the_usual_map(generator: np.random.Generator) -> Exercise:
    """Which link a map of the same rows misses."""
    names = _STATIONS[int(generator.integers(len(_STATIONS)))]
    rows, reach, delays = int(generator.integers(150, 301)), 3, (-3, -2, -1, 1, 2, 3)
    band = float(1.959963984540054 / np.sqrt(rows))
    while True:
        order = generator.permutation(4)
        lag = int(generator.choice(delays))
        drawn = generator.normal(size=(rows + 10, 4))
        leads, follows, one, other = order
        drawn[:, follows] += np.roll(drawn[:, leads], abs(lag))
        drawn[:, other] += drawn[:, one]
        found = lagged_correlations(pd.DataFrame(drawn[10:], columns=list(names)), reach)
        found.index = pd.Index([f"{x}–{y}" for x, y in found.index], name="pair")
        sizes = found.abs()
        faint = sizes[sizes[0] < 0.7 * band].drop(columns=0)
        pair = str(faint.max(axis=1).idxmax())
        delay = delays[int(faint.loc[pair].to_numpy().argmax())]
        others = sizes.drop(columns=0)
        others.loc[pair, delay] = 0.0
        if sizes[delay][pair] > 2.5 * band and others.to_numpy().max() < 1.5 * band:
            break
    peak = float(found[delay][pair])
    now = float(found[0][pair])
    right = (
        f"{pair} has {number_text(now)} on the same day, within the band of {number_text(band)}, "
        f"and {number_text(peak)} at a "
        f"delay of {minus_signs(str(delay))}"
    )

    def reply(row: str, column: str) -> Reply:
        value = float(found[int(column)][row])
        text = f"{row} at a delay of {minus_signs(column)}: {number_text(value)}"
        if row == pair and int(column) == delay:
            feedback = f"{right}. A map of the same days alone shows next to nothing of it."
            return Reply(text=text, feedback=feedback, right=True)
        if int(column) == 0 and abs(value) > band:
            feedback = (
                f"{number_text(value)} on the same day: the usual map shows just that. {right}."
            )
            return Reply(text=text, feedback=feedback, misconception="zero_now_is_zero_always")
        if row == pair:
            feedback = f"The row is right, the delay is not: {number_text(value)} here. {right}."
            return Reply(text=text, feedback=feedback, misconception="lag_sign_is_arbitrary")
        if abs(value) > band:
            feedback = (
                f"{number_text(value)} is just outside the band of {number_text(band)}. Of "
                f"{found.size} cells of "
                f"noise {LEVEL * found.size:.1f} leave it. {right}."
            )
            return Reply(text=text, feedback=feedback, misconception="ccf_band_holds_for_all",
                         holds=abs(value) < 1.5 * band)  # fmt: skip
        feedback = f"{number_text(value)} is within the band of {number_text(band)}. {right}."
        return Reply(text=text, feedback=feedback, misconception="zero_now_is_zero_always")

    return ClickCell(
        question=f"Four series that are noise day by day, {rows} days. A row is a pair, a column a "
        f"delay of its second in days; noise keeps within {number_text(band)}. One link would be "
        f"missed by "
        "a map of the same days. Click the cell that shows it most strongly.",
        chart=(chart := Heatmap(found, title="r, pair by delay")),
        figures=[chart],
        description=f"A map with a row for each of {len(found)} pairs and a column for each delay "
        f"from −{reach} to {reach} days. "
        + " ".join(f"{row}: {_listed(found.loc[row])}." for row in found.index),
        cells=[(row, str(column)) for row in found.index for column in found.columns],
        reply=reply,
    )


@kind
def lags_outside_by_chance(generator: np.random.Generator) -> Exercise:
    """How many lags leave the band by chance alone."""
    reach = int(generator.integers(6, 41))
    both_sides = bool(generator.random() < 0.6)
    lags = 2 * reach + 1 if both_sides else reach
    value = LEVEL * lags
    what = (
        f"The cross-correlation of two unrelated series, both prewhitened, is drawn for the lags "
        f"from −{reach} to {reach}"
        if both_sides
        else f"The partial autocorrelation of pure noise is drawn for the lags from 1 to {reach}"
    )
    count = f"{lags} lags, zero included" if both_sides else f"{lags} lags"
    right = f"There are {count}, and five in a hundred are outside: {number_text(value)}"
    return TypeNumber(
        question=f"{what}, with a band that holds 95 of a hundred lags of noise. How many lags do "
        "you expect outside it? Within one half will do.",
        value=value,
        tolerance=0.55,
        low=0,
        high=100,
        decimals=2,
        unit="lags",
        feedback=f"{right}. As many outside are no finding.",
        bands=ranges(
            0,
            (
                value,
                Slip(
                    f"{{said}} is too few: noise leaves the band as well. {right}.",
                    "noise_earns_no_stars",
                ),
            ),
            (101, Slip(f"{{said}} is too many. {right}.", "ccf_band_holds_for_all")),
        ),
    )
