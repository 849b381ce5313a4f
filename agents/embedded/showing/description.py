"""Descriptions read into a draft of a scene: "A steaming cup stands on the table, with the tea bag next to it."."""

import re
from dataclasses import dataclass, field

from agents.embedded.reading.language import Phrase, phrase_at, phrases_at
from agents.embedded.reading.lexicon import lexicon, suits
from agents.embedded.reading.words import NUMBERS, PREPOSITIONS, Word, preposition_at, words_of
from tools.layout import POUR_AS_THEY_STAND
from tools.scene import Relation, SceneObject
from tools.vocabulary import vocabulary

_RELATIONS = {
    "in": "in",
    "on": "on",
    "over": "above",
    "above": "above",
    "under": "below",
    "next to": "next to",
    "left of": "left of",
    "right of": "right of",
    "at": "next to",
}


_ON_STOVE = re.compile(r"(?:is |are |stands? )?on (?:the |a )?(?:\w+ )?stove\b")


@dataclass
class Draft:
    """Objects by id and their relations, while a text is read. A noun may be a word without a picture.

    `ground` is None until the text names it.
    """

    objects: dict[str, SceneObject] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    ground: str | None = None
    told: set[str] = field(default_factory=set)

    def object_of(self, phrase: Phrase, named: set[str]) -> SceneObject:
        """The object that a phrase means, new unless it was there; `named` are ids that this sentence spoke of.

        What the phrase says replaces what was there.
        """
        same = [item for item in self.objects.values() if item.noun == phrase.word]
        if phrase.fresh:
            same = []
        agreeing = [item for item in same if phrase.colour in (None, item.colour)]
        open_ = [item for item in same if item.colour is None or item.id not in named]
        if not phrase.definite:
            agreeing = [item for item in agreeing if item.id not in named]
            open_ = [item for item in open_ if item.id not in named]
        item = next(iter([*agreeing, *open_]), None)
        if item is None:
            number = sum(other.noun == phrase.word for other in self.objects.values()) + 1
            identity = phrase.word if number == 1 else f"{phrase.word}{number}"
            item = self.objects[identity] = SceneObject(id=identity, noun=phrase.word, name=phrase.name)
            cut = {"sliced", "mashed"} & set(phrase.states)  # "sliced tomatoes" are drawn as slices, once
            item.count = phrase.count or (2 if phrase.plural and not cut else 1)
        item.count = phrase.count or item.count
        item.colour = phrase.colour or item.colour
        for state in phrase.states:
            self.give(item, state)
        self.fill(item, phrase.content)
        return item

    def give(self, item: SceneObject, state: str) -> None:
        """Gives an object a drawn state that suits it, in place of what its action gave; what pours goes on pouring."""
        if not suits(item.noun, state) or "pouring" in item.states:
            return
        if item.id not in self.told:
            item.states = []
        self.told.add(item.id)
        if state not in item.states:
            item.states.append(state)

    def fill(self, item: SceneObject, content: "Phrase | str | None") -> None:
        """Puts a substance, nothing, or another object into one; the wheel of a bicycle only stands with it."""
        if isinstance(content, str):
            item.content = content
        elif content is not None and content.kind == "substance":
            item.content = content.word
            for state in content.states:
                self.give(item, {"hot": "steaming"}.get(state, state))
        elif content is not None:
            inner, row = self.object_of(content, set()), vocabulary().row(item.noun)
            if any(place is not None for place in (row.mouth, row.inside, row.stand, row.face)):
                self.relate(inner, "in" if row.mouth is not None else "on", item)

    def _together(self, subject: SceneObject, other: SceneObject) -> bool:
        """Whether an object is already tied to another, or to what carries that."""
        holders = {edge.object for edge in self.relations if edge.subject == other.id and edge.relation in ("in", "on")}
        return any(edge.subject == subject.id and edge.object in {other.id, *holders} for edge in self.relations)

    def relate_ids(self, subject: str, relation: str, other: str) -> None:
        """`relate`, for ids."""
        self.relate(self.objects[subject], relation, self.objects[other])

    def relate(self, subject: SceneObject, relation: str, other: SceneObject) -> None:
        """Ties two objects; where a thing now is replaces where it was."""
        if subject.id == other.id:
            return
        row = vocabulary().row(other.noun)
        if relation == "in" and row.stand is not None and row.mouth is None and row.inside is None:
            relation = "on"
        if relation in ("in", "on") and "pouring" in subject.states and subject.noun not in POUR_AS_THEY_STAND:
            if any(edge.subject == subject.id and edge.relation == "above" for edge in self.relations):
                return
            relation = "above"
        if relation in ("in", "on"):
            self.relations = [
                edge for edge in self.relations if not (edge.subject == subject.id and edge.relation in ("in", "on"))
            ]
        if relation == "next to" and self._together(subject, other):
            return
        self.relations = [edge for edge in self.relations if {edge.subject, edge.object} != {subject.id, other.id}]
        self.relations.append(Relation(subject=subject.id, relation=relation, object=other.id))


def describe(draft: Draft, text: str) -> None:
    """Reads one descriptive sentence into the draft; what it says wins over what is there."""
    _Reader(draft, words_of(text)).read()


class _Reader:
    """Goes through a sentence from left to right.

    `subject` is what the sentence speaks of, `current` what the next relation or state belongs to, `company` what
    "with …" has named and not yet tied: it belongs to the subject unless a relation follows.
    """

    def __init__(self, draft: Draft, words: list[Word]) -> None:
        self.draft, self.words = draft, words
        self.subject: SceneObject | None = None
        self.current: list[SceneObject] = []
        self.company: list[SceneObject] | None = None
        self.named: set[str] = set()
        self.i = 0

    def read(self) -> None:
        """Reads the whole sentence."""
        while self.i < len(self.words):
            self._holding() or self._preposition() or self._state() or self._phrase() or self._skip()
        self._settle()

    def _skip(self) -> bool:
        self.i += 1
        return True

    def _holding(self) -> bool:
        """Reads what says that something is in another: "contains tea", "holds two eggs"."""
        for n in (2, 1):
            link = " ".join(word.text for word in self.words[self.i : self.i + n])
            if link in lexicon().words["holding"] and self.current and (inner := phrase_at(self.words, self.i + n)):
                if inner.kind in ("thing", "substance"):
                    phrases, self.i = phrases_at(self.words, self.i + n)
                    for phrase in phrases:
                        self.draft.fill(self.current[-1], phrase)
                    return True
        return False

    def _preposition(self) -> bool:
        found = preposition_at(self.words, self.i)
        if not found:
            return False
        preposition, self.i = found
        if preposition == "with":
            self._settle()
            self.company = []
        elif preposition in _RELATIONS:
            self._relation(_RELATIONS[preposition])
        return True

    def _relation(self, relation: str) -> None:
        phrase = phrase_at(self.words, self.i)
        if phrase is None:
            return
        self.i = phrase.end
        other = self._other(phrase)
        if other is None:
            return
        for item in self.company or self.current:
            self.draft.relate(item, relation, other)
        if self.company:
            self.company = []
        elif not self.current:
            self.current, self.subject = [other], self.subject or other

    def _other(self, phrase: Phrase) -> SceneObject | None:
        """The object after a relation: "it" is the subject, the ground none."""
        match phrase.kind:
            case "pronoun":
                return self.subject
            case "ground":
                self._stand(phrase)
            case "thing" if phrase.name in ("table", "floor") and phrase.word not in self.draft.objects:
                self.draft.ground = f"wooden {phrase.word}"
            case "thing":
                item = self.draft.object_of(phrase, self.named)
                self.named.add(item.id)
                return item
            case "substance":
                return next((item for item in self.draft.objects.values() if item.content == phrase.word), None)
        return None

    def _state(self) -> bool:
        """A state told after its object: "the stove is lit"."""
        word = self.words[self.i].text
        state = lexicon().looks.get(word)
        if not self.current or not (state or word == "empty"):
            return False
        if (phrase := phrase_at(self.words, self.i)) and phrase.kind != "other":
            if state != "pouring" or phrase.kind != "substance":
                return False
            self.current[-1].content = phrase.word
            self.i = phrase.end - 1
        for item in self.company or self.current:
            if state:
                self.draft.give(item, state)
            else:
                item.content = "nothing"
        self.i += 1
        return True

    def _phrase(self) -> bool:
        if self.words[self.i].text in PREPOSITIONS or self.words[self.i].text in lexicon().words["copulas"]:
            return False
        phrase = phrase_at(self.words, self.i)
        if phrase is None:
            return False
        match phrase.kind:
            case "ground":
                self._stand(phrase)
            case "substance":
                self._substance(phrase)
            case "other" if not self._names_something(phrase):
                pass
            case "thing" | "other":
                item = self.draft.object_of(phrase, self.named)
                self.named.add(item.id)
                if self.company is not None:
                    self.company.append(item)
                else:
                    joined = self.i > 0 and self.words[self.i - 1].text == "and"
                    self.current = [*self.current, item] if joined else [item]
                    self.subject = self.subject or item
        self.i = phrase.end
        return True

    def _names_something(self, phrase: Phrase) -> bool:
        """Whether a word without a picture is a thing: what the sentence begins with, or has an article."""
        first = self.words[phrase.start].text
        marked = first in lexicon().words["determiners"] or first in NUMBERS
        last = phrase.word.split()[-1]
        return (self.subject is None or marked) and last[0].isalpha() and last not in lexicon().words["vague"]

    def _substance(self, phrase: Phrase) -> None:
        """A substance fills the subject after "with"; alone, it comes in its usual vessel."""
        if self.company is not None and self.subject is not None:
            self.draft.fill(self.subject, phrase)
            return
        holding = [item for item in self.draft.objects.values() if item.content == phrase.word]
        if holding:
            item = holding[-1]
        else:
            following = " ".join(word.text for word in self.words[phrase.end : phrase.end + 5])
            noun = "pot" if _ON_STOVE.match(following) else vocabulary().substances[phrase.word].vessel
            vessel = Phrase("thing", noun, noun, content=phrase)
            item = self.draft.object_of(vessel, self.named)
        for state in phrase.states:
            self.draft.give(item, {"hot": "steaming"}.get(state, state))
        self.named.add(item.id)
        self.current = [item]
        self.subject = self.subject or item

    def _stand(self, phrase: Phrase) -> None:
        self.draft.ground = phrase.word

    def _settle(self) -> None:
        """What came with the subject and was not placed: in a vessel, on a plate, else beside."""
        for item in self.company or []:
            if self.subject is not None:
                noun = vocabulary().row(self.subject.noun)
                relation = "in" if noun.mouth is not None else "on" if noun.stand is not None else "next to"
                row = vocabulary().row(item.noun)
                if row.mouth is not None or row.stand is not None:
                    relation = "next to"
                self.draft.relate(item, relation, self.subject)
        self.company = None
