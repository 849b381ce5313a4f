"""Measurements of quality and of speed (`bench_*`), each run as `python -m evals.NAME`."""
