"""What a text speaks of, one noun phrase or list at a time, and what of it a pronoun can stand for."""

from dataclasses import dataclass

from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.phrases import Phrase
from agents.embedded.reading.words import NUMBERS
from agents.embedded.world.things import CLOSETS, EATEN, LIQUID, TOPPED
from tools.vocabulary import vocabulary

PLURAL = ("them", "they", "these")
_SINGULARS = ("gas", "lens", "canvas", "molasses", "atlas", "christmas")
_PLURALS = ("people", "children", "men", "women", "feet", "teeth", "mice", "scissors", "pliers")
_ADDING = frozenset(("sprinkle", "spread", "pour", "rub", "add", "dab", "put on"))
"""Effects and verbs whose objects go onto something else, of which the text goes on to speak."""
_JARS = ("salt shaker", "sugar cube")
"""What salt and sugar are drawn as."""
_MEDIA = frozenset(("oil", "water"))
"""What things are cooked in: seldom what is cooked."""
COOKING = frozenset(("bake", "roast", "fry", "serve", "cook", "sauté", "grill"))
LEAVING = frozenset(("let", "leave", "allow"))
_TAKING = frozenset(("take", "discard"))
_HARD = frozenset(("vessels", "containers", "furniture", "rooms", "appliances"))
_SEALING = frozenset(("seal", "unpack"))
"""Verbs that are said of what something is packed in."""
GARDEN_TOOLS = frozenset(("shovel", "trowel", "rake", "lawn mower", "wheelbarrow", "hose", "watering can"))
"""What work is done with in a garden."""
_PACKED = frozenset(("box", "envelope", "jar", "bottle", "trash bag", "suitcase", "gift"))
_STIFF = frozenset(("utensils", "tools", "furniture", "rooms", "hardware", "clothing", "people", "animals"))
"""Kinds of things that neither flow nor are spread."""
_NEVER_COOKED = _STIFF | frozenset(("cleaning", "electronics", "garden"))
_SLIGHT = frozenset(
    "edge edges rim corner corners tip tips end ends side sides seam seams slit slits row rows stroke strokes roof "
    "sleeve sleeves cuff cuffs collar label lid cap cork dust dirt rust crumbs suds lint grease grime limescale clump "
    "clumps bits excess thumb finger fingers hand hands toe toes minute minutes hour hours day days week weeks "
    "while night time degree degrees inch inches cm mm cup cups spoonful teaspoon tablespoon pinch splash handful "
    "skin skins rind extra surplus remainder rest length rinse cycle part parts third thirds stalk stalks stem stems "
    "core pit pits".split()
)
"""Parts, dirt, times, measures and rounds of work: what "it" means only if there is nothing better."""
_HOLLOWS = frozenset(
    "cross cut cuts circle line spiral hole holes well wells groove grooves gap gaps dot dots crease creases slot "
    "slots".split()
)
"""What is only made in a thing, or marked on it, and seldom what one goes on to work on."""
SOAKING = ("soak", "mop", "wipe", "blot", "sweep", "vacuum")
"""Verbs of what comes "up" when it is cleaned off."""
_WASTING = frozenset("soak mop wash wipe scrape brush scrub rinse sand knock blot vacuum sweep chip buff".split())
"""Verbs of what comes "off" a thing and is not spoken of again, unless it is thrown away."""
_PULLING = frozenset(("take", "pull", "remove", "pick", "dig", "scoop", "pluck"))
_RUBBISH = frozenset("weed weeds stone stones pit pits core cores beard beards grit rubbish bones".split())
"""What is of no use once it was taken out."""
_CLEARING = frozenset(
    "throw discard toss save keep compost vacuum sweep collect wipe pour put store pile melt freeze whip use add toast "
    "fry boil roast grind plant spread sprinkle scatter mix stir tip return".split()
)
"""What may be done to what was cleaned off a thing."""
_PARTS = _SLIGHT | frozenset(("top", "bottom", "front", "back", "inside", "outside", "middle"))


@dataclass(frozen=True)
class Mention:
    """A noun phrase, or a list of them, that was spoken of.

    Attributes:
        name: how to speak of it again: "the onion", "the salt and pepper".
        plural: whether that is a plural.
        phrases: the phrases themselves.
        role: whether something was done to it ("object"), to a part of it ("part"), at it ("place") or with it
            ("means"); "added" if it went onto another thing, "gone" if it was taken off one, "waste" if cleaned off.
    """

    name: str
    plural: bool
    phrases: tuple[Phrase, ...]
    role: str


MIXTURE = Mention("the mixture", False, (Phrase("substance", "batter", "mixture", definite=True),), "object")
"""What there is once something was added to a dish and stirred."""
DOUGH = Mention("the dough", False, (Phrase("thing", "dough", "dough", definite=True),), "object")
"""What is kneaded, though the text has only named what went into it."""
_KNEADED = ("dough", "clay", "putty", "icing", "bread", "loaf", "pastry", "soap", "butter")
STIRRING = ("stir", "whisk", "mix", "beat", "blend", "combine")


def is_plural(phrase: Phrase) -> bool:
    """Whether a phrase takes "are"."""
    if phrase.kind == "pronoun":
        return phrase.word in PLURAL
    counted = phrase.count > 1 and phrase.kind != "substance" and not phrase.name.startswith("pair of ")
    return counted or is_plural_word(phrase.name.split(" of ")[0].split()[-1])


def is_plural_word(word: str) -> bool:
    """Whether a noun is a plural, as far as its ending shows."""
    if word in _PLURALS or word in NUMBERS:
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in _SINGULARS


def named(phrases: list[Phrase]) -> str:
    """How to speak again of what phrases name: "the onion and garlic"."""
    *most, last = [_as_many(phrase) for phrase in phrases]
    return f"the {', '.join(most)} and {last}" if most else f"the {last}"


def _as_many(phrase: Phrase) -> str:
    """A phrase's name in its number: of "six pieces of thread", the threads; of a mass there is no plural."""
    last = phrase.name.split()[-1]
    counted = phrase.kind == "thing" and phrase.count > 1 and not is_plural_word(last)
    masses = lexicon().words["masses"] | lexicon().words["uncounted"]
    return f"{phrase.name}s" if counted and phrase.name not in masses - {"thread"} else phrase.name


def mentioned(phrases: list[Phrase], role: str, effect: str = "", text: str = "") -> Mention | None:
    """The mention of phrases that were spoken of together, such as the objects of a clause; `text` is how."""
    spoken = [phrase for phrase in phrases if phrase.kind != "pronoun" and phrase.name]
    if not spoken:
        return None
    if role == "object" and effect in (_ADDING | _TAKING):
        role = "added" if effect in _ADDING else "gone"
    if role == "object" and _PARTS & set(text.lower().partition(" of ")[0].split()) and " of " in text:
        role = "part"
    last = text.lower().split()[-1] if text and len(spoken) == 1 and " of " not in text else ""
    name = named(spoken)
    if last and not name.endswith(last):
        name = f"{name} {last}"  # "picture hook", of which only the picture is known
    plural = len(spoken) > 1 or is_plural(spoken[0]) or (name != named(spoken) and is_plural_word(last))
    return Mention(name, plural, tuple(spoken), role)


def is_same(mention: Mention, topic: Mention) -> bool:
    """Whether what was spoken of is the topic by another or a shorter name: the tube of a bicycle inner tube."""
    one, other = mention.phrases[0], topic.phrases[0]
    return len(mention.phrases) == 1 and other.name.endswith(one.name) and mention.role in ("object", "gone")


def is_eaten(mention: Mention) -> bool:
    """Whether it is only food, and not what the text may call so without a picture."""
    foods = [
        p.kind == "substance" or vocabulary().row(p.word).kind in EATEN or p.word in _JARS for p in mention.phrases
    ]
    return all(foods)


def is_mix(mention: Mention) -> bool:
    """Whether several things to eat were named that "it" now means together: the milk, oil and salt."""
    return len(mention.phrases) > 1 and is_eaten(mention) and mention.role in ("object", "added")


def is_kneaded(mention: Mention) -> bool:
    """Whether it can be what is kneaded."""
    return any(word in mention.name for word in _KNEADED)


def is_closet(mention: Mention) -> bool:
    """Whether it is only where something was for a while: the fridge, the stove."""
    return {phrase.word for phrase in mention.phrases} <= {*CLOSETS, "stove"}


def is_seasoning(mention: Mention) -> bool:
    """Whether it is only what food is seasoned or made with: salt, oil."""
    return all(phrase.kind == "substance" or phrase.word in ("salt shaker", "sugar cube") for phrase in mention.phrases)


def is_solid(mention: Mention) -> bool:
    """Whether it is food in pieces, which oil can be drizzled over: chickpeas, rice."""
    return {phrase.word for phrase in mention.phrases} <= {"beans", "peas", "rice", "noodles", "nuts"}


def is_lid(mention: Mention) -> bool:
    """Whether it is what closes a vessel."""
    return mention.phrases[0].name in ("lid", "cap", "cork", "top")


def is_mixed_in(mention: Mention, role: str, verb: str) -> bool:
    """Whether it is no thing of its own any more when left to stand: honey on oats, but not paint on a wall."""
    setting = {"paint", "glue"} & {phrase.word for phrase in mention.phrases}
    return role == "added" and verb in LEAVING and not setting and all(p.kind == "substance" for p in mention.phrases)


def can_hold(mention: Mention) -> bool:
    """Whether something can be put in or on what was spoken of."""
    row = vocabulary().row(mention.phrases[-1].word)
    known = mention.phrases[-1].kind == "thing"
    return known and (row.mouth is not None or row.inside is not None or row.stand is not None or row.name in TOPPED)


def is_never_cooked(mention: Mention, verb: str) -> bool:
    """Whether a verb speaks of cooking and a mention only of a tool: the thermometer that is clipped to the pot."""
    kinds = {vocabulary().row(phrase.word).kind for phrase in mention.phrases if phrase.kind == "thing"}
    return verb.split(" ")[0] in lexicon().words["cooking"] and bool(kinds) and kinds <= _NEVER_COOKED


def is_liquid(mention: Mention) -> bool:
    """Whether it runs, and is no sheet or block of what does when it is warm."""
    liquid = {phrase.word for phrase in mention.phrases} <= set(LIQUID)
    return liquid and mention.name.endswith(mention.phrases[-1].name)


def is_abstract(mention: Mention) -> bool:
    """Whether it is nothing that one speaks of again: the heat, the top."""
    return {p.name if p.kind == "thing" else p.word for p in mention.phrases} <= lexicon().words["abstract"]


def is_slight(mention: Mention) -> bool:
    """Whether it is a part, dirt, a time or a measure, of which one seldom speaks again."""
    return all(phrase.name.split()[-1] in _SLIGHT for phrase in mention.phrases)


def _grows(mention: Mention) -> bool:
    """Whether it is a plant, or where plants grow."""
    kinds = {vocabulary().row(phrase.word).kind for phrase in mention.phrases if phrase.kind == "thing"}
    grows = "garden" in kinds and not {phrase.word for phrase in mention.phrases} & GARDEN_TOOLS
    return grows or any(p.word in ("soil", "flower pot", "seeds") for p in mention.phrases)


def is_hollow(mention: Mention, verb: str) -> bool:
    """Whether it is only a hole in a thing or a mark on it, which a verb is not said of."""
    hollow = all(phrase.name.split()[-1] in _HOLLOWS for phrase in mention.phrases)
    return bool(verb) and hollow and verb.split(" ")[0] not in lexicon().words["hollow"]


def is_wasted(mention: Mention, verb: str) -> bool:
    """Whether it was cleaned off and is of no more use to a verb: the haze that was washed off the tiles."""
    return mention.role == "waste" and not is_cleared(verb)


def is_cleared(verb: str) -> bool:
    """Whether a verb may be said of what was cleaned off a thing."""
    return verb.split(" ")[0] in _CLEARING


def is_waste(verb: str, objects: list[Phrase], off: bool, is_from: bool) -> bool:
    """Whether a clause cleans its objects off a thing: off the tiles, or only "off" what cannot be cleaned itself."""
    stuff = all(phrase.kind != "thing" or phrase.name.split()[-1] in _SLIGHT for phrase in objects)
    taken = verb.split()[0] in _PULLING and all(phrase.name.split()[-1] in _RUBBISH for phrase in objects)
    return taken or (verb.split()[0] in _WASTING and (is_from or (off and stuff)))


def fits(mention: Mention, word: str, verb: str, but: Mention | None) -> bool:
    """Whether a pronoun can stand for what was spoken of."""
    if (but is not None and mention.name == but.name) or is_abstract(mention):
        return False
    kinds = {vocabulary().row(phrase.word).kind for phrase in mention.phrases if phrase.kind == "thing"}
    if verb.split(" ")[0] in lexicon().words["soft"] and kinds & _HARD:
        return False
    if verb.split(" ")[0] in lexicon().words["solid"] and is_liquid(mention):
        return False
    if verb.split(" ")[0] in lexicon().words["flowing"] and kinds and kinds <= _STIFF:
        return False
    if verb in ("taste", "eat", "drink", "sip") and kinds & _HARD:
        return False
    if is_never_cooked(mention, verb):
        return False
    dry = mention.role == "place" and not (_grows(mention) or can_hold(mention))
    if verb == "water" and (is_slight(mention) or dry):
        return False
    ground = all(phrase.kind == "ground" or phrase.name == "ground" for phrase in mention.phrases)
    if verb and mention.role == "place" and ground:
        return False
    if verb in COOKING and {phrase.word for phrase in mention.phrases} <= _MEDIA:
        return False
    if verb in _SEALING and kinds and not _PACKED & {phrase.word for phrase in mention.phrases}:
        return False
    if word in ("him", "her"):
        return bool(kinds & {"people", "animals"})
    if word in PLURAL:
        return mention.plural
    mass = all(phrase.kind == "substance" or "mashed" in phrase.states for phrase in mention.phrases)
    return word not in ("it", "this") or not mention.plural or mass
