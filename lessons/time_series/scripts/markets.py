"""Four stock markets, one of them run backwards."""

import numpy as np
import pandas as pd
import seaborn as sns

series = "levels"
backwards = "none"

prices = pd.read_csv("eu_stocks.csv", index_col="time")
turned = prices.copy()
if backwards != "none":
    turned[backwards] = turned[backwards].to_numpy()[::-1]

ways = {
    "levels": lambda prices: prices,
    "daily returns": lambda prices: np.log(prices).diff().dropna(),
    "weekly returns": lambda prices: np.log(prices).diff(5).iloc[5::5],
}
r = ways[series](turned).corr()
print(r.round(3))

sns.heatmap(r, annot=True, vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
days, indices = prices.shape
levels_dax_smi, returns_dax_smi, weekly_dax_smi = (
    way(prices).corr().loc["DAX", "SMI"] for way in ways.values()
)
forwards = [name for name in r if name != backwards]
among = [abs(r.loc[a, b]) for a in forwards for b in forwards if a < b]
across = [] if backwards == "none" else [abs(r.loc[name, backwards]) for name in forwards]
weakest_forwards, strongest_backwards = min(among), max(across, default=0.0)
backwards_now = f"{max(across):.2f}" if across else "nothing yet"
levels_backwards = turned.corr()[backwards].drop(backwards).abs().max() if across else 0.0
strong, weak = 0.5, 0.1
