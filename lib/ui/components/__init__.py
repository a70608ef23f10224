"""Components of our own, each a few lines of plain JavaScript without a build step."""
