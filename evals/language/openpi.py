"""Entity-state changes of wikiHow steps: OpenPI v1 (arXiv 2011.08092), gold from crowd workers.

A gold answer is "ATTRIBUTE of ENTITY was BEFORE before and AFTER afterwards"; ours are what `tracker.changes` finds in
the embedded tracker's world from step to step. Workers say one change in many ways and the tracker may tell one
attribute twice, so on both sides a step's changes are first gathered by (head noun of the entity, attribute) with the
set of their after-values. Then, one to one and summed over all steps (micro precision, recall, F1):

- entity: the head noun is equal (each head counted once a step);
- attribute: the attribute is of one group of ATTRIBUTES too; a gold "state" may be any attribute but place and content,
  since workers call all of them so, and is matched only after what agrees exactly;
- value: an after-value shares a content word with one of ours too, "chopped" taken as sliced and so on (ALSO).

OpenPI's own measure compares sentences (BLEU, ROUGE, exact match) and is not used. Baseline: every noun or substance
that a step names is now at the last one it names. "Gold in plain words" are the gold changes of an attribute of the
table whose entity the step names: a bound on the recall of whoever does not think of what is not said. Split "dev" is
for development, "train" is held: its misses are not shown. Many gold attributes are not to be seen (weight, knowledge).
"""

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from agents.embedded.reading.lexicon import lexicon
from agents.llm import Door
from evals.language.figures import Miss, Row, evenly, precision_recall, share
from evals.language.names import content_words, head, rows_in, rows_of, text_names
from evals.language.tracker import Change, changes, told

SPLITS = {"dev": "dev", "held": "train"}
LEVELS = ("entity", "attribute", "value")
ATTRIBUTES = {
    "location": "location position placement place container proximity locatio locaion whereabouts",
    "content": "fullness emptiness contents content volume full capacity",
    "temperature": "temperature heat hotness warmth",
    "wetness": "wetness moisture dryness dampness watered",
    "cleanness": "cleanness cleanliness cleaness dirtiness",
    "shape": "shape form size length width height thickness area",
    "texture": "texture teture consistency hardness softness smoothness stickiness flexibility sharpness",
    "wholeness": "wholeness division integrity damage",
    "openness": "openness sealing closure",
    "colour": "color colour appearance look",
    "composition": "composition compostion mixture mixed combination organization taste flavor flavour seasoning",
    "cooking": "cooking cookedness doneness ripeness",
    "power": "power operation activity electricity",
    "connection": "connection attachment tightness stability contact",
    "cover": "coverage covering decoration oiliness",
    "existence": "availability existence presence possession ownership",
    "state": "state stated condition status use",
}
"""The names that the gold answers give to each attribute."""
GROUP_OF = {name: group for group, names in ATTRIBUTES.items() for name in names.split()}
ALSO = {
    **dict.fromkeys(("baked", "fried", "boiled", "toasted"), "cooked"),
    **dict.fromkeys(("steaming", "boiling", "warm", "heated", "hotter", "warmer"), "hot"),
    **dict.fromkeys(("washed", "polished", "cleaner"), "clean"),
    **{"lit": "on", "frozen": "cold", "colder": "cold", "cooler": "cold", "fuller": "full", "emptier": "empty"},
}
"""What a value is too, so that "lit" is the "on" of the gold answers."""
NOT_A_STATE = ("location", "content", "existence")
_ANSWER = re.compile(r"^(.+?) of (.+?) was (.+?) before and (.+?) afterwards\.?$")
Gathered = dict[tuple[str, str], set[str]]


def _rows(part: str) -> list[Row]:
    reach = Row(f"{part}: gold in plain words", f"{part}.reach", n=f"{part}.attribute.gold")
    return [reach] + [
        Row(f"{part}: {label}, {measure}", f"{part}.{level}.{key}", None, baseline, count)
        for level, label in (("entity", "entity"), ("attribute", "entity + attribute"), ("value", "… + value"))
        for measure, key, baseline, count in (
            ("F1", "f1", f"{part}.of_names.{level}.f1", f"{part}.{level}.gold"),
            ("precision", "precision", f"{part}.of_names.{level}.precision", f"{part}.{level}.predicted"),
            ("recall", "recall", f"{part}.of_names.{level}.recall", f"{part}.{level}.gold"),
        )
    ]


ROWS = (*_rows("dev"), *_rows("held"))


def read_procedures(folder: Path) -> dict[str, list[tuple[str, list[str]]]]:
    """The steps of each procedure in order, each with its gold answers; a step without its own text is left out."""
    lines = (folder / "id_question_metadata.jsonl").read_text(encoding="utf-8").splitlines()
    asked = {row["id"]: row["question_metadata"].get("query") for row in map(json.loads, lines)}
    lines = (folder / "id_answers.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {row["id"]: row["answers"] for row in map(json.loads, lines)}
    procedures: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    steps = sorted((url, int(number), query) for i, query in asked.items() if query for url, number in [i.split("||")])
    for url, number, query in steps:
        procedures[url].append((query.strip(" #"), gold.get(f"{url}||{number}", [])))
    return dict(procedures)


def parsed(answer: str) -> Change | None:
    """A gold answer as a change, its attribute grouped; one of no group keeps its own name."""
    found = _ANSWER.match(answer.strip().lower())
    if not found:
        return None
    attribute, entity, _, after = found.groups()
    return Change(entity, GROUP_OF.get(attribute, attribute), after)


def gathered(found: list[Change]) -> Gathered:
    """The words of the after-values by (head noun, attribute)."""
    gathering: Gathered = defaultdict(set)
    for change in found:
        gathering[head(change.entity), change.attribute] |= value_words(change.after)
    return dict(gathering)


def value_words(text: str) -> set[str]:
    """The content words of a value, and what they are too: "chopped" is sliced; "on" alone stays "on"."""
    looks, words = lexicon().looks, text.lower().split()
    told = content_words(text) or set(words)
    told |= {looks[word] for word in words if word in looks}
    return told | {ALSO[word] for word in told if word in ALSO}


def matches(gold: Gathered, ours: Gathered) -> dict[str, int]:
    """How many are matched one to one at each level."""
    return {
        "entity": len({entity for entity, _ in gold} & {entity for entity, _ in ours}),
        "attribute": len(_paired(gold, ours, need_value=False)),
        "value": len(_paired(gold, ours, need_value=True)),
    }


def _paired(gold: Gathered, ours: Gathered, need_value: bool) -> dict[tuple[str, str], tuple[str, str]]:
    """Ours for each gold change that has one: first those of the same attribute, then any for a gold "state"."""
    pairs: dict[tuple[str, str], tuple[str, str]] = {}
    for exactly in (True, False):
        for key in gold:
            for other in ours:
                fits = key == other if exactly else key[1] == "state" and other[1] not in NOT_A_STATE
                if key[0] != other[0] or not fits or key in pairs or other in pairs.values():
                    continue
                if not need_value or gold[key] & ours[other]:
                    pairs[key] = other
    return pairs


def sizes(changes_: Gathered) -> dict[str, int]:
    """How many there are to match at each level."""
    return {"entity": len({entity for entity, _ in changes_}), "attribute": len(changes_), "value": len(changes_)}


def named(step: str) -> list[Change]:
    """The baseline: whatever a step names is now at the last thing that it names."""
    names = [row.partition(" ")[2] for row in rows_in(step)]
    return [Change(name, "location", names[-1]) for name in names]


def scores(steps: list[tuple[Gathered, Gathered]]) -> dict[str, Any]:
    """Precision, recall and F1 of each level, summed over steps of (gold, ours)."""
    totals = {level: [0, 0, 0] for level in LEVELS}
    for gold, ours in steps:
        found, there, told_ = matches(gold, ours), sizes(gold), sizes(ours)
        for level, total in totals.items():
            total[0], total[1], total[2] = total[0] + found[level], total[1] + told_[level], total[2] + there[level]
    return {
        level: {**precision_recall(*total), "predicted": total[1], "gold": total[2]} for level, total in totals.items()
    }


def measure(data: Path, door: Door, limit: int | None = None) -> dict[str, Any]:
    """The scores of both splits. No model takes part: the tracker has no question that one could be asked."""
    figures: dict[str, Any] = {"misses": []}
    for name, folder in SPLITS.items():
        if not (data / "openpi" / folder).is_dir():
            continue
        ours, plain, reach = [], [], []
        for title, steps in evenly(list(read_procedures(data / "openpi" / folder).items()), limit):
            worlds = told([step for step, _ in steps])
            for number, ((step, answers), (before, after)) in enumerate(zip(steps, worlds, strict=True), 1):
                gold = gathered([change for answer in answers if (change := parsed(answer))])
                ours.append((gold, gathered(changes(before, after))))
                plain.append((gold, gathered(named(step))))
                reach += [attribute in ATTRIBUTES and text_names(step, entity) for entity, attribute in gold]
                if name == "dev":
                    figures["misses"] += misses(f"{title.rpartition('/')[2]}, step {number}", step, *ours[-1])
        figures[name] = {**scores(ours), "of_names": scores(plain), "reach": share(reach), "steps": len(ours)}
    return figures


def misses(where: str, step: str, gold: Gathered, ours: Gathered) -> list[Miss]:
    """Gold changes that we do not find, by attribute and what stood in the way, and ours that are not gold."""
    pairs, valued = _paired(gold, ours, need_value=False), _paired(gold, ours, need_value=True)
    entities = {entity for entity, _ in ours}
    found = []
    for key, after in gold.items():
        entity, attribute = key
        case = f"{attribute} of {entity} → {' '.join(sorted(after))}: {step}"
        if key in valued:
            continue
        if key in pairs:
            told_ = " ".join(sorted(ours[pairs[key]]))
            found.append(Miss(f"wrong value of {attribute}", where, f"ours {told_}; {case}"))
        elif attribute not in ATTRIBUTES:
            found.append(Miss(f"missed, the tracker has no “{attribute}”", where, case))
        elif entity in entities:
            found.append(Miss(f"missed {attribute}, another change of the entity is told", where, case))
        elif not text_names(step, entity):
            found.append(Miss(f"missed {attribute}, entity not named in the step", where, case))
        else:
            known = "known" if rows_of(entity) else "not known"
            found.append(Miss(f"missed {attribute}, entity named and {known}, no change told", where, case))
    for entity, attribute in ours:
        if (entity, attribute) not in pairs.values():
            there = "has other gold changes" if any(entity == other for other, _ in gold) else "has no gold change"
            value = " ".join(sorted(ours[entity, attribute]))
            kind = f"ours {attribute} is not gold, entity {there}"
            found.append(Miss(kind, where, f"{attribute} of {entity} → {value}: {step}"))
    return found
