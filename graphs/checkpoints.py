"""Checkpoints of a run on disk: SQLite, compressed, for the state says the same of every step again and again."""

import sqlite3
import zlib
from typing import Any

from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite import SqliteSaver

PACKED = "+zlib"


class CompressedSerializer(JsonPlusSerializer):
    """LangGraph's own serializer with zlib around it; what was written without is read too."""

    def dumps_typed(self, obj: Any) -> tuple[str, bytes]:
        """An object as its type and bytes."""
        kind, data = super().dumps_typed(obj)
        return kind + PACKED, zlib.compress(data)

    def loads_typed(self, data: tuple[str, bytes]) -> Any:
        """The object of a type and bytes."""
        kind, packed = data
        if kind.endswith(PACKED):
            return super().loads_typed((kind.removesuffix(PACKED), zlib.decompress(packed)))
        return super().loads_typed(data)


def saver(connection: sqlite3.Connection) -> SqliteSaver:
    """The checkpointer of a run's database. Its rows are small, and so are its pages."""
    connection.execute("pragma page_size = 1024")
    return SqliteSaver(connection, serde=CompressedSerializer())
