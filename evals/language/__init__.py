"""How well the language roles do, on public data: `python -m evals.language`; one small file a part.

Each part has a `measure(data, door, limit)` that returns a plain dict of figures, with what went wrong under "misses",
and `ROWS`, which says how the figures are shown. The data are not in the project and are never trained on.
"""
