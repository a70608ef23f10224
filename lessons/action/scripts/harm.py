"""Two thousand made-up tables, each fitted with both of two collinear predictors and with one."""

import matplotlib.pyplot as plt
import numpy as np

r = 0.98
n = 50
effect = 1.0
draw = 2

tables = 2000
rng = np.random.default_rng(draw)
x1, fresh, noise = rng.standard_normal((3, tables, n))
x2 = r * x1 + np.sqrt(1 - r**2) * fresh
y = x1 + effect * x2 + noise


def squares(a, b):  # sum of products about the means, one number a table
    a, b = (values - values.mean(axis=1, keepdims=True) for values in (a, b))
    return (a * b).sum(axis=1)


# Least squares with both predictors, and with the first alone
determinant = squares(x1, x1) * squares(x2, x2) - squares(x1, x2) ** 2
b1 = (squares(x2, x2) * squares(x1, y) - squares(x1, x2) * squares(x2, y)) / determinant
b2 = (squares(x1, x1) * squares(x2, y) - squares(x1, x2) * squares(x1, y)) / determinant
alone = squares(x1, y) / squares(x1, x1)


def error_on_new_rows(b1, b2):  # exact: x1, x2 and the noise have variance 1
    constant = (y - b1[:, None] * x1 - b2[:, None] * x2).mean(axis=1)
    off1, off2 = 1 - b1, effect - b2
    return (1 + constant**2 + off1**2 + off2**2 + 2 * r * off1 * off2).mean()


mse_both = error_on_new_rows(b1, b2)
mse_one = error_on_new_rows(alone, 0 * b2)
print(mse_both, mse_one)

plt.hist(b1, bins=40)
plt.axvline(1)

# The numbers that the step names
decides = None
least = 0.3
vif = 1 / (1 - r**2)
change = mse_one / mse_both - 1
verdict = "worse" if mse_both > mse_one else "half" if change > 0.5 else "a little better"
sd_b, sd_second = b1.std(), b2.std()
sd_unrelated = sd_b / np.sqrt(vif)
wrong_sign = (b1 < 0).mean()
