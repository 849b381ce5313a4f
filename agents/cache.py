"""Answers that fitted, kept in files: a run that is started or resumed asks no question twice."""

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any


def key_of(**request: Any) -> str:
    """What names a request: the SHA-256 of all that is in it."""
    return hashlib.sha256(json.dumps(request, sort_keys=True).encode()).hexdigest()


class AnswerCache:
    """A folder of answers by the key of their request. What cannot be read is not there, and writes are atomic."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> str | None:
        """The text of an answer, if it is there."""
        try:
            kept = json.loads(self._path(key).read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        text = kept.get("answer") if isinstance(kept, dict) else None
        return text if isinstance(text, str) else None

    def put(self, key: str, text: str) -> None:
        """Keeps an answer, if the disk lets it: a run that cannot keep its answers goes on all the same."""
        path = self._path(key)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump({"answer": text}, file)
                os.replace(temporary, path)
            except OSError:
                os.unlink(temporary)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"
