"""The package that solves the table, found without looking at every package: branch and bound."""
