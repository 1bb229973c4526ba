"""Situation and draws to gains and demands: the three acts, one file each."""
