"""What the words of a sentence give away: hedges, speakers, forecasts, conditions, actors."""
