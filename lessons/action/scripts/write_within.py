"""Traffic and accident rate, each beside its own kind of road."""

import numpy as np
import pandas as pd
import seaborn as sns

roads = pd.read_csv("highway.csv", index_col=0)[["adt", "rate", "htype"]]
roads["adt"] = roads["adt"].astype(float)

centred = roads[["adt", "rate"]]
# What you write: lines
# Until here

centred = pd.DataFrame(centred, roads.index, ["adt", "rate"], dtype=float)
sns.scatterplot(centred, x="adt", y="rate", hue=roads["htype"])

# The numbers that the step names
pair = roads[["adt", "rate"]]
by_kind = [pair[roads["htype"] == kind] for kind in roads["htype"]]
truth = pair - pd.DataFrame([one.mean() for one in by_kind], pair.index)
own_kind = [centred[roads["htype"] == kind].mean() for kind in roads["htype"]]
means = pd.DataFrame(own_kind, centred.index)
shift = (centred - pair).fillna(0)
sections, kinds = len(pair), roads["htype"].nunique()
r, overall_r, within_r = (
    np.nan_to_num(one["adt"].corr(one["rate"])) for one in (centred, pair, truth)
)
largest_mean = np.nan_to_num(means.abs().to_numpy()).max()
moved = int((~np.isclose(centred - means, truth, atol=1e-6)).any(axis=1).sum())
signs = {
    name: next((s for s in (1, -1) if np.allclose(own, s * truth[name], atol=1e-6)), 0)
    for name, own in (centred - means).items()
}
turned = ""
if all(signs.values()):
    turned = " and ".join(f"`{name}`" for name, sign in signs.items() if sign == -1)
is_means = bool(np.allclose(centred, pair - truth, atol=1e-6))
is_moved_whole = bool(np.allclose(shift, shift.iloc[0]) and shift.any(axis=None))
