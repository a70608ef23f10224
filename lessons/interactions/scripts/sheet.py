"""What two features do together: the averaged surface, less what each of them does alone."""

import numpy as np
import pandas as pd
import seaborn as sns
from sklearn.ensemble import RandomForestRegressor

table = pd.read_csv("diabetes.csv")
X, y = table.drop(columns="progression"), table["progression"]
model = RandomForestRegressor(min_samples_leaf=5, random_state=0).fit(X, y)

first, second, side = "bmi", "bp", 10
grid = {name: np.linspace(X[name].min(), X[name].max(), side) for name in (first, second)}
surface = np.array(
    [
        [model.predict(X.assign(**{first: a, second: b})).mean() for a in grid[first]]
        for b in grid[second]
    ]
)
columns, rows = surface.mean(axis=0), surface.mean(axis=1, keepdims=True)
together = surface - columns - rows + surface.mean()

end = np.abs(together).max()
print(f"the surface spans {np.ptp(surface):.0f}, what is left {np.ptp(together):.0f}")
sns.heatmap(together[::-1], vmin=-end, vmax=end, cmap="RdBu_r")
