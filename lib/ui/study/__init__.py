"""The screens on which learners do it themselves: practice, cards and what goes with them."""
