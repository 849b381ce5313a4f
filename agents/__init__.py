"""The roles a language model plays, one file each; `llm` is the one door, `embedded` answers when there is no model."""
