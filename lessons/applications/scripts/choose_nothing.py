"""No recipe: what stands in the place of a script where colour cannot say what was asked."""

# No map: these colours cannot say that about these rows and columns.

# The numbers that the step names
axes = "places"
meaning = "who goes together"
returns = None
mail = None
blood = None

recipes, recipe, fits = 8, "", False
rows, columns = 1, 1
low, high, largest = 0.0, 0.0, 0.0
