"""The contract with importers and exporters, and the doors through which text comes and goes."""
