"""A how-to told again, step by step: what was done, in its own words, and how things look after it."""
