"""Checkpoints of a run on disk: SQLite, compressed, for the state says the same of every step again and again."""

import sqlite3
import zlib
from typing import Any

from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite import SqliteSaver

PACKED = "+zlib"
WORDS = (
    b"__pregel_tasks branch:to:inspect branch:to:sketch __start__ channel_values channel_versions versions_seen"
    b" updated_channels task attributes timeline reason trajectory manifest negative_prompt recaption similarity masks"
    b" masks_from sharing stages check_plan check_picture critic max_rounds best_of max_tokens max_cost offline library"
    b" prompt_form segmenter control pipeline profile embedded judge painter strokes outlines seed settings costs roles"
    b" seconds denoising_steps findings scores notes captions instructions side plan picture message severity box"
    b" refine similar_to objects relations attributes states count colour noun ground substitutions spans number"
    b" instruction action state prompt caption scene steps others shared frames step round stage kind sketch image"
    b" sha256 media_type image/png application/json size ins draw des source diffusion kept mark"
)
"""What small objects are compressed against, as zlib's preset dictionary. Never change it: old runs are read by it."""


class CompressedSerializer(JsonPlusSerializer):
    """LangGraph's own serializer with zlib around it; what was written without either is read too."""

    def dumps_typed(self, obj: Any) -> tuple[str, bytes]:
        """An object as its type and bytes."""
        kind, data = super().dumps_typed(obj)
        packer = zlib.compressobj(9, zdict=WORDS)
        return kind + PACKED, packer.compress(data) + packer.flush()

    def loads_typed(self, data: tuple[str, bytes]) -> Any:
        """The object of a type and bytes."""
        kind, packed = data
        if kind.endswith(PACKED):
            return super().loads_typed((kind.removesuffix(PACKED), zlib.decompressobj(zdict=WORDS).decompress(packed)))
        return super().loads_typed(data)


def saver(connection: sqlite3.Connection) -> SqliteSaver:
    """The checkpointer of a run's database. Its rows are small, and so are its pages."""
    connection.execute("pragma page_size = 1024")
    return SqliteSaver(connection, serde=CompressedSerializer())
