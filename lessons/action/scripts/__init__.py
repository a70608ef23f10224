"""The code that a learner can copy: scripts that run as they are beside the tables' CSV files.

Each is a function of its step's controls, so that the code on the screen always is the code of the
picture beside it. Every fact of the step is a variable in its script.
"""

HIGHWAY = 'pd.read_csv("highway.csv", index_col=0)'
