"""What holds the substances of a how-to: which vessel "the milk", "the syrup" or "the dry ingredients" are in."""

from agents.embedded.reading.language import Phrase
from agents.embedded.reading.lexicon import suits
from agents.embedded.world.inventory import Inventory
from agents.embedded.world.things import DRY, EATEN, HEATED, VESSELS, Thing
from tools.vocabulary import vocabulary

_BLENDED = ("smoothie", "milkshake", "puree", "purée")
"""What is in the blender by the time that it is called so."""
_COOKED_DOWN = ("syrup", "sauce", "broth", "stock", "custard")
"""What is in the pot by the time that it is called so."""


class Vessels(Inventory):
    """All things, and what of them holds which substance."""

    def __init__(self) -> None:
        super().__init__()
        self.called: dict[str, str] = {}
        """What the text last called each substance."""

    def ingredients_of(self, phrase: Phrase) -> Thing | None:
        """The bowl of "the dry ingredients", or the jug of the wet ones."""
        dry, last = "dry" in phrase.states, phrase.name.rpartition(" ")[2]
        if last not in ("ingredients", "mixture", "mix") or not (dry or "wet" in phrase.states):
            return None
        held = [thing for thing in self.focus if thing.id in self.things and thing.kind == "vessels" and thing.content]
        fitting = [thing for thing in held if (thing.content in DRY) == dry]
        return fitting[-1] if fitting else None

    def vessel_of(self, phrase: Phrase, but: Thing | None = None) -> Thing:
        """The vessel that holds a substance: the latest, of hot water a hot one; a usual one if there is none."""
        if self.called.get(phrase.word) != phrase.word:  # flour stays flour, though baking soda is added
            self.called[phrase.word] = phrase.name
        hot = bool({"hot", "boiling", "boiled", "steaming", "warm"} & set(phrase.states))
        order = [*(t for t in self.things.values() if t not in self.focus), *self.focus]
        holding = [
            t
            for t in order
            if t.id in self.things and t.content == phrase.word and t is not but and not (hot and "cold" in t.states)
        ]
        if "cold" in phrase.states:
            holding = [thing for thing in holding if not thing.is_hot]
        if not holding and phrase.definite:
            holding = [t for t in order if t.id in self.things and phrase.word in t.parts and t is not but]
        blender = self.last("blender") if phrase.definite and phrase.name in _BLENDED else None
        if not holding and blender and blender is not but:
            holding, blender.content = [blender], phrase.word
        if not holding and phrase.definite and phrase.word == "batter":
            holding = self._mixed_up(but)
        if not holding and phrase.definite and phrase.name in ("sauce", "soup", "stew", "curry"):
            holding = self._simmering(but)
        if not holding and phrase.definite and phrase.name == "mixture":
            holding = [t for t in self.focus if t.id in self.things and t.noun in ("jar", "bottle") and t.content]
        if not holding and phrase.definite and phrase.name in _COOKED_DOWN:
            pans = [
                t for t in self.focus if t.id in self.things and t.noun in ("pan", "pot") and t.content and t is not but
            ]
            holding = pans[-1:]
        if holding:
            preferred = [thing for thing in holding if thing.is_hot] if hot else []
            return (preferred or holding)[-1]
        vessel = self._source(phrase, hot, but)
        vessel.content = phrase.word
        vessel.parts.add(phrase.word)
        if hot and suits(vessel.noun, "steaming"):
            vessel.become("steaming")
        return vessel

    def _mixed_up(self, but: Thing | None) -> list[Thing]:
        """The vessel in use, of which all that went into it is now "the mixture"; none if nothing was mixed."""
        vessels = [t for t in self.focus if t.id in self.things and t.opens and t is not but and t.kind == "vessels"]
        mixed = [vessel for vessel in vessels if vessel.parts or self.held_by(vessel)]
        for thing in [held for vessel in mixed[-1:] for held in self.held_by(vessel)]:
            if thing.kind in EATEN:
                self.take_away(thing)
        for vessel in mixed[-1:]:
            if vessel.content in (None, "nothing", "flour"):  # the mixture of rice and milk still looks like rice
                vessel.content = "batter"
        return mixed[-1:]

    def _simmering(self, but: Thing | None) -> list[Thing]:
        """The pot or pan in use, of which all that cooks in it is now "the sauce" or "the soup"."""
        pans = [t for t in self.focus if t.id in self.things and t.noun in ("pan", "pot") and t is not but]
        cooking = [pan for pan in pans if len(self.held_by(pan)) > 1]
        for pan in cooking[-1:]:
            pan.content = "soup"
        return cooking[-1:]

    def _source(self, phrase: Phrase, hot: bool, but: Thing | None) -> Thing:
        """The vessel in which a substance comes: the usual one, but a bottle if that one is in use."""
        if phrase.word == "soil" and (bed := self.last("garden bed")):
            return bed
        usual = VESSELS.get(phrase.name) or VESSELS.get(phrase.word) or vocabulary().substances[phrase.word].vessel
        only_warm = phrase.word == "water" and "warm" in phrase.states  # no kettle for a bath
        noun = HEATED.get(phrase.word, usual) if hot and not only_warm else usual
        for candidate in (noun, "bowl" if phrase.word in DRY else "bottle"):
            vessel = self.last(candidate)
            if vessel is None or (vessel is not but and vessel.content in (None, phrase.word)):
                return vessel or self.new(candidate)
        return self.new(noun)
