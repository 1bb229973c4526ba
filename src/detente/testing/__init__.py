"""Conformance suites and brute force, for whoever adds a protocol or a distribution."""
