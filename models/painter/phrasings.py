"""How the Painter is asked: each task in several phrasings, things by their names, places by cells.

The templates of the Painter paper (arXiv 2308.08520) are not published; these are ours.
"""

import re

import numpy as np

from models.painter.language import cells_of
from models.painter.scenes import RELATIONS, Box
from tools.vocabulary import vocabulary

PHRASINGS: dict[str, tuple[str, ...]] = {
    "draw": ("draw {a}", "sketch {a}", "a sketch of {a}", "please draw {a}", "{name}", "draw {name}"),
    "draw in box": ("draw {a} in {box}", "put {a} in {box}", "draw {name} at {box}", "add {a} in {box}"),
    "outline": ("outline {a} {shape}", "the outlines of {a} {shape}", "outline {name} {shape}"),
    "draw scene": ("draw {scene}", "sketch {scene}", "a sketch of {scene}", "{scene}"),
    "complete": ("complete the {name}", "finish the {name}", "draw the rest of the {name}", "finish this {name}"),
    "remove": ("remove the {name}", "erase the {name}", "take away the {name}", "delete the {name}"),
    "remove part": (
        "remove the {part} of the {name}",
        "erase the {part} of the {name}",
        "draw the {name} without {part}",
    ),
    "reproduce": ("copy this", "draw this again", "reproduce the sketch", "trace this picture"),
    "classify": ("what is this", "what does the sketch show", "name the thing that is drawn", "which object is this"),
    "classify in box": ("what is in {box}", "what is drawn in {box}", "name the thing at {box}"),
    "locate": ("where is the {name}", "find the {name}", "locate the {name}", "box of the {name}"),
    "relate": ("where is the {name} to the {other}", "how is the {name} placed to the {other}"),
    "compare": ("is the {name} bigger or smaller than the {other}", "what size is the {name} to the {other}"),
}

OFFICIAL_THE = ("the eiffel", "the great wall", "the mona")
"""Categories whose name begins with the article."""


def name_of(word: str) -> str:
    """A category as it is written in prompts."""
    return word.lower()


def with_article(word: str) -> str:
    """The name as in "an ant", "a cat", "the eiffel tower"."""
    name = name_of(word)
    return name if name.startswith("the ") else f"{'an' if name[0] in 'aeio' else 'a'} {name}"


def plain_words(text: str) -> str:
    """A phrase as prompts have them: nothing in it draws or stands for a canvas."""
    return " ".join(word for word in text.lower().replace("<", " ").replace("[", " ").split())


def bare_name(phrase: str) -> str:
    """A phrase without the article before a name, but for names that have one."""
    words = plain_words(phrase)
    kept = words.split(" ", 1)
    plain = len(kept) == 2 and (kept[0] in ("a", "an") or (kept[0] == "the" and not words.startswith(OFFICIAL_THE)))
    return kept[1] if plain else words


def box_words(box: Box) -> str:
    """A box by the cells of its corners: "x3 y4 x20 y30"."""
    (x0, y0), (x1, y1) = cells_of([box[:2], box[2:]]).tolist()
    return f"x{x0} y{y0} x{x1} y{y1}"


def asked(task: str, rng: np.random.Generator, **words: str) -> str:
    """The task in one of its phrasings."""
    phrasings = PHRASINGS[task]
    return phrasings[rng.integers(len(phrasings))].format(**words)


def words_of_prompts(categories: list[str], parts: list[str]) -> list[str]:
    """Every word that prompts and answers are made of, once each."""
    texts = [re.sub(r"{\w+}", " ", text) for texts in PHRASINGS.values() for text in texts]
    texts += [*map(name_of, categories), *parts, *RELATIONS, "a an and the"]
    texts += [*map(name_of, vocabulary().nouns), *vocabulary().drawn_states, *vocabulary().told_states, "filled empty"]
    return sorted({word for text in texts for word in text.split()})
