"""Series that keep a share phi of their last value, and the stars that their pairs have."""

import numpy as np
import pandas as pd
from scipy import linalg, signal, stats

phi = 0.0
n = 100
seed = 0

level = 5.0


def echoes(count, phi, seed):
    noise = np.random.default_rng(seed).normal(size=(count, n))
    noise[:, 0] /= np.sqrt(1 - phi**2)  # as if it had been going on for ever
    return signal.lfilter([1], [1, -phi], noise)


def share_at(phi, pairs=2000):
    """Per cent of unrelated pairs with a star."""
    many = echoes(2 * pairs, phi, seed=1)
    return 100 * np.mean(stats.pearsonr(many[:pairs], many[pairs:], axis=1).pvalue < level / 100)


def effective_at(phi, n):
    """How many independent rows have an r that varies as that of n such rows."""
    covariance = linalg.toeplitz(phi ** np.arange(n))
    centred = covariance - covariance.mean(axis=0) - covariance.mean(axis=1, keepdims=True)
    sizes = np.linalg.eigvalsh(centred + covariance.mean())
    sizes = np.maximum(sizes, 0) / sizes.sum()
    # The mean of each squared part of the series, as a share of all: an integral over t.
    steps = np.linspace(-40, 40, 4001)
    t = np.exp(steps)[:, np.newaxis]
    total = np.exp(-np.log1p(2 * t * sizes).sum(axis=1, keepdims=True) / 2)
    shares = np.trapezoid(t * total * sizes / (1 + 2 * t * sizes), steps, axis=0)
    return 1 + 1 / (shares**2).sum()


def formula_at(phi, n):
    """The short formula, for many rows."""
    return n * (1 - phi**2) / (1 + phi**2)


share, effective, short = share_at(phi), effective_at(phi, n), formula_at(phi, n)
print(f"{share:.0f} % with a star; {n} rows are worth {effective:.1f}, for short {short:.1f}")

line = pd.Series({tenth / 10: share_at(tenth / 10) for tenth in range(10)})
line.plot(xlabel="phi", ylabel="% with a star")

# The numbers that the step names
answer = None
high_echo, wanted, few, more = 0.9, 100, 200, 400
r, p = stats.pearsonr(*echoes(2, phi, seed))
lost = n - effective
share_high = line[high_echo]
worth_few, worth_more = effective_at(high_echo, few), effective_at(high_echo, more)
needed = more + (wanted - worth_more) / formula_at(high_echo, 1)
