"""Finished guides, measured and compared: `python -m evals.visual_instructions --a RUN --b RUN`.

Row V6. Coherent Zero-Shot Visual Instruction Generation (arXiv 2406.04337) names the measures: CLIP score, DreamSim,
the L2 distance of DINOv2 features, and a vision-language model's preference by four criteria. How it pairs the steps
and words the questions is not known to us; what we do is said where it is done, and figures are not to be put beside
the paper's.

- `guides`: what is read of a run. The pictures are the generator's own, without the ink of the page.
- `networks`: who looks. CLIP, DINOv2 and DreamSim by folder or hub id; the embedded networks, which need no weights
  of others.
- `measures`: distances between steps; means with confidence intervals.
- `judging`: the judge's preferences, its position bias, and how far two judges agree.
"""
