"""Ready codebooks, as YAML."""
