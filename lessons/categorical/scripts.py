"""The scripts behind the steps: what a learner can run to get the same facts.

Each is a function of its step's controls, so that the code on the screen always is the code of the
picture beside it. Every fact of the step is a variable in its script.
"""

from collections.abc import Iterable

from lessons.scripting import listed, script


def coding(eyes: Iterable[str], hair: Iterable[str], other: Iterable[str]) -> str:
    return script(
        """
        from itertools import permutations

        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy.stats.contingency import association

        counts = pd.read_csv("hair_eye.csv")
        people = counts.loc[counts.index.repeat(counts["count"])]
        students = len(people)


        def coded(name, order):
            return people[name].map({word: code for code, word in enumerate(order)})


        def r_of(hair_order, eye_order):
            return np.corrcoef(coded("hair", hair_order), coded("eye", eye_order))[0, 1]


        r = r_of(«hair», «eyes»)
        other_r = r_of(«other», «eyes»)

        hair_words, eye_words = sorted(people["hair"].unique()), sorted(people["eye"].unique())
        by_alphabet = r_of(hair_words, eye_words)
        everything = np.array(
            [r_of(h, e) for h in permutations(hair_words) for e in permutations(eye_words)]
        )
        orders, wanted = len(everything), 0.4
        lowest, highest = everything.min(), everything.max()
        strong = int((np.abs(everything) > wanted).sum())

        v = association(pd.crosstab(people["hair"], people["eye"]), method="cramer")
        print(f"r is {r:.2f} and {other_r:.2f}, V is {v:.3f}")

        sns.histplot(everything, bins=40)
        """,
        eyes=listed(eyes),
        hair=listed(hair),
        other=listed(other),
    )


def residuals(shown: str, limits: str, hair: str, eyes: str) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from statsmodels.stats.contingency_tables import Table

        hair_order = ["Black", "Brown", "Red", "Blond"]
        eye_order = ["Brown", "Blue", "Hazel", "Green"]
        rows = pd.read_csv("hair_eye.csv")
        counts = rows.pivot_table("count", "hair", "eye", aggfunc="sum")
        counts = counts.loc[hair_order, eye_order]
        table = Table(counts, shift_zeros=False)
        pearson, adjusted = table.resid_pearson, table.standardized_resids
        shown = «shown»

        n, cells = counts.to_numpy().sum(), counts.size
        chi_square = (pearson**2).to_numpy().sum()
        v = np.sqrt(chi_square / (n * 3))  # 3: one less than the smaller number of words
        hair_at, eyes_at = (pearson**2).stack().idxmax()
        strongest = f"{hair_at} {eyes_at}"
        share = (pearson**2).to_numpy().max() / chi_square

        row_total, column_total = int(counts.loc["Blond"].sum()), int(counts["Blue"].sum())
        expected = row_total * column_total / n
        largest_count = int(counts.to_numpy().max())
        largest_residual = pearson.loc[counts.stack().idxmax()]
        blond_blue_count = int(counts.loc["Blond", "Blue"])
        blond_blue = pearson.loc["Blond", "Blue"]
        blond_brown = pearson.loc["Blond", "Brown"]
        black_brown = pearson.loc["Black", "Brown"]
        blond_blue_adjusted = adjusted.loc["Blond", "Blue"]
        blond_brown_adjusted = adjusted.loc["Blond", "Brown"]
        black_brown_adjusted = adjusted.loc["Black", "Brown"]

        lowest, highest = float(shown.to_numpy().min()), float(shown.to_numpy().max())
        reach = max(-lowest, highest)
        low, high = «limits»
        white = (low + high) / 2
        overrun = int(((shown < low) | (shown > high)).to_numpy().sum())

        hair, eyes = "«hair»", "«eyes»"
        chosen = f"{hair} {eyes}" if hair and eyes else ""
        chosen_residual = pearson.loc[hair, eyes] if chosen else 0.0
        print(f"{strongest} makes {share:.0%} of chi-square")

        sns.heatmap(shown, vmin=low, vmax=high, cmap="RdBu_r", annot=True)
        """,
        shown=shown,
        limits=limits,
        hair=hair,
        eyes=eyes,
    )


def telling(measure: str, known: str, told: str) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy.stats import entropy
        from scipy.stats.contingency import association

        counts = pd.read_csv("ucb_admissions.csv")
        applicants = int(counts["count"].sum())
        names = ["admit", "dept", "gender"]


        def table_of(row, column):
            return counts.pivot_table("count", row, column, aggfunc="sum")


        def entropy_of(name):
            return entropy(counts.groupby(name)["count"].sum())


        def u_of(told, known):
            table = table_of(told, known).to_numpy()
            left = entropy(table) @ table.sum(axis=0) / table.sum()  # when the column is known
            return 1 - left / entropy_of(told)


        pairs = [(row, column) for row in names for column in names if row != column]
        u = pd.DataFrame(np.nan, names, names)
        V = pd.DataFrame(np.nan, names, names)
        for row, column in pairs:
            u.loc[row, column] = u_of(row, column)
            V.loc[row, column] = association(table_of(row, column), method="cramer")

        admit_by_dept, dept_by_admit = u.loc["admit", "dept"], u.loc["dept", "admit"]
        gender_by_dept, dept_by_gender = u.loc["gender", "dept"], u.loc["dept", "gender"]
        dept_admit_v, dept_gender_v = V.loc["dept", "admit"], V.loc["dept", "gender"]
        entropy_admit, entropy_dept = entropy_of("admit"), entropy_of("dept")
        shared = admit_by_dept * entropy_admit
        largest_u = u.max().max()

        known, told = "«known»", "«told»"
        is_pair = (told, known) in pairs
        chosen_u = u.loc[told, known] if is_pair else 0.0
        reversed_u = u.loc[known, told] if is_pair else 0.0
        print(u.round(3))

        sns.heatmap(«map», vmin=0, vmax=0.5, annot=True)
        """,
        known=known,
        told=told,
        map="u" if measure == "U" else "V",
    )


def rolling(levels: int, rows: int, corrected: bool, draw: int) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy.stats import chi2_contingency

        levels, throws = «levels», «rows»
        rows = f"{throws}"
        thrown = np.random.default_rng(«draw»).integers(1, levels + 1, size=(throws, 12))


        def both_v(x, y):
            table = pd.crosstab(x, y)
            phi2 = chi2_contingency(table, correction=False).statistic / throws
            r, k = table.shape
            v = np.sqrt(phi2 / min(r - 1, k - 1))
            # Bergsma: take off what chance gives, and shrink the table likewise.
            phi2 = max(0, phi2 - (r - 1) * (k - 1) / (throws - 1))
            r, k = (side - (side - 1) ** 2 / (throws - 1) for side in (r, k))
            return v, np.sqrt(phi2 / min(r - 1, k - 1))


        V, corrected_v = np.full((12, 12), np.nan), np.full((12, 12), np.nan)
        for i in range(12):
            for j in range(i):
                V[i, j], corrected_v[i, j] = both_v(thrown[:, i], thrown[:, j])

        pairs = int((~np.isnan(V)).sum())
        mean_v, largest_v = np.nanmean(V), np.nanmax(V)
        mean_corrected, largest_corrected = np.nanmean(corrected_v), np.nanmax(corrected_v)
        shown = «shown»
        mean = np.nanmean(shown)
        expected = np.sqrt((levels - 1) / (throws - 1))
        least_levels, most_rows, goal = 10, 100, 0.1
        print(f"V is {mean_v:.2f} on average, corrected {mean_corrected:.2f}")

        sns.heatmap(shown, vmin=0, vmax=1, cmap="viridis", annot=True)
        """,
        levels=levels,
        rows=rows,
        draw=draw,
        shown="corrected_v" if corrected else "V",
    )


def encoding(offices: int, draw: int) -> str:
    return script(
        """
        import math

        import numpy as np
        import pandas as pd
        import seaborn as sns

        staff = pd.read_csv("salaries.csv")[["rank", "discipline", "sex", "salary"]]
        rows, offices, few = len(staff), «offices», 20
        doors = np.random.default_rng(«draw»).permutation(np.arange(rows) % offices)
        staff["office"] = doors.astype(str)
        salary = staff["salary"]

        one_hot = pd.get_dummies(staff.drop(columns="salary"), prefix_sep=" ", dtype=float)
        r_one_hot = one_hot.corrwith(salary)
        prof = r_one_hot["rank Prof"]
        best_office = r_one_hot.filter(like="office ").abs().max()


        def encoded(name):
            # Its r with the salary: by the mean of all, and by the mean of the others
            group = salary.groupby(staff[name])
            total, size = group.transform("sum"), group.transform("size")
            mean_of_all = total / size
            mean_of_others = (total - salary) / (size - 1)
            return mean_of_all.corr(salary), mean_of_others.corr(salary)


        rank_all, rank_others = encoded("rank")
        discipline_all, discipline_others = encoded("discipline")
        sex_all, sex_others = encoded("sex")
        office_all, office_others = encoded("office")
        office_share = office_all**2

        expected = np.sqrt((offices - 1) / (rows - 1))
        as_sex = math.ceil(1 + sex_all**2 * (rows - 1))
        as_rank = math.ceil(1 + rank_all**2 * (rows - 1))
        print(f"{offices} offices: {office_all:.2f}, {office_others:.2f} without one's own salary")

        sns.heatmap(r_one_hot.to_frame("salary"), vmin=-1, vmax=1, cmap="RdBu_r")
        """,
        offices=offices,
        draw=draw,
    )


def stratifying(dept: str) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy.stats import chi2_contingency
        from scipy.stats.contingency import association
        from statsmodels.stats.contingency_tables import StratifiedTable

        counts = pd.read_csv("ucb_admissions.csv")
        level_percent = 5.0


        def table_of(row, column, data=counts):
            return data.pivot_table("count", row, column, aggfunc="sum", sort=False)


        # All six together: rows men and women, columns admitted and rejected
        everybody = table_of("gender", "admit")
        men_admitted, women_admitted = everybody["Admitted"] / everybody.sum(axis=1)
        v = association(everybody, method="cramer")
        p = chi2_contingency(everybody, correction=False).pvalue
        dept_admit = association(table_of("dept", "admit"), method="cramer")
        dept_gender = association(table_of("dept", "gender"), method="cramer")

        # One department at a time
        tables = {name: table_of("gender", "admit", rows) for name, rows in counts.groupby("dept")}
        strata = pd.DataFrame(index=list(tables), columns=["phi", "p"], dtype=float)
        for name, table in tables.items():
            (a, b), (c, d) = table.to_numpy()
            strata.loc[name, "phi"] = (a * d - b * c) / np.sqrt(
                float((a + b) * (c + d)) * float((a + c) * (b + d))
            )
            strata.loc[name, "p"] = chi2_contingency(table, correction=False).pvalue
        men_ahead = strata["phi"] > 0
        ahead = int(men_ahead.sum())
        against_women = int((men_ahead & (strata["p"] < level_percent / 100)).sum())
        largest_for_men = strata["phi"].max()
        a_v, a_p = abs(strata.loc["A", "phi"]), strata.loc["A", "p"]
        a_men, a_women = tables["A"]["Admitted"] / tables["A"].sum(axis=1)
        elsewhere, elsewhere_p = strata["phi"][1:].abs().max(), strata["p"][1:].min()

        # Odds of admission: men's over women's
        (a, b), (c, d) = everybody.to_numpy()
        crude = a * d / (b * c)
        mantel_haenszel = StratifiedTable([table.to_numpy() for table in tables.values()])
        pooled = mantel_haenszel.oddsratio_pooled
        pooled_low, pooled_high = mantel_haenszel.oddsratio_pooled_confint()
        pooled_p = mantel_haenszel.test_null_odds(correction=False).pvalue
        print(f"Odds ratio {crude:.2f} for all together, {pooled:.2f} within departments")

        dept = "«dept»"
        dept_phi, dept_p = strata.loc[dept] if dept else (0.0, 1.0)
        favoured = ("men" if dept_phi > 0 else "women") if dept else ""

        sns.heatmap(strata[["phi"]], vmin=-0.2, vmax=0.2, cmap="RdBu_r", annot=True)
        """,
        dept=dept,
    )


_CODES = {
    "alphabet": "by_alphabet(table, words)",
    "frequency": "by_frequency(table, words)",
    "group means": "table.groupby(words)[measured].transform('mean')",
    "no codes: η²": "None",
}


def grouping(groups: str, name: str, measured: str, codes: str) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns

        chickens, salaries = pd.read_csv("chickwts.csv"), pd.read_csv("salaries.csv")
        chicks, half = len(chickens), 0.5


        def numbered(column, order):
            return column.map({word: code for code, word in enumerate(order)})


        def by_alphabet(table, words):
            return numbered(table[words], sorted(table[words].unique()))


        def by_frequency(table, words):
            counts = table[words].value_counts()
            return numbered(table[words], sorted(sorted(counts.index), key=lambda w: -counts[w]))


        def eta_squared(table, words, values):
            # The variance of the groups' means, as a share of all variance
            means = table.groupby(words)[values].transform("mean")
            return means.var() / table[values].var()


        feed_r = np.corrcoef(by_alphabet(chickens, "feed"), chickens["weight"])[0, 1]
        feed_r2 = feed_r**2
        feed_eta2 = eta_squared(chickens, "feed", "weight")
        feed_chance = 5 / (chicks - 1)
        rank_eta2, discipline_eta2, sex_eta2 = (
            eta_squared(salaries, words, "salary") for words in ("rank", "discipline", "sex")
        )

        table, words, measured = «table», "«groups»", "«measured»"
        levels = table[words].nunique()
        codes = «codes»
        eta2 = eta_squared(table, words, measured)
        explained = eta2 if codes is None else np.corrcoef(codes, table[measured])[0, 1] ** 2
        print(f"{words}: explained {explained:.3f}, by groups {eta2:.3f}")

        sns.boxplot(table, x=words, y=measured)
        """,
        table={"chickwts": "chickens", "salaries": "salaries"}[name],
        groups=groups,
        measured=measured,
        codes=_CODES[codes],
    )


def ordering(rank: Iterable[str], education: Iterable[str]) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns

        salaries = pd.read_csv("salaries.csv")
        chile = pd.read_csv("chile.csv")[["education", "income"]].dropna()
        respondents = len(chile)

        own_ranks, own_schools = ["AsstProf", "AssocProf", "Prof"], ["P", "S", "PS"]
        rank_order = «rank»
        education_order = «education»


        def r_of(words, values, order, method="pearson"):
            codes = words.map({word: code for code, word in enumerate(order)})
            return codes.corr(values, method=method)


        def eta_of(words, values):
            return np.sqrt(values.groupby(words).transform("mean").var() / values.var())


        ranks, salary = salaries["rank"], salaries["salary"]
        rank_r = r_of(ranks, salary, rank_order)
        rank_rho = r_of(ranks, salary, rank_order, "spearman")
        rank_right = r_of(ranks, salary, own_ranks)
        rank_alphabet = r_of(ranks, salary, sorted(ranks.unique()))
        rank_eta = eta_of(ranks, salary)
        rank_is_right = rank_order == own_ranks
        rank_is_reversed = rank_order == own_ranks[::-1]

        schools, income = chile["education"], chile["income"]
        education_r = r_of(schools, income, education_order)
        education_rho = r_of(schools, income, education_order, "spearman")
        education_right = r_of(schools, income, own_schools)
        education_alphabet = r_of(schools, income, sorted(schools.unique()))
        education_eta = eta_of(schools, income)
        education_is_right = education_order == own_schools
        education_is_reversed = education_order == own_schools[::-1]
        print(f"{rank_r:.3f}, by the alphabet {rank_alphabet:.3f}")

        sns.boxplot(salaries, x="rank", y="salary", order=rank_order)
        """,
        rank=listed(rank),
        education=listed(education),
    )


def mixing(data: str, complete: bool, partner: str) -> str:
    return script(
        """
        from io import StringIO

        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy.stats import chi2_contingency

        chile, titanic = pd.read_csv("chile.csv"), pd.read_csv("titanic.csv")
        rows, complete_rows = len(chile), len(chile.dropna())
        no_vote = int(chile["vote"].isna().sum())

        # A level NA, for North America, read as usual and read as it is written
        file = "continent\\nEurope\\nNA\\nAsia\\nNA\\n"
        american_lost = int(pd.read_csv(StringIO(file))["continent"].isna().sum())
        literal = pd.read_csv(StringIO(file), keep_default_na=False)["continent"]
        american = int((literal == "NA").sum())

        ordered = {"education": ["P", "S", "PS"], "passengerClass": ["1st", "2nd", "3rd"]}


        def kind(column):
            if column.name in ordered:
                return "order"
            return "number" if pd.api.types.is_numeric_dtype(column) else "words"


        def codes(column):
            if column.name not in ordered:
                return column
            return column.map({word: code for code, word in enumerate(ordered[column.name])})


        def eta(words, values):
            return np.sqrt(values.groupby(words).transform("mean").var() / values.var())


        def cramers_v(x, y, corrected=True):
            table = pd.crosstab(x, y)
            n, (r, k) = table.to_numpy().sum(), table.shape
            phi2 = chi2_contingency(table, correction=False).statistic / n
            if corrected:  # Bergsma: take off what chance gives
                phi2 = max(0, phi2 - (r - 1) * (k - 1) / (n - 1))
                r, k = (side - (side - 1) ** 2 / (n - 1) for side in (r, k))
            return np.sqrt(phi2 / min(r - 1, k - 1))


        def measured(data, x, y):
            # The name and the value of the measure that fits
            pair = data[[x, y]].dropna()
            x, y = pair[x], pair[y]
            kinds = {kind(x), kind(y)}
            if kinds == {"number"}:
                return "r", x.corr(y)
            if "words" not in kinds:
                return "ρ", codes(x).corr(codes(y), method="spearman")
            if kinds == {"words"}:
                return "V", cramers_v(x, y)
            words, other = (x, y) if kind(x) == "words" else (y, x)
            if kind(other) == "number":
                return "η", eta(words, other)
            return "η of ranks", eta(words, codes(other).rank())


        data = «data»«dropna»
        target = "«target»"
        found = pd.DataFrame(
            [measured(data, target, name) for name in data if name != target],
            index=[name for name in data if name != target],
            columns=["measure", "value"],
        )
        best = found["value"].abs().idxmax()
        best_measure, best_value = found.loc[best]
        best_share = best_value**2
        n = len(data[[target, best]].dropna())
        partner = "«partner»"
        is_there = partner in found.index
        partner_measure, partner_value = found.loc[partner] if is_there else ("none", 0.0)

        survey = chile«dropna»
        statusquo_eta = measured(survey, "vote", "statusquo")[1]
        statusquo_eta2 = statusquo_eta**2
        complete_eta2 = measured(chile.dropna(), "vote", "statusquo")[1] ** 2
        income_eta = measured(survey, "vote", "income")[1]
        education_v, sex_v, region_v = (
            cramers_v(survey[name], survey["vote"], corrected=False)
            for name in ("education", "sex", "region")
        )
        titanic_sex, titanic_class = (
            cramers_v(titanic["survived"], titanic[name], corrected=False)
            for name in ("sex", "passengerClass")
        )
        print(found)

        names = list(data)
        values = [[1 if x == y else measured(data, x, y)[1] for y in names] for x in names]
        sns.heatmap(pd.DataFrame(values, names, names), vmin=-1, vmax=1, cmap="RdBu_r")
        """,
        data=data,
        dropna=".dropna()" if complete else "",
        target={"chile": "vote", "titanic": "survived"}[data],
        partner=partner,
    )


def sorting_out(has_families: bool, is_v: bool, order: str, draw: int) -> str:
    return script(
        """
        from itertools import pairwise

        import numpy as np
        import pandas as pd
        import seaborn as sns
        from scipy.cluster.hierarchy import fcluster, leaves_list, linkage
        from scipy.spatial.distance import squareform
        from scipy.stats import chi2_contingency
        from sklearn.metrics import adjusted_rand_score

        share, rows = 0.5, 400
        rng = np.random.default_rng(«draw»)
        tastes = rng.integers(6, size=(rows, 3))
        by_chance = rng.integers(6, size=(rows, 12))
        is_loyal = rng.random(size=(rows, 12)) < share
        family = np.repeat(np.arange(3), 4)
        answers = «answers»
        for column in range(12):
            answers[:, column] = rng.permutation(6)[answers[:, column]]  # numbered as it came
        dealt = rng.permutation(12)
        answers, truth = answers[:, dealt], family[dealt]
        names = rng.permutation(list("abcdefghijkl"))
        true_families = «families»


        def corrected_v(x, y):
            table = pd.crosstab(x, y)
            r, k = table.shape
            phi2 = chi2_contingency(table, correction=False).statistic / rows
            phi2 = max(0, phi2 - (r - 1) * (k - 1) / (rows - 1))
            r, k = (side - (side - 1) ** 2 / (rows - 1) for side in (r, k))
            return np.sqrt(phi2 / min(r - 1, k - 1))


        codes_r = np.abs(np.corrcoef(answers, rowvar=False))
        V = np.eye(12)
        for i in range(12):
            for j in range(i):
                V[i, j] = V[j, i] = corrected_v(answers[:, i], answers[:, j])


        def tree_of(similarity):
            return linkage(squareform(1 - similarity, checks=False), "average")


        def neighbours(similarity, order):
            return np.mean([similarity[i, j] for i, j in pairwise(order)])


        def agreement_of(similarity):
            groups = fcluster(tree_of(similarity), 3, "maxclust")
            return adjusted_rand_score(truth, groups)


        values = «values»
        as_it_came, clustered = list(range(12)), leaves_list(tree_of(values))
        alphabet = list(np.argsort(names))
        order = «order»
        is_v, is_clustered = «is_v», «is_clustered»
        before, after = neighbours(values, as_it_came), neighbours(values, clustered)
        shown = neighbours(values, order)
        after_v = neighbours(V, leaves_list(tree_of(V)))
        agreement_codes, agreement_v = agreement_of(codes_r), agreement_of(V)

        upper = np.triu_indices(12, 1)
        largest = values[upper].max()
        largest_after = values[np.ix_(clustered, clustered)][upper].max()
        print(f"Neighbours {before:.2f} as it came, {after:.2f} clustered")

        table = pd.DataFrame(values, names, names).iloc[order, order]
        sns.heatmap(table, vmin=0, vmax=1, cmap="viridis", annot=True)
        """,
        draw=draw,
        answers=(
            "np.where(is_loyal, tastes[:, family], by_chance)" if has_families else "by_chance"
        ),
        families=3 if has_families else 0,
        values="V" if is_v else "codes_r",
        order=order.replace(" ", "_"),
        is_v=is_v,
        is_clustered=order == "clustered",
    )
