"""The script of the gallery."""

from lessons.interactions.scripts import SHARE, joined
from lessons.scripting import listed, script


def gallery(named: tuple[str, ...], subtract: bool, log_odds: bool) -> str:
    return joined(
        """
        import matplotlib.pyplot as plt
        import numpy as np
        """,
        SHARE,
        script(
            """
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
            named = «named»

            shares = {name: share(surface) for name, surface in shapes.items()}
            (
                share_product, share_sum, share_steps, share_corner, share_either,
                share_sigmoid, share_waves, share_ring, share_difference, share_larger,
            ) = shares.values()
            p = shapes["sigmoid"]
            share_log_odds = share(np.log(p / (1 - p)))

            interacts = {name: share > 1e-9 for name, share in shares.items()}
            interacting = sum(interacts.values())
            right = sum(interacts[name] == (name in named) for name in shapes)
            enough, surfaces = 8, len(shapes)
            print(right, "of", surfaces, shares)

            «log_odds»figure, axes = plt.subplots(2, 5)
            for ax, (name, surface) in zip(axes.flat, shapes.items()):
                ax.imshow(«shown», origin="lower", extent=(-1, 1, -1, 1))
                ax.set_title(name)
            """,
            named=listed(named),
            shown="interaction(surface)" if subtract else "surface",
            log_odds='shapes["sigmoid"] = np.log(p / (1 - p))\n' if log_odds else "",
        ),
    )
