"""The artefact store: bytes by the hash of their content. The graph's state holds references, never pixels."""

import hashlib
import io
import json
import os
import tempfile
from pathlib import Path
from typing import Any, TypeVar

from PIL import Image
from pydantic import BaseModel


class Ref(BaseModel, frozen=True):
    """A reference to stored bytes."""

    sha256: str
    media_type: str
    size: int


Model = TypeVar("Model", bound=BaseModel)


class CorruptArtifact(Exception):
    """Stored bytes are missing, or are not what their name says."""


class ArtifactStore:
    """A folder of files named by their SHA-256. Writes are atomic, reads are verified."""

    def __init__(self, root: Path):
        self.root = Path(root)

    def put(self, data: bytes, media_type: str) -> Ref:
        """Stores bytes; the same bytes twice are one file, and a damaged one is mended.

        Raises:
            OSError: if the folder cannot be written.
        """
        digest = hashlib.sha256(data).hexdigest()
        path = self._path(digest)
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(temporary, path)
        return Ref(sha256=digest, media_type=media_type, size=len(data))

    def get(self, ref: Ref) -> bytes:
        """The bytes of a reference.

        Raises:
            CorruptArtifact: if they are missing or have changed.
        """
        try:
            data = self._path(ref.sha256).read_bytes()
        except OSError:
            raise CorruptArtifact(
                f"artefact {ref.sha256[:12]} is missing from {self.root}: start the run again"
            ) from None
        if hashlib.sha256(data).hexdigest() != ref.sha256:
            raise CorruptArtifact(f"artefact {self._path(ref.sha256)} is corrupt: start the run again")
        return data

    def put_image(self, image: Image.Image) -> Ref:
        """Stores a picture as PNG."""
        buffer = io.BytesIO()
        image.save(buffer, "PNG")
        return self.put(buffer.getvalue(), "image/png")

    def get_image(self, ref: Ref) -> Image.Image:
        """The picture of a reference, as RGB."""
        return Image.open(io.BytesIO(self.get(ref))).convert("RGB")

    def put_model(self, value: BaseModel) -> Ref:
        """Stores a pydantic value as JSON."""
        return self.put(value.model_dump_json().encode(), "application/json")

    def get_model(self, ref: Ref, kind: type[Model]) -> Model:
        """The pydantic value of a reference."""
        return kind.model_validate_json(self.get(ref))

    def put_json(self, value: dict[str, Any]) -> Ref:
        """Stores plain values as JSON."""
        return self.put(json.dumps(value, ensure_ascii=False).encode(), "application/json")

    def get_json(self, ref: Ref) -> dict[str, Any]:
        """The plain values of a reference."""
        value: dict[str, Any] = json.loads(self.get(ref))
        return value

    def _path(self, digest: str) -> Path:
        return self.root / digest[:2] / digest
