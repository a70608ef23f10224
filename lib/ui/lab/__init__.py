"""The Lab on the screen: a table on the left, an instrument's exhibit on the right."""
