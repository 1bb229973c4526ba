"""The workbench: a situation in the browser, on one's own machine."""
