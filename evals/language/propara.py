"""Creations, destructions and moves in paragraphs about processes: ProPara (arXiv 1805.06975), development grids.

A grid has a row a participant and a column before the first and after each sentence: a place, "-" where it does not
exist, "?" where it does at a place unknown. Gold changes of a sentence are read off two neighbouring columns: "-" to
anything is a creation, anything to "-" a destruction, another place (or "?") a move. Ours are read off the embedded
tracker's world in the same way. A participant ("sound ; sound waves" has two names) is the latest thing called by the
head noun of one of its names, or of the same noun, at the name of what that is in or on; else the substance of its
name, at the name of the latest vessel with it; else it is not there. Then

- there and then no more is a destruction; there at another place is a move;
- not there and then there is a creation if the same sentence used up something, else a move if it is in or on
  something, else no change: things are in the tracker's world from the first time that they are spoken of.

Precision, recall and F1 over (paragraph, participant, sentence, kind). Baseline: whatever a sentence names moves.
The tracker reads instructions; these are statements about nature, so this shows how far it is from reading those.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from agents.llm import Door
from evals.language.figures import Miss, Row, evenly, precision_recall
from evals.language.names import head, plain_words, same
from evals.language.tracker import Things, place_name, told

FILE = "propara/grids.v1.dev.json"
KINDS = ("create", "destroy", "move")
ROWS = (
    Row("changes, F1", "all.f1", None, "of_names.f1", "all.gold"),
    Row("changes, precision", "all.precision", None, "of_names.precision", "all.predicted"),
    Row("changes, recall", "all.recall", None, "of_names.recall", "all.gold"),
    *(Row(f"{kind}, F1", f"{kind}.f1", n=f"{kind}.gold") for kind in KINDS),
)


class Event(NamedTuple):
    """A participant's change in a sentence (from 1)."""

    participant: str
    sentence: int
    kind: str


def gold_events(participant: str, states: list[str]) -> list[Event]:
    """The changes in a row of the grid."""
    pairs = enumerate(zip(states, states[1:], strict=False), 1)
    return [Event(participant, number, kind) for number, (a, b) in pairs if (kind := kind_of(a, b))]


def kind_of(before: str, after: str) -> str | None:
    """The kind of change between two states of a grid."""
    if before == after:
        return None
    return "create" if before == "-" else "destroy" if after == "-" else "move"


def place_of(things: Things, names: list[str]) -> str | None:
    """Where a participant is in the tracker's world; None if it is not there."""
    latest = list(reversed(things.values()))
    for thing in latest:
        if any(same(name, thing.name) for name in names):
            return place_name(things, thing)
    for thing in latest:
        if thing.content and any(same(name, thing.content) for name in names):
            return thing.name
    return None


def our_events(participant: str, worlds: list[tuple[Things, Things]]) -> list[Event]:
    """The changes of a participant in the tracker's worlds before and after each sentence."""
    names = [name.strip() for name in participant.split(";")]
    events = []
    for number, (before, after) in enumerate(worlds, 1):
        a, b = place_of(before, names), place_of(after, names)
        used_up = any(identity not in after for identity in before)
        if a == b:
            continue
        if a is None:
            kind = "create" if used_up else "move" if b != "table" else None
        else:
            kind = "destroy" if b is None else "move"
        if kind:
            events.append(Event(participant, number, kind))
    return events


def named_events(participant: str, sentences: list[str]) -> list[Event]:
    """The baseline: a participant moves in each sentence that has the head noun of one of its names."""
    heads = {head(name) for name in participant.split(";")}
    return [Event(participant, i, "move") for i, text in enumerate(sentences, 1) if heads & set(plain_words(text))]


def measure(data: Path, door: Door, limit: int | None = None) -> dict[str, Any]:
    """Precision, recall and F1, of all changes and by kind. No model takes part."""
    lines = (data / FILE).read_text(encoding="utf-8").splitlines()
    rows = evenly([json.loads(line) for line in lines if line.strip()], limit)
    gold: list[Event] = []
    ours: list[Event] = []
    plain: list[Event] = []
    misses: list[Miss] = []
    for row in rows:
        sentences = row["sentence_texts"]
        worlds = told(sentences)
        for participant, states in zip(row["participants"], row["states"], strict=True):
            name = f"{row['para_id']}: {participant}"
            expected, found = gold_events(participant, states), our_events(participant, worlds)
            gold += [event._replace(participant=name) for event in expected]
            ours += [event._replace(participant=name) for event in found]
            plain += [event._replace(participant=name) for event in named_events(participant, sentences)]
            misses += [_miss("missed", row, event) for event in expected if event not in found]
            misses += [_miss("ours is not gold:", row, event) for event in found if event not in expected]
    return {
        "paragraphs": len(rows),
        "all": compared(gold, ours),
        "of_names": compared(gold, plain),
        **{kind: compared([e for e in gold if e.kind == kind], [e for e in ours if e.kind == kind]) for kind in KINDS},
        "misses": misses,
    }


def compared(gold: list[Event], ours: list[Event]) -> dict[str, Any]:
    """Precision, recall and F1 of events."""
    found = (Counter(gold) & Counter(ours)).total()
    return {**precision_recall(found, len(ours), len(gold)), "predicted": len(ours), "gold": len(gold)}


def _miss(verdict: str, row: dict[str, Any], event: Event) -> Miss:
    text = row["sentence_texts"][event.sentence - 1]
    spoken = any(word in plain_words(text) for word in (head(name) for name in event.participant.split(";")))
    kind = f"{verdict} {event.kind}, participant {'named' if spoken else 'not named'} in the sentence"
    return Miss(kind, f"paragraph {row['para_id']}, sentence {event.sentence}", f"{event.participant}: {text}")
