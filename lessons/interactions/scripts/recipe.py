"""Scripts of the steps that run the recipe and take it apart."""

from lessons.interactions.scripts import RECIPE, SHARE, joined
from lessons.scripting import script

_GRID = """
f1, f2 = "mean radius", "mean texture"
f1_values = np.linspace(X_test[f1].min(), X_test[f1].max(), 50)
f2_values = np.linspace(X_test[f2].min(), X_test[f2].max(), 50)
"""

_FILLERS = {
    "mean row": "X_train.mean()",
    "median row": "X_train.median()",
    "benign mean": "X_train[y_train == 1].mean()",
    "malignant mean": "X_train[y_train == 0].mean()",
}


def recipe(*, fixed: bool, residual: bool) -> str:
    return joined(
        "import matplotlib.pyplot as plt\nimport seaborn as sns",
        RECIPE,
        _GRID,
        SHARE,
        script(
            """
            # The recipe: vary two features, hold the others at their mean
            grid = pd.DataFrame([{f1: u, f2: v} for u in f1_values for v in f2_values])
            for column in X.columns:
                if column not in (f1, f2):
                    grid[column] = X_train[column].mean()
            surface = model.predict_proba(grid)[:, 1].reshape(50, 50)
            left_over = interaction(surface)

            trees, side, held = len(model.estimators_), len(f1_values), X.shape[1] - 2
            low, high = surface.min(), surface.max()
            percent = 100 * share(surface)
            percent_log_odds = 100 * share(np.log(surface / (1 - surface)))
            largest = np.abs(left_over).max()
            radius_effect = np.ptp(surface.mean(axis=1))
            texture_effect = np.ptp(surface.mean(axis=0))
            benign_cells = (surface > 0.5).sum()

            # And for patients that the forest has not seen?
            p = model.predict_proba(X_test)[:, 1]
            sure_no, sure_yes = 0.1, 0.9
            patients = len(p)
            accuracy = ((p > 0.5) == (y_test == 1)).mean()
            between = ((p >= low) & (p <= high)).sum()
            decided = ((p < sure_no) | (p > sure_yes)).sum()
            print(f"{percent:.2f} % interaction, at most {largest:.4f}")

            figure, axes = plt.subplots(ncols=«panels», squeeze=False)
            sns.heatmap(surface, cmap="viridis"«limits», ax=axes[0, 0])
            «second»
            """,
            panels=2 if residual else 1,
            limits=", vmin=0, vmax=1" if fixed else "",
            second=_second(fixed) if residual else "",
        ).rstrip("\n"),
    )


def _second(fixed: bool) -> str:
    limits = "vmin=-0.5, vmax=0.5" if fixed else "vmin=-largest, vmax=largest"
    return f'sns.heatmap(left_over, cmap="RdBu_r", {limits}, ax=axes[0, 1])'


def orientation(first: str, column: str, *, ordered: bool, invert: bool) -> str:
    index = 1 if column == "[:, 1]" else 0
    return joined(
        "import matplotlib.pyplot as plt\nimport seaborn as sns",
        RECIPE,
        script(
            """
            f1, f2 = "«first»", "mean texture"
            f1_values = np.linspace(X_test[f1].min(), X_test[f1].max(), 50)
            f2_values = np.linspace(X_test[f2].min(), X_test[f2].max(), 50)
            grid = pd.DataFrame([{f1: u, f2: v} for u in f1_values for v in f2_values])
            for column in X.columns:
                if column not in (f1, f2):
                    grid[column] = X_train[column].mean()

            first, message = f1, ""
            names = {0: "malignant", 1: "benign"}
            ones, shown = names[model.classes_[1]], names[model.classes_[«index»]]
            benign, malignant = (y == 1).sum(), (y == 0).sum()
            try:
                model.predict_proba(«asked»)
            except ValueError as error:
                message = str(error).splitlines()[-1]
            p = model.predict_proba(grid[X.columns])[:, «index»]
            surface = pd.DataFrame(p.reshape(50, 50), f1_values, f2_values)«invert»
            top, bottom = surface.index[0], surface.index[-1]
            mean_shown = surface.to_numpy().mean()
            print(message or f"P({shown}), {top:.2f} at the top")

            if not message:
                sns.heatmap(surface.round(3), vmin=0, vmax=1, cmap="viridis")
                plt.title(f"P({shown})")
            """,
            first=first,
            index=index,
            asked="grid[X.columns]" if ordered else "grid",
            invert="[::-1]" if invert else "",
        ),
    )


def filling(left: str, right: str) -> str:
    return joined(
        "import matplotlib.pyplot as plt\nimport seaborn as sns",
        RECIPE,
        _GRID,
        script(
            """

            def surface(held_at):
                grid = pd.DataFrame(np.tile(held_at, (2500, 1)), columns=X.columns)
                grid[f1] = np.repeat(f1_values, 50)
                grid[f2] = np.tile(f2_values, 50)
                return model.predict_proba(grid)[:, 1].reshape(50, 50)


            fillers = {
                "mean row": X_train.mean(),
                "median row": X_train.median(),
                "benign mean": X_train[y_train == 1].mean(),
                "malignant mean": X_train[y_train == 0].mean(),
            }
            maps = {name: surface(filler) for name, filler in fillers.items()}
            p_mean, p_median = model.predict_proba(
                pd.DataFrame([fillers["mean row"], fillers["median row"]])
            )[:, 1]

            trees, held, rows = len(model.estimators_), X.shape[1] - 2, len(X_train)
            benign, malignant = (y_train == 1).sum(), (y_train == 0).sum()
            low_mean, low_median, low_benign, low_malignant = [m.min() for m in maps.values()]
            high_mean, high_median, high_benign, high_malignant = [m.max() for m in maps.values()]
            left, right = maps["«left»"], maps["«right»"]
            left_low, left_high = left.min(), left.max()
            right_low, right_high = right.min(), right.max()
            cells = left.size
            agree = ((left > 0.5) == (right > 0.5)).sum()

            # How many rows are as near to the mean as rows are to their nearest neighbour?
            z = ((X_train - X_train.mean()) / X_train.std(ddof=0)).to_numpy()
            distances = np.sqrt(((z[:, None] - z) ** 2).sum(axis=2))
            nearest = np.sort(distances, axis=1)[:, 1]
            near = (np.sqrt((z**2).sum(axis=1)) < np.median(nearest)).sum()
            print(p_mean, p_median, agree)

            figure, axes = plt.subplots(ncols=2)
            sns.heatmap(left, vmin=0, vmax=1, cmap="viridis", ax=axes[0])
            sns.heatmap(right, vmin=0, vmax=1, cmap="viridis", ax=axes[1])
            for ax in axes:
                ax.invert_yaxis()
            """,
            left=left,
            right=right,
        ),
    )


def nowhere(rule: str, fill_with: str) -> str:
    hatched = {
        "nothing": "np.zeros((50, 50), bool)",
        "boxes without a row": "is_empty",
        "no row nearby": "is_lonely",
        "outside the cloud": "is_outside",
        "no such outline": "never_seen",
    }[rule]
    return joined(
        """
        import matplotlib.pyplot as plt
        from sklearn.neighbors import NearestNeighbors
        """,
        RECIPE,
        _GRID,
        script(
            """
            filler = «filler»
            grid = pd.DataFrame(np.tile(filler, (2500, 1)), columns=X.columns)
            grid[f1] = np.repeat(f1_values, 50)
            grid[f2] = np.tile(f2_values, 50)
            surface = model.predict_proba(grid)[:, 1].reshape(50, 50)

            rows, features = X_train.shape
            radius_low, radius_high = f1_values[0], f1_values[-1]

            # Boxes without a training row
            boxes = 10
            edges = [np.linspace(X_test[f].min(), X_test[f].max(), boxes + 1) for f in (f1, f2)]
            counts, _, _ = np.histogram2d(X_train[f1], X_train[f2], bins=edges)
            is_empty = np.kron(counts == 0, np.ones((5, 5), bool))

            # Farther from the nearest row than rows are from theirs, all but one in a hundred
            middle, spread = X_train.mean(), X_train.std(ddof=0)
            z = ((X_train - middle) / spread).to_numpy()
            z_grid = ((grid - middle) / spread).to_numpy()
            neighbours = NearestNeighbors(n_neighbors=2).fit(z)
            usual = np.percentile(neighbours.kneighbors(z)[0][:, 1], 99)
            is_lonely = (neighbours.kneighbors(z_grid, 1)[0] > usual).reshape(50, 50)

            # A perimeter that no tumour of this radius has
            ratio = X_train["mean perimeter"] / (2 * np.pi * X_train[f1])
            ratio_least, ratio_most = ratio.min(), ratio.max()
            perimeter = filler["mean perimeter"]
            held = perimeter / (2 * np.pi * f1_values)
            grid_least, grid_most = held.min(), held.max()
            is_impossible = (held < ratio_least) | (held > ratio_most)
            never_seen = np.tile(is_impossible[:, None], (1, 50))

            # Farther from the mean than every training row, by Mahalanobis distance
            precision = np.linalg.inv(z.T @ z / rows + 1e-6 * np.eye(features))
            farthest = np.einsum("ij,jk,ik->i", z, precision, z).max()
            distances = np.einsum("ij,jk,ik->i", z_grid, precision, z_grid)
            is_outside = (distances > farthest).reshape(50, 50)

            empty, neighbour = is_empty.mean(), is_lonely.mean()
            outline, cloud = never_seen.mean(), is_outside.mean()
            is_hatched = «hatched»
            hatched = is_hatched.mean()
            print(empty, neighbour, outline, cloud)

            plt.pcolormesh(f2_values, f1_values, surface, vmin=0, vmax=1, cmap="viridis")
            plt.contourf(f2_values, f1_values, is_hatched, [0.5, 1], hatches=["///"], alpha=0)
            plt.xlabel(f2)
            plt.ylabel(f1)
            """,
            filler=_FILLERS[fill_with],
            hatched=hatched,
        ),
    )
