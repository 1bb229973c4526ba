"""Questions, forecasts and resolutions: what was said, when, and how it is scored."""
