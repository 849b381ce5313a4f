"""What has to be in sight though carrying out the words did not bring it: what is told of, and where it is done."""

from collections.abc import Callable

from agents.embedded.reading.language import Phrase, is_adverb, phrase_at
from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.phrases import starts_noun
from agents.embedded.reading.words import Word, joined, preposition_at, words_of
from agents.embedded.showing.description import Draft
from agents.embedded.world.foreground import MOST_SHOWN
from tools.vocabulary import vocabulary

_WHERE = ("in", "on", "with", "over", "under")
_ROOM = ("door", "window", "floor", "wall", "table")
_ASIDE = frozenset("until till when once if unless while as so because before after like not".split())
"""Where a sentence begins to speak of other than what is to be done."""


def bring_in_told(draft: Draft, said: list[str], acted: set[str], gone: Callable[[str], bool]) -> None:
    """What was acted on is in sight though the action leaves it unsaid: the fillet of "Top with dill."

    What a sentence tells of comes first, whatever the action may name with the same word ("dog shampoo"); what is
    `gone` is part of something else, or in a closed pot.
    """
    texts = [words_of(text) for text in said]
    found = [[p for i in range(len(words)) if (p := phrase_at(words, i)) and not _goes_on(words, p)] for words in texts]
    told = [phrases[0] for phrases in found if phrases and _is_told_of(phrases[0])]
    for subject in told[:1]:
        if subject.kind == "substance" and not {subject.word, subject.name} & acted:
            _bring_in_substance(draft, subject)
        elif subject.kind == "thing" and not gone(subject.word):
            _bring_first(draft, subject)
    phrases = [phrase for some in found for phrase in some if phrase.kind == "thing"]
    for phrase in phrases:
        drawn = {item.noun for item in draft.objects.values()}
        if phrase.definite and phrase.word not in drawn | acted and phrase.word in vocabulary().nouns:
            draft.object_of(phrase, set())


def bring_in_places(draft: Draft, actions: list[str]) -> None:
    """Where something is done, or with what, is in sight if there is room: the bag of "Seal it in a plastic bag"."""
    for words in map(words_of, actions):
        end = next((i for i, word in enumerate(words) if word.text in _ASIDE), len(words))
        for preposition, phrase in _places(words[:end]):
            drawn = {item.noun for item in draft.objects.values()}
            if phrase.word in drawn or phrase.word not in vocabulary().nouns or len(drawn) >= MOST_SHOWN:
                continue
            main = next(iter(draft.objects.values()), None)
            holder = draft.object_of(phrase, set())
            row = vocabulary().row(holder.noun)
            apart = main and not any(main.id in (edge.subject, edge.object) for edge in draft.relations)
            if main and apart and preposition == "in" and (row.mouth is not None or row.inside is not None):
                draft.relate(main, "in", holder)


def _places(words: list[Word]) -> list[tuple[str, Phrase]]:
    """The things after "in", "on", "with" … with these words."""
    found = [place for i in range(len(words)) if (place := preposition_at(words, i)) and place[0] in _WHERE]
    phrases = [(preposition, phrase_at(words, start)) for preposition, start in found]
    things = [(preposition, phrase) for preposition, phrase in phrases if phrase and phrase.kind == "thing"]
    return [(where, thing) for where, thing in things if thing.word not in _ROOM and not _goes_on(words, thing)]


def _goes_on(words: list[Word], phrase: Phrase) -> bool:
    """Whether a noun follows a phrase that is not known: a "mango lassi" is no mango."""
    following = joined(words, phrase.end, 1)
    known = following in lexicon().verbs or following in lexicon().words["determiners"] or following in lexicon().looks
    noun = following.isalpha() and not known and starts_noun(words, phrase.end)
    return noun and not is_adverb(following)


def _is_told_of(phrase: Phrase) -> bool:
    return phrase.definite and (phrase.kind == "substance" or phrase.word in vocabulary().nouns)


def _bring_first(draft: Draft, subject: Phrase) -> None:
    """A thing that is not drawn yet, as the main one; "the fruit" may be drawn one by one."""
    drawn = {item.noun for item in draft.objects.values()}
    if {subject.word, *drawn} >= {"bread", "loaf"}:
        return  # the loaf is the bread
    if not {subject.word} & (drawn | {vocabulary().row(noun).kind for noun in drawn}):
        item = draft.object_of(subject, set())
        draft.objects = {item.id: item} | draft.objects


def _bring_in_substance(draft: Draft, subject: Phrase) -> None:
    """A substance that is in nothing yet, in its usual vessel, or on the stove in a pot; water is only a means."""
    if subject.name == "mixture":
        return  # of what, the steps before it show
    if subject.word in {"water", *(item.content for item in draft.objects.values())}:
        return
    stove = next((item for item in draft.objects.values() if item.noun == "stove"), None)
    usual = vocabulary().substances[subject.word].vessel
    stove = stove if usual not in ("bottle", "jar") else None  # the soy sauce does not boil
    vessel = "pot" if stove else usual
    item = draft.object_of(Phrase("thing", vessel, vessel, content=subject), set())
    if stove:
        draft.relate(item, "on", stove)
