"""From uncertain quantities to numbers: distributions, streams, the draw table."""
