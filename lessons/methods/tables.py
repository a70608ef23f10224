"""The tables that this lesson alone loads."""

import datasets

ANSCOMBE = datasets.catalogue()["anscombe"]
MTCARS = datasets.catalogue()["mtcars"]
CHICKWTS = datasets.catalogue()["chickwts"]
