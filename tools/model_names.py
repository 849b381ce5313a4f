"""What a model's name means: a folder, of the checkout or any other, or a hub id."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def place_of(name: str) -> str:
    """A folder of the checkout by its relative path; anything else as it is."""
    return str(ROOT / name) if (ROOT / name).is_dir() else name


def revision_of(name: str) -> str:
    """What tells one set of weights from another: the hash of local files, or the commit of a hub model."""
    folder = Path(place_of(name))
    if not folder.is_dir():
        from huggingface_hub import try_to_load_from_cache

        cached = (try_to_load_from_cache(name, file) for file in ("model_index.json", "config.json"))
        return next((Path(found).parent.name for found in cached if isinstance(found, str)), "unknown")
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".safetensors", ".json", ".txt")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def remedy(offline: bool) -> str:
    """What to do where a model is not found."""
    if offline:
        return "leave out --offline or run `python -m tools.model_hub prefetch PROFILE`"
    return "check the id and the network"
