"""The scripts of the importances of forests."""

from collections.abc import Sequence

from lessons.scripting import listed, script

_JUDGED = {
    "MDI": "model.feature_importances_",
    "shuffled, training": "[cost(model, seen, known, [name]) for name in seen]",
    "shuffled, test": "[cost(model, unseen, truth, [name]) for name in seen]",
}

_COST = '''
def cost(model, table, truth, names):
    """The accuracy that is lost when these columns are shuffled together, on average."""
    copies = np.tile(table.to_numpy(), («shuffles» + 1, 1, 1))  # the last stays as it is
    columns = [table.columns.get_loc(name) for name in names]
    for seed in range(«shuffles»):
        order = np.random.default_rng(seed).permutation(len(table))
        copies[seed][:, columns] = table.to_numpy()[order][:, columns]
    said = model.predict(pd.DataFrame(np.concatenate(copies), columns=table.columns))
    accuracies = (said.reshape(len(copies), -1) == truth).mean(axis=1)
    return accuracies[-1] - accuracies[:-1].mean()
'''


def judging(judge: str, is_coin: bool) -> str:
    return script(
        """
        from functools import cache

        import numpy as np
        import pandas as pd
        import seaborn as sns
        from sklearn.ensemble import RandomForestClassifier
        from sklearn.model_selection import train_test_split

        titanic = pd.read_csv("titanic.csv").dropna()
        passengers = len(titanic)
        survived = (titanic["survived"] == "yes").to_numpy().astype(int)
        continuous = np.random.default_rng(0).normal(size=passengers)
        coin = (continuous > 0).astype(float)


        def split(noise):
            table = pd.DataFrame({
                "male": (titanic["sex"] == "male").astype(float),
                "age": titanic["age"],
                "class": titanic["passengerClass"].str[0].astype(float),
                "noise": noise,
            })
            return train_test_split(
                table, survived, test_size=0.3, random_state=0, stratify=survived
            )


        @cache
        def forest(is_coin, leaf):
            seen, unseen, known, truth = split(coin if is_coin else continuous)
            model = RandomForestClassifier(300, min_samples_leaf=leaf, random_state=0)
            return model.fit(seen, known)


        «cost»


        seen, unseen, known, truth = split(continuous)
        grown = forest(False, 1)
        mdi = pd.Series(grown.feature_importances_, seen.columns)
        features = len(mdi)
        noise_mdi, male_mdi, class_mdi = mdi["noise"], mdi["male"], mdi["class"]
        noise_rank = int(mdi.rank(ascending=False)["noise"])
        noise_test = cost(grown, unseen, truth, ["noise"])
        male_test = cost(grown, unseen, truth, ["male"])
        on_training = (grown.predict(seen) == known).mean()
        on_test = (grown.predict(unseen) == truth).mean()

        is_coin = «is_coin»
        if is_coin:
            seen, unseen, known, truth = split(coin)
        leaves = (1, 20)
        shown = pd.DataFrame(index=seen.columns)
        for leaf in leaves:
            model = forest(is_coin, leaf)
            shown[leaf] = «judged»
        noise_grown = shown.loc["noise", 1]
        noise_most = shown.loc["noise"].abs().max()
        goal = 0.01
        print(shown.round(3))

        sns.heatmap(shown, vmin=min(0, shown.min().min()), cmap="viridis", annot=True, fmt=".3f")
        """,
        cost=_COST.strip(),
        shuffles=10,
        is_coin=is_coin,
        judged=_JUDGED[judge],
    )


def shuffling(by_shuffling: bool, together: Sequence[str]) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from sklearn.ensemble import RandomForestClassifier
        from sklearn.model_selection import train_test_split

        tumours = pd.read_csv("breast_cancer.csv")
        is_benign = (tumours.pop("diagnosis") == "benign").to_numpy().astype(int)
        seen, unseen, known, truth = train_test_split(
            tumours, is_benign, test_size=0.3, random_state=42, stratify=is_benign
        )
        model = RandomForestClassifier(200, random_state=42).fit(seen, known)
        women, features = len(unseen), tumours.shape[1]


        «cost»


        accuracy = (model.predict(unseen) == truth).mean()
        mdi = pd.Series(model.feature_importances_, tumours.columns)
        top_mdi = mdi["worst perimeter"]
        alone = pd.Series({name: cost(model, unseen, truth, [name]) for name in tumours})
        top_alone, largest_alone = alone["worst perimeter"], alone.max()


        def family(name):
            return name.removeprefix("mean ").removeprefix("worst ").removesuffix(" error")


        def of(families):
            return [name for name in tumours if family(name) in families]


        size = of(["radius", "perimeter", "area"])
        dents = of(["concavity", "concave points"])
        size_cost = cost(model, unseen, truth, size)
        with_dents_cost = cost(model, unseen, truth, size + dents)

        together = «together»
        chosen = of(together)
        families, columns = len(together), len(chosen)
        joint = cost(model, unseen, truth, chosen) if chosen else 0.0
        sum_alone = alone[chosen].sum() if chosen else 0.0
        most_alone = alone[chosen].max() if chosen else 0.0
        by_shuffling = «by_shuffling»
        goal, most_families = 0.25, 3
        print(f"shuffled together {joint:.3f}, one by one {sum_alone:.3f} in all")

        names = [family(name) for name in tumours.columns[:10]]
        shown = pd.DataFrame(
            «shown».to_numpy().reshape(3, 10).T, index=names, columns=["mean", "error", "worst"]
        )
        sns.heatmap(shown, «scale», annot=True, fmt=".3f")
        """,
        cost=_COST.strip(),
        shuffles=30,
        together=listed(together),
        by_shuffling=by_shuffling,
        shown="alone" if by_shuffling else "mdi",
        scale='vmin=-0.02, vmax=0.02, cmap="RdBu_r"' if by_shuffling else 'vmin=0, cmap="viridis"',
    )
