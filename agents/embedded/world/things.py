"""Things: what has a place, a content and states; which states exclude each other, and what substances come in."""

from dataclasses import dataclass, field

from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.words import singular
from tools.vocabulary import vocabulary

EXCLUSIVE = (
    ("boiling", "steaming", "cold"),
    ("sliced", "mashed", "fried", "melted", "cracked", "toasted"),
    ("mashed", "peeled", "washed"),
    ("open", "closed"),
    ("wet", "dry"),
    ("dirty", "clean", "washed", "polished"),
    ("broken", "repaired"),
    ("tight", "loose", "attached"),
    ("inflated", "flat"),
    ("folded", "rolled", "crumpled", "smooth", "open"),
    ("hot", "cold", "warm", "frozen", "steaming", "boiling"),
)
"""States of which a thing has one at a time."""

MIXTURES = {
    frozenset(("juice", "water")): "lemonade",
    **{frozenset(("flour", wet)): "batter" for wet in ("water", "milk", "oil", "honey", "vinegar")},
    **{frozenset(("baking soda", wet)): "paste" for wet in ("water", "oil", "vinegar", "soapy water")},
    frozenset(("liquid soap", "water")): "soapy water",
}
STRENGTH = (
    "soil", "filler", "paint", "glue", "paste", "batter", "guacamole", "soup", "noodles", "rice", "beans", "peas",
    "nuts", "porridge", "sand", "cocoa", "coffee", "tea", "jam", "wine", "lemonade", "juice", "milk", "soapy water",
    "liquid soap", "wax", "soy sauce", "mustard", "grease", "oil", "flour", "vinegar", "baking soda", "alcohol",
    "water", "seeds", "vanilla", "spices", "honey",
)  # fmt: skip
"""Of two substances that meet, the mixture looks like the one named first, unless MIXTURES knows better."""

TOPPED = ("bread", "dough", "pizza", "cake", "pancake", "loaf", "ice cream", "cookie")
"""Food that other food is put on."""
CLOSETS = ("oven", "microwave", "refrigerator", "washing machine")
"""What things are put into for a while."""
EATEN = ("ingredients", "fruit", "vegetables", "dishes")
"""Kinds of food."""
SOFT = ("ingredients", "fruit", "vegetables", "garden")
"""Kinds of things that do not crack."""
FLAVOURS = ("spices", "vanilla", "mustard", "soy sauce")
"""What is not seen of a vessel's content when there is food in it."""
DRY = (
    "rice", "beans", "peas", "noodles", "flour", "porridge", "soil", "sand", "seeds", "nuts", "spices", "baking soda",
)  # fmt: skip
LIQUID = (
    "water", "soapy water", "milk", "tea", "coffee", "cocoa", "juice", "lemonade", "oil", "soup", "wine", "vinegar",
    "alcohol", "soy sauce", "liquid soap", "vanilla",
)  # fmt: skip

VESSELS = {"water": "jug", "flour": "jar", "cocoa": "jar", "coffee": "jar", "juice": "jug", "oil": "bottle"}
"""What a substance comes in when it is an ingredient and no vessel is named."""
HEATED = {"water": "kettle", "milk": "pot", "oil": "pan", "batter": "pan", "vinegar": "pan", "wine": "pot"}
"""What a substance is heated in when no vessel is named."""


_LARGE = ("animals", "people", "furniture", "appliances", "vehicles")
_BUILT_IN = ("bathtub", "toilet", "door", "window", "wall", "floor")
_SMALL = ("vessels", "utensils", *EATEN)
"""What is large by its kind or by its noun, and the kinds of what is too small for it."""


def holds(holder: "Thing", thing: "Thing") -> bool:
    """Whether a thing can be in or on another: no dog in a jug or a bucket, no pan on a slice of bread."""
    if thing.kind in _LARGE or thing.noun in _BUILT_IN:
        return holder.kind not in _SMALL and holder.noun != "bucket"
    return thing.kind != "vessels" or holder.kind not in EATEN


@dataclass
class Thing:
    """A thing of the world.

    Attributes:
        counted: whether the text says how many there are; of "the stones" two are drawn, but not told.
        content: the substance that is seen in it, "nothing" if it is empty.
        stuff: what the text calls its content.
        parts: all substances that went into it.
        which: "old" or "new", where the text tells two of a kind apart so.
        spent: whether all that was in it is poured out by the end of the instruction.
        bare: whether a word without a picture came without "a", "the" or a number, and may be no thing at all.
        place: ("on" or "in", id of the holder), None for the table.
    """

    id: str
    noun: str
    name: str
    count: int = 1
    colour: str | None = None
    states: list[str] = field(default_factory=list)
    content: str | None = None
    stuff: str | None = None
    parts: set[str] = field(default_factory=set)
    which: str | None = None
    spent: bool = False
    bare: bool = False
    place: tuple[str, str] | None = None
    counted: bool = False

    def become(self, state: str) -> None:
        """Takes on a state, and gives up those that exclude it."""
        rivals = {state, *(rival for group in EXCLUSIVE if state in group for rival in group)}
        self.states = [kept for kept in self.states if kept not in rivals] + [state]

    def no_longer(self, *states: str) -> None:
        """Gives up states."""
        self.states = [state for state in self.states if state not in states]

    @property
    def kind(self) -> str:
        """The kind of its noun; for what has no picture, that of what is drawn for it."""
        return vocabulary().row(self.noun).kind

    @property
    def opens(self) -> bool:
        """Whether things and liquids can be put into it."""
        row = vocabulary().row(self.noun)
        return row.mouth is not None or row.inside is not None or self.noun in ("kettle", "teapot")

    @property
    def fills(self) -> bool:
        """Whether a substance can be seen in or on it."""
        return self.opens or self.noun in ("plate", "tray", "bottle", "jar", "watering can")

    @property
    def carries(self) -> bool:
        """Whether things can be put on it."""
        return vocabulary().row(self.noun).stand is not None

    @property
    def is_hot(self) -> bool:
        """Whether what is in it is hot."""
        return bool({"steaming", "boiling", "hot"} & set(self.states))


def singular_name(noun: str, said: str) -> str:
    """What to call one of the things called `said`; a mass ("salt", "ice") goes by the vocabulary's noun."""
    row = vocabulary().row(noun)
    names = [name for name in (row.name, row.singular, *row.synonyms) if said in (name, name + "s", name + "es")]
    if not names:  # a word that means other things elsewhere, in full: the flower bulb, the baking tin
        return next((name for name in row.synonyms if name.endswith(" " + singular(said))), row.name)
    words = lexicon().words
    return names[0] if names[0] not in words["masses"] - words["uncounted"] else row.name
