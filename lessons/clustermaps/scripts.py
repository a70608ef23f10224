"""The scripts behind the steps: what a learner can run to get the same facts.

Each is a function of its step's controls, so that the code on the screen always is the code of the
picture beside it. Every fact of the step is a variable in its script.
"""

from collections.abc import Iterable

from lessons.scripting import listed, script

_DISTANCES = {
    "Euclidean, rows": "pdist(r)",
    "1 − r": "squareform(1 - r, checks=False)",
    "1 − |r|": "squareform(1 - r.abs(), checks=False)",
}

_DRAW_TREE = "sns.clustermap(r, row_linkage=tree, col_linkage=tree, vmin=-1, vmax=1, cmap="


def reordering(order: str, turn: str, draw: int) -> str:
    is_clustered = order == "clustered"
    chosen = {
        "as filed": "np.arange(columns)",
        "shuffled": f"np.random.default_rng({draw}).permutation(columns)",
        "clustered": "leaves_list(drawn)",
    }[order]
    drawn = {
        "no branch": "tree",
        "the top one": "turned(tree, np.arange(merges) == merges - 1)",
        "some, at random": f"turned(tree, np.random.default_rng({draw}).random(merges) < 0.5)",
    }[turn]
    figure = (
        f'{_DRAW_TREE}"RdBu_r")'.replace("=tree", "=drawn")
        if is_clustered
        else 'sns.heatmap(shown, vmin=-1, vmax=1, cmap="RdBu_r")'
    )
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy.cluster.hierarchy import leaves_list, linkage
        from scipy.spatial.distance import squareform

        r = pd.read_csv("breast_cancer.csv").select_dtypes("number").corr()
        columns = len(r)
        pairs, merges = columns * (columns - 1) // 2, columns - 1
        drawings, draws = 2**merges, 100
        tree = linkage(squareform(1 - r.abs(), checks=False), "average")


        def turned(tree, flipped):
            # The two sides of a merge are its first two numbers
            mobile = tree.copy()
            mobile[flipped, :2] = mobile[flipped, 1::-1]
            return mobile


        def neighbours_in(order):
            return np.abs(r.to_numpy()[order[:-1], order[1:]]).mean()


        filed, clustered = neighbours_in(np.arange(columns)), neighbours_in(leaves_list(tree))
        shuffles, turns = [], []
        for seed in range(draws):
            rng = np.random.default_rng(seed)
            shuffles.append(neighbours_in(rng.permutation(columns)))
            rng = np.random.default_rng(seed)
            turns.append(neighbours_in(leaves_list(turned(tree, rng.random(merges) < 0.5))))
        shuffled_mean, turned_low, turned_high = np.mean(shuffles), min(turns), max(turns)

        drawn = «drawn»
        order = «chosen»
        shown = r.iloc[order, order]
        neighbours, first = neighbours_in(order), shown.columns[0]
        changed = int((shown.loc[r.index, r.columns] != r).to_numpy().sum()) // 2
        is_clustered = «is_clustered»
        is_turned = is_clustered and list(order) != list(leaves_list(tree))
        print(f"neighbours: {neighbours:.2f}; {changed} of {pairs} values changed")

        «figure»
        """,
        drawn=drawn,
        chosen=chosen,
        is_clustered=is_clustered,
        figure=figure,
    )


def measuring(distance: str, groups: int) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy.cluster.hierarchy import cophenet, cut_tree, linkage
        from scipy.spatial.distance import pdist, squareform

        highway = pd.read_csv("highway.csv", index_col=0)
        r = highway.select_dtypes("number").corr()
        distances = «distances»
        tree = linkage(distances, "average")
        cophenetic, meetings = cophenet(tree, distances)

        group = pd.Series(cut_tree(tree, «groups»).ravel(), r.index)
        members = group.index[group == group["slim"]].tolist()
        together = ", ".join(members)
        is_with_rate, is_with_lane = {"rate", "acpt"} <= set(members), "lane" in members

        # The height at which two columns meet in the tree
        meets = pd.DataFrame(squareform(meetings), r.index, r.columns)
        meets_rate, meets_lane = meets.loc["slim", "rate"], meets.loc["slim", "lane"]

        slim_rate, slim_acpt = r.loc["slim", "rate"], r.loc["slim", "acpt"]
        slim_adt, slim_lane, slim_itg = r.loc["slim", ["adt", "lane", "itg"]]
        slim_rate_apart = 1 - slim_rate
        lowest = float(np.min(r))
        default_white = (lowest + 1) / 2
        print(f"slim hangs with {together}")

        «draw»"RdBu_r")
        """,
        distances=_DISTANCES[distance],
        groups=groups,
        draw=_DRAW_TREE,
    )


def flipping(distance: str, groups: int, draw: int) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy.cluster.hierarchy import cut_tree, linkage
        from scipy.spatial.distance import pdist, squareform
        from sklearn.metrics import adjusted_rand_score

        rows, families, size, noise_size = 300, 3, 6, 0.6
        rng = np.random.default_rng(«draw»)
        causes = rng.normal(size=(rows, families))
        noise = rng.normal(size=(rows, families * size))
        signs = np.tile(np.repeat([1, -1], size // 2), families)
        values = signs * np.repeat(causes, size, axis=1) + noise_size * noise
        numbers = range(1, size // 2 + 1)
        names = [f"{family} {way}{i}" for family in "ABC" for way in "↑↓" for i in numbers]
        table = pd.DataFrame(values, columns=names)[list(rng.permutation(names))]

        within = 1 / (1 + noise_size**2)
        flipped, nearly_one = -within, 0.999
        r = table.corr()


        def tree_by(distances):
            return linkage(distances, "average")


        def agreement_of(tree, groups):
            return adjusted_rand_score(r.columns.str[0], cut_tree(tree, groups).ravel())


        rows_agreement = agreement_of(tree_by(pdist(r)), families)
        signed_agreement = agreement_of(tree_by(squareform(1 - r, checks=False)), families)
        absolute_agreement = agreement_of(tree_by(squareform(1 - r.abs(), checks=False)), families)
        tree = tree_by(«distances»)
        agreement = agreement_of(tree, «groups»)
        print(f"agreement with the families: {agreement:.2f}")

        «draw_tree»"RdBu_r")
        """,
        distances=_DISTANCES[distance],
        groups=groups,
        draw=draw,
        draw_tree=_DRAW_TREE,
    )


def linking(linkage: str, groups: int) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy.cluster.hierarchy import cophenet, cut_tree, linkage
        from scipy.spatial.distance import squareform

        r = pd.read_csv("breast_cancer.csv").select_dtypes("number").corr()
        columns, five = len(r), 5
        distances = squareform(1 - r.abs(), checks=False)
        trees = {name: linkage(distances, name) for name in ("single", "average", "complete")}


        def groups_of(name, number):
            return pd.Series(cut_tree(trees[name], number).ravel(), r.index)


        def sizes_of(group):
            return ", ".join(map(str, group.value_counts()))


        def weakest_of(group):
            # The smallest |r| within the largest group
            members = group.index[group == group.value_counts().idxmax()]
            return r.loc[members, members].abs().min().min()


        single_sizes = sizes_of(groups_of("single", five))
        average_sizes = sizes_of(groups_of("average", five))
        complete_sizes = sizes_of(groups_of("complete", five))
        single_cophenetic = cophenet(trees["single"], distances)[0]
        average_cophenetic = cophenet(trees["average"], distances)[0]
        complete_cophenetic = cophenet(trees["complete"], distances)[0]
        single_weakest = weakest_of(groups_of("single", five))
        crumbs = r.loc["mean texture", "worst texture"]

        tree, group = trees["«linkage»"], groups_of("«linkage»", «groups»)
        sizes, weakest = sizes_of(group), weakest_of(group)
        largest = int(group.value_counts().max())
        print(f"groups of {sizes}")

        «draw»"RdBu_r")
        """,
        linkage=linkage,
        groups=groups,
        draw=_DRAW_TREE,
    )


def blocking(table: str, rows: int, draw: int) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy.cluster.hierarchy import leaves_list, linkage
        from scipy.spatial.distance import squareform

        columns, tables, used_rows, few, more = 20, 200, «rows», 30, 100
        pairs = columns * (columns - 1) // 2


        def tree_of(r):
            return linkage(squareform(1 - np.abs(r), checks=False), "average")


        def neighbours(r, order):
            return np.abs(r[order[:-1], order[1:]]).mean()


        def noise_of(rows):
            # Neighbours in tables of noise: as drawn, and clustered
            filed, clustered = [], []
            for noise in np.random.default_rng(5000).normal(size=(tables, rows, columns)):
                r = np.corrcoef(noise, rowvar=False)
                filed.append(neighbours(r, np.arange(columns)))
                clustered.append(neighbours(r, leaves_list(tree_of(r))))
            return np.array(filed), np.array(clustered)


        few_filed, few_clustered = (values.mean() for values in noise_of(few))
        more_filed, more_clustered = (values.mean() for values in noise_of(more))
        noise = noise_of(used_rows)[1]
        noise_clustered, noise_most = noise.mean(), noise.max()

        # A is noise; in B every other column of the first ten follows the one before it
        A = np.random.default_rng(«draw»).normal(size=(used_rows, columns))
        B = np.random.default_rng(1000 + «draw»).normal(size=(used_rows, columns))
        B[:, 1:10:2] = 0.4 * B[:, 0:10:2] + np.sqrt((1 - 0.4) * (1 + 0.4)) * B[:, 1:10:2]
        mixed = [*range(0, columns, 2), *range(1, columns, 2)]
        r_a, r_b = (np.corrcoef(values[:, mixed], rowvar=False) for values in (A, B))
        a_clustered = neighbours(r_a, leaves_list(tree_of(r_a)))
        b_clustered = neighbours(r_b, leaves_list(tree_of(r_b)))

        names = [f"c{number}" for number in range(1, columns + 1)]
        r = pd.DataFrame(«r», names, names)
        tree, clustered = tree_of(r), «clustered»
        as_alike = int((noise >= clustered).sum())
        print(f"neighbours: {clustered:.2f}, clustered noise: {noise_clustered:.2f}")

        «draw_tree»"RdBu_r")
        """,
        rows=rows,
        draw=draw,
        r="r_a" if table == "A" else "r_b",
        clustered="a_clustered" if table == "A" else "b_clustered",
        draw_tree=_DRAW_TREE,
    )


def cutting(table: str, height: float, linkage: str) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy.cluster.hierarchy import fcluster, linkage
        from scipy.spatial.distance import squareform


        def r_of(name):
            return pd.read_csv(f"{name}.csv").select_dtypes("number").corr()


        def tree_of(r, method="average"):
            return linkage(squareform(1 - r.abs(), checks=False), method)


        def groups_at(tree, height):
            return int(fcluster(tree, height, "distance").max())


        def weakest_at(r, tree, height):
            group = fcluster(tree, height, "distance")
            return r.abs().to_numpy()[np.equal.outer(group, group)].min()


        wanted, strict_r, nearly_zero, height_of_cut = 0.8, 0.9, 1e-9, «height»
        least = 1 - height_of_cut
        breast, grapes = r_of("breast_cancer"), r_of("wine")
        strict = groups_at(tree_of(breast), 1 - strict_r)
        loose_r = 0.5
        loose_weakest = weakest_at(breast, tree_of(breast), 1 - loose_r)
        wine, wine_strict = (groups_at(tree_of(grapes), 1 - x) for x in (wanted, strict_r))
        wine_columns = len(grapes)

        r = «r»
        columns, tree = len(r), tree_of(r, "«linkage»")
        group = fcluster(tree, height_of_cut, "distance")
        groups, largest = groups_at(tree, height_of_cut), int(np.bincount(group).max())
        weakest = weakest_at(r, tree, height_of_cut)
        print(f"{groups} groups of {columns} columns")

        «draw»"RdBu_r")
        """,
        height=height,
        linkage=linkage,
        r="breast" if table == "breast_cancer" else "grapes",
        draw=_DRAW_TREE,
    )


def scaling(scaled: str, columns: Iterable[str]) -> str:
    standardised = {
        "as measured": "chosen",
        "each column": "(chosen - chosen.mean()) / chosen.std()",
        "each car": "chosen.sub(chosen.mean(axis=1), axis=0).div(spread, axis=0)",
    }[scaled]
    limits = "cmap='viridis'" if scaled == "as measured" else "vmin=-3, vmax=3, cmap='RdBu_r'"
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy.cluster.hierarchy import linkage
        from scipy.spatial.distance import pdist, squareform

        measured = pd.read_csv("mtcars.csv", index_col="model")
        cars, columns_in_all = measured.shape
        nearly_zero = 1e-9


        def nearest_of(distances):
            square = pd.DataFrame(squareform(distances), measured.index, measured.index)
            return square["Ford Pantera L"].drop("Ford Pantera L").idxmin()


        heavy = ["disp", "hp"]
        raw_share = measured[heavy].var().sum() / measured.var().sum()
        raw_agreement = np.corrcoef(pdist(measured), pdist(measured[heavy]))[0, 1]
        raw_nearest = nearest_of(pdist(measured))

        chosen = measured[«columns»]
        used = chosen.shape[1]
        spread = chosen.std(axis=1).replace(0, 1)  # where a car has the same number everywhere
        shown = «standardised»
        shares = shown.var() / shown.var().sum()
        share = shares.reindex(heavy).fillna(0).sum()
        largest, largest_share = shares.idxmax(), shares.max()
        nearest = nearest_of(pdist(shown))
        print(f"disp and hp are {share:.1%} of the variance")

        tree = linkage(pdist(shown), "average")
        sns.clustermap(shown, row_linkage=tree, col_cluster=False, «limits»)
        """,
        columns=listed(columns),
        standardised=standardised,
        limits=limits.replace("'", '"'),
    )


_PATIENTS = """
import numpy as np
import pandas as pd
import seaborn as sns
from scipy.cluster.hierarchy import cut_tree, linkage
from sklearn.metrics import adjusted_rand_score

golub = pd.read_csv("golub.csv", index_col="gene").drop(columns="description")
genes_in_all, patients = golub.shape
diagnosis = golub.columns.str[:3]
lymphoid, myeloid = int((diagnosis == "ALL").sum()), int((diagnosis == "AML").sum())


def standardised(genes):
    return genes.sub(genes.mean(axis=1), axis=0).div(genes.std(axis=1), axis=0)


def agreement_of(tree, names):
    return adjusted_rand_score(names.str[:3], cut_tree(tree, 2).ravel())
"""


def separating(genes: int, other: int, scaled: bool, linkage: str) -> str:
    return (
        _PATIENTS.strip()
        + "\n\n\n"
        + script(
            """
            by_variance = golub.iloc[np.argsort(-golub.var(axis=1).to_numpy(), kind="stable")]


            def tree_by(genes, method):
                return linkage(genes.T, method)


            hundred = tree_by(standardised(by_variance.head(100)), "ward")
            every = tree_by(standardised(by_variance), "ward")
            hundred_agreement = agreement_of(hundred, golub.columns)
            all_agreement = agreement_of(every, golub.columns)

            used, others, near, failing, nearly_one = «genes», «other», 20, 0.5, 0.999
            apart = abs(used - others)
            shown, beside = «shown», «beside»
            tree = tree_by(shown, "«linkage»")
            agreement = agreement_of(tree, golub.columns)
            other_agreement = agreement_of(tree_by(beside, "«linkage»"), golub.columns)
            print(f"{used} genes: {agreement:.2f}, {others} genes: {other_agreement:.2f}")

            r = shown.corr()
            «draw»"RdBu_r")
            """,
            genes=genes,
            other=other,
            linkage=linkage,
            shown=_maybe_standardised("by_variance.head(used)", scaled),
            beside=_maybe_standardised("by_variance.head(others)", scaled),
            draw=_DRAW_TREE,
        )
    )


def _maybe_standardised(genes: str, scaled: bool) -> str:
    return f"standardised({genes})" if scaled else genes


def dipping(data: str, chosen: str, draws: int) -> str:
    return (
        _PATIENTS.strip()
        + "\n\n\n"
        + script(
            """
            draws, chosen_genes, enough = «draws», 50, 20
            drawn = "one draw" if draws == 1 else f"{draws} draws"


            def t_of(x, y):
                # Student's t of every row
                n, m = x.shape[1], y.shape[1]
                pooled = (x.var(axis=1) * n + y.var(axis=1) * m) / (n + m - 2)
                return (x.mean(axis=1) - y.mean(axis=1)) / np.sqrt(pooled * (1 / n + 1 / m))


            def genes_of(data, chosen, draw):
                rng = np.random.default_rng(draw)
                values, names = golub.to_numpy(), golub.columns.to_numpy(dtype=str)
                if data == "noise":
                    values = rng.normal(size=values.shape)
                elif data == "genes, labels shuffled":
                    names = rng.permutation(names)
                is_myeloid = np.char.startswith(names, "AML")
                tested = np.full(patients, True)
                if chosen == "by t, other half":
                    mixed = rng.permutation(patients)
                    for sick in (mixed[~is_myeloid[mixed]], mixed[is_myeloid[mixed]]):
                        tested[sick[: len(sick) // 2]] = False
                if chosen == "without labels":
                    best = np.arange(chosen_genes)
                else:
                    t = t_of(values[:, tested & is_myeloid], values[:, tested & ~is_myeloid])
                    best = np.argsort(-np.abs(t), kind="stable")[:chosen_genes]
                seen = ~tested if chosen == "by t, other half" else tested
                return standardised(pd.DataFrame(values[best][:, seen], columns=names[seen]))


            def agreements(data, chosen):
                tables = [genes_of(data, chosen, draw) for draw in range(draws)]
                return np.array([agreement_of(linkage(x.T, "ward"), x.columns) for x in tables])


            noise = agreements("noise", "by t, all patients")
            noise_mean, noise_perfect = noise.mean(), (noise > 0.999).mean()
            blind_mean = agreements("noise", "without labels").mean()
            halves_mean = agreements("noise", "by t, other half").mean()
            shuffled_mean = agreements("genes, labels shuffled", "by t, all patients").mean()
            real_halves_mean = agreements("genes and labels", "by t, other half").mean()

            found = agreements("«data»", "«chosen»")
            mean, last = found.mean(), found[-1]
            print(f"agreement {mean:.2f} over {drawn}; noise, chosen by t: {noise_mean:.2f}")

            shown = genes_of("«data»", "«chosen»", draws - 1)
            r, tree = shown.corr(), linkage(shown.T, "ward")
            «draw»"RdBu_r")
            """,
            data=data,
            chosen=chosen,
            draws=draws,
            draw=_DRAW_TREE,
        )
    )
