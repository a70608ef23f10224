"""Measures of association for whole tables: frames in, frames out.

The functions are imported from here; README.md beside this file lists them by question.
"""

from lib.stats._support import Support
from lib.stats.accumulated import accumulated_effects
from lib.stats.association import Associations, Measure, associate
from lib.stats.categorical import (
    adjusted_residuals,
    correlation_ratio,
    cramers_v,
    theils_u,
)
from lib.stats.clustering import Clustering, Distance, Linkage, cluster, neighbour_similarity
from lib.stats.contingency import CategoricalAssociations, associate_categories
from lib.stats.correlation import CorrelationMethod, Correlations, correlate
from lib.stats.dependence import individual_curves, partial_dependence
from lib.stats.encoding import target_encode
from lib.stats.interactions import Strengths, interaction_strengths
from lib.stats.lags import (
    autocorrelation,
    cross_correlation,
    lagged_correlations,
    partial_autocorrelation,
)
from lib.stats.leakage import leakage_suspects
from lib.stats.nonlinear import Dependences, distance_correlate, mutual_information
from lib.stats.odds_ratio import StratifiedOddsRatio, stratified_odds_ratio
from lib.stats.partial import partial_correlate
from lib.stats.prewhitening import Prewhitened, prewhiten
from lib.stats.redundancy import Pruning, generalised_vif, prune, vif
from lib.stats.replicates import correlate_rows, correlate_tables
from lib.stats.resampling import (
    Bootstrap,
    MaxT,
    PermutationTest,
    bootstrap,
    max_t,
    permutation_test,
)
from lib.stats.significance import Adjustment, adjust_p_values, critical_r, n_for_significance
from lib.stats.simulation import (
    Distribution,
    autoregressions,
    correlated_pairs,
    heteroscedastic_pairs,
    noise,
    noise_tables,
    random_walks,
    seasons,
    trends,
)
from lib.stats.slices import slice_grid
from lib.stats.surface import Surface
from lib.stats.timeseries import deseasonalise, detrend, difference, effective_n

__all__ = [
    "Adjustment",
    "Associations",
    "Bootstrap",
    "CategoricalAssociations",
    "Clustering",
    "CorrelationMethod",
    "Correlations",
    "Dependences",
    "Distance",
    "Distribution",
    "Linkage",
    "MaxT",
    "Measure",
    "PermutationTest",
    "Prewhitened",
    "Pruning",
    "StratifiedOddsRatio",
    "Strengths",
    "Support",
    "Surface",
    "accumulated_effects",
    "adjust_p_values",
    "adjusted_residuals",
    "associate",
    "associate_categories",
    "autocorrelation",
    "autoregressions",
    "bootstrap",
    "cluster",
    "correlate",
    "correlate_rows",
    "correlate_tables",
    "correlated_pairs",
    "correlation_ratio",
    "cramers_v",
    "critical_r",
    "cross_correlation",
    "deseasonalise",
    "detrend",
    "difference",
    "distance_correlate",
    "effective_n",
    "generalised_vif",
    "heteroscedastic_pairs",
    "individual_curves",
    "interaction_strengths",
    "lagged_correlations",
    "leakage_suspects",
    "max_t",
    "mutual_information",
    "n_for_significance",
    "neighbour_similarity",
    "noise",
    "noise_tables",
    "partial_autocorrelation",
    "partial_correlate",
    "partial_dependence",
    "permutation_test",
    "prewhiten",
    "prune",
    "random_walks",
    "seasons",
    "slice_grid",
    "stratified_odds_ratio",
    "target_encode",
    "theils_u",
    "trends",
    "vif",
]
