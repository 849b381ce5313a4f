"""Cloth that is folded and laid up."""

from models.scene_diffusion.drawings.shapes import Drawing, Part, dark, ellipse, line, points, rectangle
from tools.vocabulary import RGB


def folded(rgb: RGB, accent: RGB) -> Drawing:
    """Cloth in three layers, with the folds on the left."""
    parts = []
    for y in (0.64, 0.32, 0.0):
        bow = ellipse(0.12, y + 0.18, 0.12, 0.18, 90, 270).tolist()
        parts.append(Part(points(*bow, (1.0, y), (1.0, y + 0.36)), rgb))
        parts.append(line(points((0.14, y + 0.18), (0.97, y + 0.18)), dark(rgb)))
    stripes = [Part(rectangle(x, 0.0, x + 0.07, 1.0), accent) for x in (0.66, 0.8)]
    return Drawing([], [*parts, *stripes])


def stack(rgb: RGB) -> list[Part]:
    """Folded cloth, its layers showing in front."""
    layers = [(0.86, 0.3), (0.78, 0.05), (0.7, 0.2)]
    sides = [Part(rectangle(0.0, y, 1.0, y + 0.14, 0.06), dark(rgb, share)) for y, share in layers]
    return [*sides, Part(rectangle(0.02, 0.0, 0.98, 0.76, 0.05), rgb)]
