"""Where things are found, by which one knows on what all of a picture stands."""

from agents.embedded.world.topic import Topic
from tools.vocabulary import vocabulary

OUTDOORS = {"garden bed", "tree", "fence", "wheelbarrow", "rake", "shovel", "fire", "grill", "snowman"}
INDOORS = {
    "door", "window", "wall", "floor", "curtain", "rug", "mirror", "toilet", "mop", "broom", "vacuum cleaner", "ladder",
    "refrigerator", "washing machine",
}  # fmt: skip


_GROWING = ("bush", "shrub", "hedge", "lawn", "sapling", "vine")
"""What plants in a garden are called."""


def is_outdoors(nouns: set[str], kinds: set[str], names: set[str]) -> bool:
    """Whether things of these nouns, kinds and names are found in a garden or a street."""
    grows = any(name.endswith(_GROWING) for name in names)
    return bool(kinds & {"vehicles", "streets"} or nouns & OUTDOORS) or grows


def is_about_outdoors(topic: Topic | None) -> bool:
    """Whether a how-to is about what is found there: all of its steps are."""
    if topic is None or topic.phrase.kind != "thing":
        return False
    phrase = topic.phrase
    return is_outdoors({phrase.word}, {vocabulary().row(phrase.word).kind}, {phrase.name})
