"""Painter: a language model that draws (arXiv 2308.08520)."""
