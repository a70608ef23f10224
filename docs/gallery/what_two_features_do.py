"""What two features do together

A forest is asked what each two features do beyond the sum of what each does alone, in units of its
prediction.
"""

import honest_heatmaps as hh
from honest_heatmaps import datasets
from sklearn.ensemble import RandomForestRegressor

patients = datasets.load("diabetes")
features = patients.drop(columns="progression")
forest = RandomForestRegressor(min_samples_leaf=5, random_state=0)
forest.fit(features, patients["progression"])
drawn = hh.interactions(forest, features)
drawn.save("what_two_features_do.png")
