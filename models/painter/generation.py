"""How the Painter answers: token by token, with all that was computed kept, looking again only where ink was added.

Drawing takes one of the likeliest tokens that make up 0.9 of the probability, as the Painter paper does (arXiv
2308.08520; nucleus sampling, arXiv 1904.09751); everything else takes the likeliest. A grammar leaves out what cannot
become an answer.
"""

from abc import ABC, abstractmethod
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor
from transformers import DynamicCache

from models.painter.data import IGNORED, collate, prompt_ids, row_of
from models.painter.grammar import Grammar, SketchGrammar
from models.painter.language import sketch_of
from models.painter.modeling import Painter
from models.painter.sight import Sight
from models.painter.stepping import Steps
from models.painter.tasks import Example
from tools.canvas import Sketch, rasterise

TOP_P = 0.9
"""Probability of the tokens that drawing chooses from."""


class Request(NamedTuple):
    """Something asked.

    Attributes:
        example: prompt and canvas (its answer is not looked at).
        grammar: what may be answered; it is used up.
        seed: of the choice between tokens; None: the likeliest is taken.
        image: (S, S) uint8 that is seen instead of the canvas: a picture without strokes.
        top_p: probability of the tokens that are chosen from.
    """

    example: Example
    grammar: Grammar
    seed: int | None = None
    image: np.ndarray | None = None
    top_p: float = TOP_P


class Answer(NamedTuple):
    """The ids of an answer, placeholders and end among them, and where each was looked: (T, side, side) or None."""

    ids: list[int]
    maps: np.ndarray | None = None


class _Row:
    """One answer that is being given."""

    def __init__(self, painter: Painter, request: Request, feedback: int):
        self.painter, self.request = painter, request
        self.grammar = request.grammar
        self.drawing = self.grammar if isinstance(self.grammar, SketchGrammar) and request.example.grows else None
        self.feedback = feedback
        self.rng = None if request.seed is None else np.random.default_rng(request.seed)
        self.ids: list[int] = []
        self.looks: list[np.ndarray] = []
        self.seen_strokes = 0

    def first_look(self) -> np.ndarray | None:
        """What is on the canvas at first, if anything is."""
        if self.request.image is not None:
            return self.request.image
        return self._picture([]) if self.request.example.canvas.strokes else None

    def _picture(self, strokes: list) -> np.ndarray:
        config = self.painter.config
        return rasterise(Sketch(strokes=self.request.example.canvas.strokes + strokes), config.canvas, config.pen)

    def take(self, logits: np.ndarray) -> tuple[int, np.ndarray | None]:
        """The next token, and the canvas if that is a placeholder: logits (V,)."""
        chosen = choose(np.where(self.grammar.allowed(), logits, -np.inf), self.rng, self.request.top_p)
        if self.drawing and self._looks_before(self.drawing, chosen):
            self.drawing.looked()
            self.seen_strokes = self.drawing.strokes
            picture = self._picture(sketch_of(self.painter.tokens.words(self.ids)).strokes)
            self.ids.append(self.painter.tokens.image)
            return self.painter.tokens.image, picture
        self.grammar.advance(chosen)
        self.ids.append(chosen)
        return chosen, None

    def _looks_before(self, drawing: SketchGrammar, index: int) -> bool:
        if not self.feedback or not drawing.begins_stroke(index):
            return False
        due = drawing.strokes > self.seen_strokes and drawing.strokes % self.feedback == 0
        return due and drawing.can_look()


def choose(logits: np.ndarray, rng: np.random.Generator | None, top_p: float = TOP_P) -> int:
    """The likeliest token, or with an rng one of the likeliest that together have `top_p`: logits (V,) → index."""
    if rng is None:
        return int(logits.argmax())
    chances = np.exp(logits.astype(np.float64) - logits.max())
    order = np.argsort(-chances)
    total = chances[order].cumsum() / chances.sum()
    kept = order[: int(np.searchsorted(total, top_p)) + 1]
    return int(kept[np.searchsorted(total[: len(kept)], rng.random() * total[len(kept) - 1])])


@torch.inference_mode()
def answers(
    painter: Painter, requests: list[Request], feedback: int | None = None, cached: bool = True, maps: bool = False
) -> list[Answer]:
    """Answers all requests together.

    Args:
        painter: the model.
        requests: what is asked.
        feedback: strokes after which the canvas is looked at again (0: never); None: as it was trained.
        cached: keep keys and values, and encode a canvas only when it has changed; else everything is computed again
            for every token, which gives the same answers.
        maps: tell where each token looked.

    Raises:
        ValueError: if a prompt leaves no room for an answer.
    """
    feedback = painter.config.feedback if feedback is None else feedback
    rows = [_Row(painter, request, feedback) for request in requests]
    prompts = [_prompt(painter, request) for request in requests]
    room = painter.lm.config.max_position_embeddings - max(map(len, prompts), default=0)
    if room < 8:
        raise ValueError(f"a prompt of {max(map(len, prompts))} tokens leaves no room to answer: say it shorter")
    for row in rows:
        if isinstance(row.grammar, SketchGrammar):  # other answers are short
            row.grammar.shorten(room)
    decoding = (_Cached if cached else _Plain)(painter, prompts, [row.first_look() for row in rows], maps)
    for _ in range(room):
        if all(row.grammar.done for row in rows):
            break
        tokens, pictures = [painter.tokens.end] * len(rows), {}
        for place, logits in enumerate(decoding.logits):
            if not rows[place].grammar.done:
                tokens[place], picture = rows[place].take(logits)
                if picture is not None:
                    pictures[place] = picture
        decoding.step(tokens, pictures)
    return [Answer(row.ids, decoding.maps_of(place, len(row.ids))) for place, row in enumerate(rows)]


@torch.inference_mode()
def likelihoods(painter: Painter, examples: list[Example]) -> list[float]:
    """The logarithm of the probability that the Painter gives to each example's answer, which is in words."""
    batch = collate([row_of(example, painter.tokens, painter.config, 0) for example in examples], painter.tokens.pad)
    chances = painter(batch.ids.to(painter.device), batch.canvases.to(painter.device), batch.mask.to(painter.device))
    logarithms = chances.float().log_softmax(-1).cpu()
    taught = batch.targets != IGNORED
    said = logarithms.gather(2, batch.targets.clamp_min(0)[..., None])[..., 0]
    return torch.where(taught, said, 0).sum(1).tolist()


def _prompt(painter: Painter, request: Request) -> list[int]:
    ids = prompt_ids(request.example, painter.tokens)
    if request.image is not None and painter.tokens.image not in ids:
        ids.insert(len(ids) - 1, painter.tokens.image)
    return ids


class _Decoding(ABC):
    """Rows of tokens (padded at the left) that grow by one token at a time."""

    def __init__(self, painter: Painter, prompts: list[list[int]], looks: list[np.ndarray | None], maps: bool):
        self.painter, self.collect = painter, maps
        longest = max(map(len, prompts), default=0)
        pads = [longest - len(prompt) for prompt in prompts]
        ids = [[painter.tokens.pad] * pad + prompt for pad, prompt in zip(pads, prompts, strict=True)]
        self.ids = torch.tensor(ids, device=painter.device)
        mask = [[0] * pad + [1] * len(prompt) for pad, prompt in zip(pads, prompts, strict=True)]
        self.mask = torch.tensor(mask, device=painter.device)
        self.looked: list[np.ndarray] = []
        self.logits = self._begin({place: look for place, look in enumerate(looks) if look is not None})

    @abstractmethod
    def _begin(self, pictures: dict[int, np.ndarray]) -> np.ndarray:
        """Logits (B, V) of the token after the prompts, whose canvases these are, by row."""

    @abstractmethod
    def _next(self, pictures: dict[int, np.ndarray]) -> np.ndarray:
        """Logits (B, V) of the token after the last one taken."""

    def step(self, tokens: list[int], pictures: dict[int, np.ndarray]) -> None:
        """Takes a token for each row, and the canvases of those that are placeholders."""
        self.ids = torch.cat([self.ids, torch.tensor(tokens, device=self.ids.device)[:, None]], 1)
        self.logits = self._next(pictures)

    def _logits(self, hidden: Tensor, sight: Sight) -> np.ndarray:
        """Of the last token (B, V); where it looked is kept."""
        if sight.maps:
            shares = torch.stack([part[:, :, -1].float().mean(1) for part in sight.maps]).mean(0)
            self.looked.append(shares.unflatten(-1, (-1, self.painter.cells)).sum(1).cpu().numpy())
        return self.painter.lm.lm_head(hidden[:, -1]).float().cpu().numpy()

    def maps_of(self, place: int, count: int) -> np.ndarray | None:
        """Where a row looked before it said each of its `count` tokens: (count, side, side)."""
        if not self.collect:
            return None
        side = round(self.painter.cells**0.5)
        return np.stack([shares[place].reshape(side, side) for shares in self.looked[:count]])


class _Cached(_Decoding):
    """Computes each token once and each canvas once."""

    def _begin(self, pictures: dict[int, np.ndarray]) -> np.ndarray:
        cache = DynamicCache(config=self.painter.lm.config)
        self.sight = self.painter.blind(len(self.ids))
        self._look(pictures)
        self.sight.index = self.painter.canvas_index(self.ids)
        self.sight.maps = [] if self.collect else None
        hidden = self.painter.hidden(self.ids, self.sight, self.mask, cache)
        self.steps = Steps(self.painter.lm, cache, self.mask)
        return self._logits(hidden, self.sight)

    def _next(self, pictures: dict[int, np.ndarray]) -> np.ndarray:
        self._look(pictures)
        self.sight.index = self.painter.canvas_index(self.ids)[:, -1:].clamp_max(0)
        self.sight.maps = [] if self.collect else None
        embedded = self.painter.embedded(self.ids[:, -1:], self.sight, self.painter.pens(self.ids)[:, -1:])
        return self._logits(self.steps.hidden(embedded, self.sight), self.sight)

    def _look(self, pictures: dict[int, np.ndarray]) -> None:
        """Replaces the canvases of some rows: a row's tokens to come see the latest alone."""
        if not pictures:
            return
        places = torch.tensor(list(pictures), device=self.ids.device)
        canvases = torch.from_numpy(np.stack(list(pictures.values()))).to(self.ids.device)
        rows = torch.arange(len(places), device=self.ids.device)
        sight = self.painter.look(canvases, rows, torch.zeros_like(rows), (len(rows), 1))
        old, seen = ([*part.keys, *part.values, part.ink] for part in (self.sight, sight))
        for kept, new in zip(old, seen, strict=True):
            kept[places] = new


class _Plain(_Decoding):
    """Computes everything again for every token."""

    def _begin(self, pictures: dict[int, np.ndarray]) -> np.ndarray:
        self.shown: list[list[np.ndarray]] = [[] for _ in self.ids]
        return self._next(pictures)

    def _next(self, pictures: dict[int, np.ndarray]) -> np.ndarray:
        for place, picture in pictures.items():
            self.shown[place].append(picture)
        size = self.painter.config.canvas
        flat = [picture for shown in self.shown for picture in shown]
        canvases = torch.from_numpy(np.stack(flat) if flat else np.zeros((0, size, size), np.uint8)).to(self.ids.device)
        sight = self.painter.sight_of(self.ids, canvases) or self.painter.blind(len(self.ids))
        sight.maps = [] if self.collect else None
        mask = F.pad(self.mask, (0, self.ids.shape[1] - self.mask.shape[1]), value=1)
        return self._logits(self.painter.hidden(self.ids, sight, mask), sight)
