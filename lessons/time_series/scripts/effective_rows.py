"""Series that keep a share phi of their last value, and the stars that their pairs have."""

import numpy as np
import pandas as pd
from scipy import signal, stats

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


def effective_at(phi):
    """How many independent rows these n are worth."""
    return n * (1 - phi**2) / (1 + phi**2)


share, effective = share_at(phi), effective_at(phi)
print(f"{share:.0f} % with a star; {n} rows are worth {effective:.1f}")

line = pd.Series({tenth / 10: share_at(tenth / 10) for tenth in range(10)})
line.plot(xlabel="phi", ylabel="% with a star")

# The numbers that the step names
high_echo, from_share, to_share = 0.9, 20.0, 30.0
r, p = stats.pearsonr(*echoes(2, phi, seed))
lost = n - effective
share_high, effective_high = line[high_echo], effective_at(high_echo)
