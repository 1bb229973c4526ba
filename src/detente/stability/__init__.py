"""The graph model for conflict resolution: which outcomes would hold once reached, and who would leave."""
