"""The scripts behind the steps: what a learner can run to get the same facts.

Each is a function of its step's controls, so that the code on the screen always is the code of the
picture beside it. Every fact of the step is a variable in its script.
"""
