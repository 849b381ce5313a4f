"""State machines: wiring only. Importing this package puts the checkout first, so that its folders are found."""

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Other distributions install top-level packages of the same names (openai-agents: `agents`), and `langgraph dev`
# appends the checkout to the path instead of putting it first.
sys.path[:] = [str(ROOT), *(entry for entry in sys.path if entry != str(ROOT))]
for _name in ("agents", "tools", "models", "prompts", "evals"):
    _spec = importlib.util.find_spec(_name)
    _places = [Path(place).resolve() for place in (_spec.submodule_search_locations or [])] if _spec else []
    if ROOT / _name not in _places[:1]:
        raise ImportError(f"the package {_name!r} is shadowed by {_places or 'nothing'}: start Python in {ROOT}")
