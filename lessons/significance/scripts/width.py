"""The interval of r, and of the r of samples from a world where it is true."""

import matplotlib.pyplot as plt
import numpy as np
from scipy import stats

r_true = 0.5
rows = 10
seed = 3

confidence = 95.0
z = stats.norm.ppf(0.5 + confidence / 200)


def interval(r, n):
    reach = z / np.sqrt(n - 3)
    return np.tanh(np.arctanh(r) - reach), np.tanh(np.arctanh(r) + reach)


low, high = interval(r_true, rows)

# Samples from a world where r is true: y = r x + noise
samples = 20
draws = np.random.default_rng(seed).normal(size=(2 * samples, rows))
x, noise = draws[:samples], draws[samples:]
y = r_true * x + np.sqrt((1 - r_true) * (1 + r_true)) * noise
found = np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(x, y, strict=True)])
lows, highs = interval(found, rows)
missed = int(((lows > r_true) | (highs < r_true)).sum())
print(f"{rows} rows: {low:.2f} to {high:.2f}; {missed} of {samples} samples miss")

plt.hlines(range(samples), lows, highs)
plt.plot(found, range(samples), "o")
plt.axvline(r_true, linestyle=":")

# The numbers that the step names
half = None
width = high - low


def width_of(n):
    low, high = interval(r_true, n)
    return high - low


twice_width = width_of(2 * rows)
half_width = width_of(half) if half else 2.0
less_width = width_of(max(4, int(half / 1.1))) if half else 2.0
narrow, largest = 0.2, 0.5
highway_rows = 39
low_ten, high_ten = interval(r_true, 10)
low_highway, high_highway = interval(r_true, highway_rows)
low_many, high_many = interval(r_true, 1000)
