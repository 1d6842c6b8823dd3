"""Gold against output, one module a benchmark."""
