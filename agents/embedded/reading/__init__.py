"""Plain English read by rule: words, noun phrases, verbs and clauses, over the tables of `lexicon.toml`."""
