"""The pages: one module for what belongs together, each page with a JSON twin."""
