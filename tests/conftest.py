"""The gate tries the same examples every time; `--hypothesis-profile=search` tries new ones."""

from hypothesis import settings

settings.register_profile("gate", derandomize=True)
settings.register_profile("search", derandomize=False)
settings.load_profile("gate")
