"""How much of what people draw is in the one vocabulary: GPT-4's object mentions on the goals of arXiv 2406.04337.

A mention is covered as a whole phrase, else by its last word (singular or plural), else by the nearest rule of
`Vocabulary.nearest_noun` (another known word, or a close spelling), else not at all. Counted per mention, so that what
is drawn often counts often.
"""

from collections import Counter
from pathlib import Path
from typing import Any

from agents.embedded.library import how_tos
from agents.embedded.reading.lexicon import lexicon
from agents.llm import Door
from evals.language.figures import Miss, Row, evenly
from evals.language.goals import FILE, read_goals
from evals.language.names import plain_words
from tools.vocabulary import vocabulary

GOAL = 0.85
ROWS = (
    Row("covered: phrase or last word", "covered", GOAL, None, "mentions"),
    Row("… as a whole phrase", "whole", n="mentions"),
    Row("… by the last word", "last", n="mentions"),
    Row("by the nearest rule only", "nearest", n="mentions", lower=True),
    Row("not at all", "none", n="mentions", lower=True),
    Row("different names covered", "covered_names", n="names"),
    Row("how-tos in the library", "how_tos"),
    Row("verbs", "verbs"),
    Row("nouns", "nouns"),
    Row("substances", "substances"),
)


def coverage(name: str) -> str:
    """How a name is covered: "whole", "last", "nearest" or "none"."""
    words = vocabulary()
    plain = plain_words(name) or [name]
    last = name.split()[-1]
    for rule, forms in (("whole", (name, " ".join(plain))), ("last", (last, plain[-1]))):
        if any(words.find_noun(form) or words.find_substance(form) for form in forms):
            return rule
    return "none" if words.nearest_noun(name)[1].startswith("no known word") else "nearest"


def measure(data: Path, door: Door, limit: int | None = None) -> dict[str, Any]:
    """Shares of mentions by rule, and the sizes of the tables. No model takes part."""
    goals = evenly(read_goals(data / FILE), limit)
    mentions = [
        (item.name, f"{goal.title}, step {number}")
        for goal in goals
        for number, objects in enumerate(goal.objects, 1)
        for item in objects
    ]
    rules = {name: coverage(name) for name, _ in mentions}
    counts = Counter(rules[name] for name, _ in mentions)
    total = len(mentions) or 1
    uncovered = [(name, where) for name, where in mentions if rules[name] in ("nearest", "none")]
    unknown = Counter(plain_words(name)[-1] for name, _ in uncovered)
    words = vocabulary()
    return {
        "mentions": len(mentions),
        "covered": (counts["whole"] + counts["last"]) / total,
        **{rule: counts[rule] / total for rule in ("whole", "last", "nearest", "none")},
        "names": len(rules),
        "covered_names": sum(rule in ("whole", "last") for rule in rules.values()) / (len(rules) or 1),
        "uncovered_words": dict(unknown.most_common(40)),
        "note": "not covered: " + ", ".join(f"{word} {count}" for word, count in unknown.most_common(20)),
        "how_tos": len(how_tos()),
        "verbs": len(lexicon().verbs),
        "nouns": len(words.nouns),
        "substances": len(words.substances),
        "misses": [Miss(f"“{plain_words(name)[-1]}” is not known", where, repr(name)) for name, where in uncovered],
    }
