"""A sheet of drawings to look at: `python -m models.scene_diffusion.drawings tools sheet.png`.

One row a noun of the kind: its three shapes, then each state that can be seen on it, then its lines in a sketch.
"""

from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import typer

from models.scene_diffusion.composer import arrange, paint, visible_lines
from models.scene_diffusion.drawings import random_look
from tools.canvas import draw_lines
from tools.layout import layout
from tools.scene import SceneGraph, SceneObject
from tools.vocabulary import vocabulary

CELL = 176


def main(
    kind: Annotated[str, typer.Argument(help="A group of [nouns] in tools/vocabulary.toml.")],
    out: Annotated[Path, typer.Argument(help="The picture to write.")],
    only: Annotated[str, typer.Option(help="Nouns to draw, separated by commas.")] = "",
) -> None:
    """Draws all nouns of a kind in their shapes and states."""
    nouns = [noun for noun in vocabulary().nouns.values() if noun.kind == kind]
    wanted = [name.strip() for name in only.split(",") if name.strip()]
    rows = [row(noun.name) for noun in nouns if not wanted or noun.name in wanted]
    width = max(len(cells) for cells in rows)
    blank = np.full((CELL, CELL, 3), 255, np.uint8)
    sheet = np.concatenate([np.concatenate(cells + [blank] * (width - len(cells)), 1) for cells in rows])
    cv2.imwrite(str(out), sheet[..., ::-1])


def row(noun: str) -> list[np.ndarray]:
    """The cells of one noun."""
    states = [state for state in vocabulary().nouns[noun].states if state not in vocabulary().common_states]
    cells = [cell(noun, shape, []) for shape in range(3)]
    cells += [cell(noun, 0, [state]) for state in states]
    return [*cells, cell(noun, 0, [], lines=True)]


def cell(noun: str, shape: int, states: list[str], lines: bool = False) -> np.ndarray:
    """One drawing, (CELL, CELL, 3) uint8; with `lines`, only what a sketch would show of it."""
    item = SceneObject(id="o", noun=noun, states=states)
    look = random_look(item, np.random.default_rng(shape))._replace(shape=shape)
    scene = SceneGraph(objects=[item])
    placed = arrange(scene, layout(scene, 0), {"o": look})
    if lines:
        ink = draw_lines([points for _, points in visible_lines(placed)], CELL, 0.01)
        return np.repeat(255 - ink[..., None], 3, -1)
    picture = paint(placed, CELL, *vocabulary().grounds["wooden table"])
    label = f"{noun} {' '.join(states)}".strip()
    return cv2.putText(picture, label, (4, 12), cv2.FONT_HERSHEY_SIMPLEX, 0.38, (60, 60, 60), 1, cv2.LINE_AA)


if __name__ == "__main__":
    typer.run(main)
