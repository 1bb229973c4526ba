"""Scores of forecasts: arrays in, numbers out, one rule a file."""
