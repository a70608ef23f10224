"""Ten surfaces of which the truth is known, and how much of each is interaction."""

import matplotlib.pyplot as plt
import numpy as np

named = []
subtract = False
log_odds = False

x1, x2 = np.meshgrid(np.linspace(-1, 1, 50), np.linspace(-1, 1, 50))
shapes = {
    "x1·x2": x1 * x2,
    "x1 + x2": x1 + x2,
    "two steps": (x1 > 0) * 1.0 + (x2 > 0),
    "AND": ((x1 > 0) & (x2 > 0)) * 1.0,
    "XOR": ((x1 > 0) ^ (x2 > 0)) * 1.0,
    "sigmoid": 1 / (1 + np.exp(-4 * (x1 + x2))),
    "waves": np.sin(6 * x1) + np.sin(9 * x2) + 0.3 * np.sign(np.sin(20 * x1)),
    "x1² + x2²": x1**2 + x2**2,
    "|x1 − x2|": np.abs(x1 - x2),
    "max(x1, x2)": np.maximum(x1, x2),
}


def interaction(surface):
    return surface - surface.mean(axis=0) - surface.mean(axis=1)[:, None] + surface.mean()


def share(surface):
    return interaction(surface).var() / surface.var()


shares = {name: share(surface) for name, surface in shapes.items()}
in_log_odds = np.log(shapes["sigmoid"] / (1 - shapes["sigmoid"]))
print(shares, share(in_log_odds))

shown = {**shapes, "sigmoid": in_log_odds} if log_odds else shapes
figure, axes = plt.subplots(2, 5)
for ax, (name, surface) in zip(axes.flat, shown.items(), strict=True):
    values = interaction(surface) if subtract else surface
    ax.imshow(values, origin="lower", extent=(-1, 1, -1, 1))
    ax.set_title(name)

# The numbers that the step names
share_product, share_sum, share_steps, share_corner, share_either = list(shares.values())[:5]
share_sigmoid, share_waves, share_ring, share_difference, share_larger = list(shares.values())[5:]
share_log_odds = share(in_log_odds)

interacts = {name: share > 1e-9 for name, share in shares.items()}
interacting = sum(interacts.values())
right = sum(interacts[name] == (name in named) for name in shapes)
enough, chosen, surfaces = 8, len(named), len(shapes)
