"""What chance draws

Twelve columns of noise. Without a correction some pairs look significant, and the caption says how
many that was to be expected of. With a correction, the default, none is left here.
"""

import honest_heatmaps as hh
import numpy as np

noise = np.random.default_rng(7).normal(size=(40, 12))
drawn = hh.heatmap(noise, adjust="none", title="Noise, not corrected")
drawn.save("what_chance_draws.png")
