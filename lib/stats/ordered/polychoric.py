"""The correlation of the normal variables under two ordered columns, by maximum likelihood.

In two steps: the thresholds from the margins of the table, then the correlation (Olsson 1979).
"""

import numpy as np
from scipy import special

from ..table import Floats, Integers, blocks
from .bivariate_normal import Cells, Cuts, cells
from .concordance import Concordance
from .latent import Latent, fit, log_likelihood, p_of_likelihoods
from .maxima import angles_of_maxima

_CORNERS_AT_ONCE = 8_000
_STEEPEST_START = 1.4


def polychoric(tables: Integers) -> Latent:
    """Of m x r x c tables of counts."""
    corners = max(1, (tables.shape[1] - 1) * (tables.shape[2] - 1))
    some_at_a_time = blocks(len(tables), _CORNERS_AT_ONCE // corners)
    return Latent.joined([_polychoric(tables[some]) for some in some_at_a_time])


def _polychoric(tables: Integers) -> Latent:
    cuts, ranks, counts = Cuts.of(tables), Concordance.of(tables), tables.astype(np.float64)
    defined = ~np.isnan(ranks.tau_b)
    # Only where no pair of rows contradicts it does the likelihood rise up to a correlation of 1.
    perfect = (ranks.discordant == 0) | (ranks.concordant == 0)
    sign = np.sign(ranks.concordant - ranks.discordant)
    angle = _angles(counts, cuts, np.where(perfect, np.nan, ranks.tau_b))
    found = cells(np.nan_to_num(angle), cuts)
    at_end = perfect[:, np.newaxis, np.newaxis]
    probability = np.where(at_end, cuts.perfect(sign), found.probability)
    return Latent.of(
        np.where(defined, np.where(perfect, sign, np.sin(angle)), np.nan),
        standard_error=_standard_error(angle, found, cuts),
        p=p_of_likelihoods(
            log_likelihood(counts, probability), log_likelihood(counts, cuts.independent)
        ),
        fit=fit(counts, probability, cuts),
    )


def _angles(counts: Floats, cuts: Cuts, tau: Floats) -> Floats:
    """NaN where tau is."""

    def derivatives(angle: Floats, some: Integers) -> tuple[Floats, Floats]:
        found = cells(angle, cuts.of_tables(some))
        slope, curvature = _of_logarithm(found)
        weights = counts[some]
        return (weights * slope).sum(axis=(1, 2)), (weights * curvature).sum(axis=(1, 2))

    # Greiner: tau of continuous columns is the angle, as a share of 90 degrees.
    return angles_of_maxima(
        derivatives, np.clip(tau * np.pi / 2, -_STEEPEST_START, _STEEPEST_START)
    )


def _of_logarithm(found: Cells) -> tuple[Floats, Floats]:
    """Derivatives of the probabilities' logarithms; 0 where a cell has no probability."""
    probability = np.where(found.probability > 0, found.probability, np.inf)
    slope = found.slope / probability
    return slope, found.curvature / probability - slope**2


def _standard_error(angle: Floats, found: Cells, cuts: Cuts) -> Floats:
    """Of the correlation, when the thresholds are estimated first.

    What a row adds to the estimate is the slope of its cell, less what it adds by moving the
    thresholds: they have its level on one side or on the other.
    """
    slope, _ = _of_logarithm(found)
    by_rows = _through_thresholds(slope, angle, cuts.row_thresholds, cuts.column_thresholds)
    by_columns = _through_thresholds(
        slope.transpose(0, 2, 1), angle, cuts.column_thresholds, cuts.row_thresholds
    )
    influence = slope - by_rows[:, :, np.newaxis] - by_columns[:, np.newaxis, :]
    influence -= (found.probability * influence).sum(axis=(1, 2), keepdims=True)
    information = (found.probability * slope**2).sum(axis=(1, 2))
    variance = (found.probability * influence**2).sum(axis=(1, 2)) / cuts.n
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.cos(angle) * np.sqrt(variance) / information)


def _through_thresholds(slope: Floats, angle: Floats, moved: Floats, others: Floats) -> Floats:
    """What each level of the rows adds by moving their thresholds, up to a constant, m x r."""
    angle = angle[:, np.newaxis, np.newaxis]
    at_threshold = moved[:, 1:-1, np.newaxis]
    below = special.ndtr((others[:, np.newaxis, :] - np.sin(angle) * at_threshold) / np.cos(angle))
    change = (np.diff(below) * (slope[:, :-1] - slope[:, 1:])).sum(axis=2)
    return np.pad(change[:, ::-1].cumsum(axis=1)[:, ::-1], ((0, 0), (0, 1)))
