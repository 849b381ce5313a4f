"""What may be said next: grammars that let the Painter say nothing but a sketch, a name, a box or numbers of strokes.

A grammar follows one answer token by token. `allowed` tells which tokens can go on to a whole answer within the tokens
that are left, so that every answer is whole, whatever the model prefers.
"""

from abc import ABC, abstractmethod

import numpy as np

from models.painter.language import GRID
from models.painter.tokens import COLUMN, FAR, NEAR, ROW, PainterTokens

FEWEST = 3
"""Tokens of the shortest sketch: a column, a row, the end."""


class Grammar(ABC):
    """An answer that is being said."""

    def __init__(self, tokens: PainterTokens):
        self.tokens, self.done = tokens, False

    @abstractmethod
    def allowed(self) -> np.ndarray:
        """The tokens that may come next: (V,) bool, at least one."""

    def advance(self, index: int) -> None:
        """Takes the next token, one of those allowed."""
        self.done = index == self.tokens.end

    def _only(self, *indices: int) -> np.ndarray:
        mask = np.zeros(self.tokens.size, bool)
        mask[list(indices)] = True
        return mask


class SketchGrammar(Grammar):
    """Strokes on the canvas, with names before them if there are any to choose from, each once.

    Args:
        tokens: their kinds and moves.
        limit: tokens of the whole answer at most, its end among them.
        names: the names that may be given to strokes, as ids.
    """

    def __init__(self, tokens: PainterTokens, limit: int, names: list[list[int]] | None = None):
        super().__init__(tokens)
        self.left, self.names = max(limit, FEWEST), list(names or [])
        self.strokes, self.pen = 0, (0, 0)
        self.state = "between"  # named: a name is being said; column, stroke, far: what was said last
        self.said: list[int] = []
        self.must_go_on = False
        self.columns, self.rows = tokens.kinds == COLUMN, tokens.kinds == ROW
        self.near, self.far = tokens.kinds == NEAR, tokens.kinds == FAR
        self.moves = tokens.steps.any(1)

    def allowed(self) -> np.ndarray:
        """See `Grammar`."""
        if self.state == "column":
            return self.rows
        if self.state == "far":
            return self.near & self._inside(0)
        if self.state == "named":
            return self._naming()
        mask = self.columns.copy() if self.left >= FEWEST else np.zeros_like(self.columns)
        mask[self.tokens.object] = self.left >= FEWEST + 1 + max(map(len, self.names), default=self.left)
        if self.state == "stroke":
            mask |= self.near & self.moves & self._inside(0) if self.left >= 2 else False
            mask |= self.far & self._inside(7) if self.left >= FEWEST else False
        mask[self.tokens.end] = self.strokes > 0 and not self.must_go_on
        return mask

    def _inside(self, slack: int) -> np.ndarray:
        """Tokens after which the pen is on the canvas, or at most `slack` cells beside it."""
        place = self.tokens.steps + self.pen
        return np.asarray(((place >= -slack) & (place < GRID + slack)).all(1))

    def _naming(self) -> np.ndarray:
        going = [name[len(self.said)] for name in self.names if _begins(name, self.said)]
        mask = self._only(*going)
        mask[self.columns] = self.said in self.names
        return mask

    def advance(self, index: int) -> None:
        """See `Grammar`."""
        super().advance(index)
        self.left -= 1
        self.must_go_on = False
        kind = self.tokens.kinds[index]
        if index == self.tokens.object:
            self.state, self.said = "named", []
        elif kind == COLUMN:
            if self.state == "named":
                self.names.remove(self.said)
            self.state, self.pen = "column", (int(self.tokens.cells[index]), 0)
        elif kind == ROW:
            self.state, self.pen = "stroke", (self.pen[0], int(self.tokens.cells[index]))
            self.strokes += 1
        elif kind in (NEAR, FAR):
            self.state = "stroke" if kind == NEAR else "far"
            dx, dy = self.tokens.steps[index].tolist()
            self.pen = (self.pen[0] + dx, self.pen[1] + dy)
        elif self.state == "named":
            self.said.append(index)

    def shorten(self, room: int) -> None:
        """Makes sure that the answer is whole within `room` tokens."""
        self.left = min(self.left, room)

    def begins_stroke(self, index: int) -> bool:
        """Whether the token ends the stroke before it and begins another, or its name."""
        return self.state == "stroke" and (bool(self.columns[index]) or index == self.tokens.object)

    def can_look(self) -> bool:
        """Whether there are tokens left for a look at the canvas and another stroke."""
        return self.left > FEWEST + 1 + max(map(len, self.names), default=0)

    def looked(self) -> None:
        """A placeholder was put between two strokes: another stroke has to follow."""
        self.left -= 1
        self.state, self.must_go_on = "between", True


def _begins(whole: list[int], part: list[int]) -> bool:
    return len(whole) > len(part) and whole[: len(part)] == part


class PhraseGrammar(Grammar):
    """One of several phrases, as ids."""

    def __init__(self, tokens: PainterTokens, phrases: list[list[int]]):
        super().__init__(tokens)
        self.phrases, self.said = phrases, [] if phrases else [tokens.end]

    def allowed(self) -> np.ndarray:
        """See `Grammar`."""
        going = [phrase[len(self.said)] for phrase in self.phrases if _begins(phrase, self.said)]
        return self._only(*going, *([self.tokens.end] if self.said in self.phrases else []))

    def advance(self, index: int) -> None:
        """See `Grammar`."""
        super().advance(index)
        self.said.append(index)


class BoxGrammar(Grammar):
    """A box: its first corner, a second that is not left of it nor above."""

    def __init__(self, tokens: PainterTokens):
        super().__init__(tokens)
        self.said: list[int] = []

    def allowed(self) -> np.ndarray:
        """See `Grammar`."""
        place = len(self.said)
        if place == 4:
            return self._only(self.tokens.end)
        least = self.said[place - 2] if place >= 2 else 0
        return (self.tokens.kinds == (ROW if place % 2 else COLUMN)) & (self.tokens.cells >= least)

    def advance(self, index: int) -> None:
        """See `Grammar`."""
        super().advance(index)
        self.said.append(int(self.tokens.cells[index]))


class NumbersGrammar(Grammar):
    """At least one of the first `count` numbers of strokes, in growing order."""

    def __init__(self, tokens: PainterTokens, count: int):
        super().__init__(tokens)
        self.rest = tokens.numbers[:count]
        self.any = False

    def allowed(self) -> np.ndarray:
        """See `Grammar`."""
        return self._only(*self.rest, *([self.tokens.end] if self.any else []))

    def advance(self, index: int) -> None:
        """See `Grammar`."""
        super().advance(index)
        self.any = True
        if not self.done:
            self.rest = self.rest[self.rest.index(index) + 1 :]
