"""How fast lib.stats is, beside its peers in the same run: `make bench` prints the table."""
