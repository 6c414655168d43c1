"""Benchmarks: our figures beside those of a floor application, both measured alike in one run."""
