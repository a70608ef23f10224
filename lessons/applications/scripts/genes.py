"""The script of the map of genes."""

from lessons.scripting import script

_SCALED = {
    "nothing": "chosen",
    "each gene": "chosen.sub(chosen.mean(axis=1), axis=0).div(chosen.std(axis=1), axis=0)",
    "each patient": "(chosen - chosen.mean()) / chosen.std()",
}


def expressing(scaled: str, colours: str, by_likeness: bool) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy.cluster.hierarchy import leaves_list, linkage

        golub = pd.read_csv("golub.csv", index_col="gene").drop(columns="description")
        genes, patients = golub.shape


        def loudness(table):
            \"\"\"The share of the variance that only says how loud a row is.\"\"\"
            values = table.to_numpy()
            return values.mean(axis=1).var() / values.var()


        def by_alike(table):
            rows = leaves_list(linkage(table, "average"))
            return table.iloc[rows, leaves_list(linkage(table.T, "average"))]


        def changes_of(table):
            \"\"\"How often the diagnosis changes from one patient to the next.\"\"\"
            diagnoses = table.columns.str[:3]
            return int((diagnoses[1:] != diagnoses[:-1]).sum())


        drawn = 30
        chosen = golub.iloc[np.linspace(0, genes - 1, drawn).round().astype(int)]
        every_loudness, raw_loudness = loudness(golub), loudness(chosen)
        steepest, flattest = chosen.std(axis=1).max(), chosen.std(axis=1).min()

        shown = «scaled»
        share = loudness(shown)
        largest_mean, nearly_zero = shown.mean(axis=1).abs().max(), 1e-9
        likeness_changes = changes_of(by_alike(shown))
        if «by_likeness»:
            shown = by_alike(shown)
        changes = changes_of(shown)

        is_diverging = «is_diverging»
        low, high = (-3.0, 3.0) if is_diverging else (shown.min().min(), shown.max().max())
        beyond = int((shown.abs() > 3).sum().sum())
        print(f"{share:.0%} of the variance on this map says which gene is loud")

        sns.heatmap(shown, vmin=low, vmax=high, cmap="«cmap»")
        """,
        scaled=_SCALED[scaled],
        by_likeness=by_likeness,
        is_diverging=colours == "diverging",
        cmap="RdBu_r" if colours == "diverging" else "viridis",
    )
