"""What the machine does: one file a tool. `canvas`, `scene`, `vocabulary` and `artifacts` are the data types below."""
