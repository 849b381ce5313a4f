"""The embedded segmenter: SAM 2 in a size that can be shipped, and the predictor that it shares with SAM 2.1."""
