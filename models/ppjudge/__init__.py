"""PPJudge: marks for the process of a painting, on eight attributes (arXiv 2507.09242)."""
