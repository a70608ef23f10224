"""Three measures of each pair side by side, and the cloud of the one where they part most."""

from itertools import combinations

import pandas as pd
import seaborn as sns

table = pd.read_csv("highway.csv", index_col=0).select_dtypes("number")
measures = {name: table.corr(method=name) for name in ("pearson", "spearman", "kendall")}

pairs = pd.DataFrame(
    {name: {(x, y): r.loc[x, y] for x, y in combinations(table, 2)} for name, r in measures.items()}
)
apart = (pairs["pearson"] - pairs["spearman"]).abs()
print(pairs.assign(apart=apart).sort_values("apart", ascending=False).head(10).round(2))

first, second = apart.idxmax()
sns.scatterplot(table, x=first, y=second)
