"""Prompts and strokes as one stream of token ids, for the embedded tokenizer and for OPT's own.

The embedded tokenizer knows the words of the prompts whole and spells any other word by its characters. OPT's keeps its
ids and gets the words of strokes behind them (its embeddings grow). In both a stroke word is one token.
"""

import json
from pathlib import Path
from typing import cast
from urllib.parse import unquote

import numpy as np
from tokenizers import Regex, Tokenizer, decoders, normalizers
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import WhitespaceSplit
from transformers import AutoTokenizer, PreTrainedTokenizerFast

from models.painter.language import STEP, STROKE_WORDS, label_word
from models.painter.tasks import NUMBERS

PAD, UNKNOWN, BEGIN, END = "<pad>", "<unk>", "<begin>", "<end>"
IMAGE, ANSWER, OBJECT = "<image>", "<answer>", "<object>"
"""Placeholder of a canvas; what follows is the answer; a name follows, then its strokes."""
ADDED = [IMAGE, ANSWER, OBJECT, END, *STROKE_WORDS, *NUMBERS]
"""What a language model's own tokenizer lacks."""
OTHER, COLUMN, ROW, NEAR, FAR = range(5)
"""Kinds of tokens: words, the two of a start, the two of a move."""


def build_tokenizer(words: list[str]) -> PreTrainedTokenizerFast:
    """A tokenizer that knows the words whole, in lower case, and spells the others by letters and digits."""
    letters = [chr(code) for code in range(33, 127) if chr(code) not in "[]"]
    rest = [*words, *letters, *(f"##{letter}" for letter in letters)]
    known = dict.fromkeys([PAD, UNKNOWN, BEGIN, *ADDED, *rest])
    model = WordPiece(vocab={word: index for index, word in enumerate(known)}, unk_token=UNKNOWN)
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKD(),
            normalizers.StripAccents(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(r"[.,:;!?\"()\[\]]"), " "),
        ]
    )
    tokenizer.pre_tokenizer = WhitespaceSplit()
    tokenizer.decoder = decoders.WordPiece(cleanup=False)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token=PAD, unk_token=UNKNOWN, bos_token=BEGIN, eos_token=END
    )


def extended(tokenizer: PreTrainedTokenizerFast, words: list[str]) -> PreTrainedTokenizerFast:
    """The tokenizer of `build_tokenizer` with further words that it knows whole, their ids behind all others."""
    described = json.loads(tokenizer.backend_tokenizer.to_str())
    known = described["model"]["vocab"]
    new = [word for word in words if word not in known]
    known |= {word: len(tokenizer) + place for place, word in enumerate(new)}
    return PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer.from_str(json.dumps(described)),
        pad_token=PAD,
        unk_token=UNKNOWN,
        bos_token=BEGIN,
        eos_token=END,
    )


class PainterTokens:
    """Ids of prompts and strokes.

    Attributes:
        kinds: (V,) COLUMN, ROW, NEAR, FAR or OTHER.
        cells: (V,) the cell of a start's token.
        steps: (V, 2) the cells that a move's token goes right and down.
    """

    def __init__(self, tokenizer: PreTrainedTokenizerFast):
        tokenizer.add_tokens([word for word in ADDED if word not in tokenizer.get_vocab()])
        self.tokenizer = tokenizer
        self.size = len(tokenizer)
        known = tokenizer.get_vocab()
        self.id_of = {word: known[word] for word in ADDED}
        self.begin, self.pad = int(tokenizer.bos_token_id), int(tokenizer.pad_token_id)
        self.end, self.image, self.answer, self.object = (self.id_of[word] for word in (END, IMAGE, ANSWER, OBJECT))
        self._words = {self.id_of[word]: word for word in (*STROKE_WORDS, *NUMBERS)}
        self.numbers = [self.id_of[number] for number in NUMBERS]
        self.kinds = np.zeros(self.size, int)
        self.cells = np.zeros(self.size, int)
        self.steps = np.zeros((self.size, 2), int)
        for word in STROKE_WORDS:
            self._describe(self.id_of[word], word)

    def _describe(self, index: int, word: str) -> None:
        self.kinds[index] = {"x": COLUMN, "y": ROW, "d": NEAR, "f": FAR}[word[0]]
        if word[0] in "xy":
            self.cells[index] = int(word[1:])
        else:
            split = max(word.rfind("+"), word.rfind("-"))
            self.steps[index] = np.array([int(word[1:split]), int(word[split:])]) * (STEP if word[0] == "f" else 1)

    @classmethod
    def from_pretrained(cls, name: str | Path, local_files_only: bool = False) -> "PainterTokens":
        """The tokenizer of a folder or a hub id."""
        tokenizer = AutoTokenizer.from_pretrained(name, local_files_only=local_files_only)
        return cls(cast(PreTrainedTokenizerFast, tokenizer))

    def save_pretrained(self, folder: Path) -> None:
        """Writes the tokenizer where `from_pretrained` finds it."""
        self.tokenizer.save_pretrained(folder)

    def encode(self, text: str) -> list[int]:
        """The ids of words, stroke words, `[labels]` and the marks above, in any order; no begin or end is added."""
        ids: list[int] = []
        run: list[str] = []
        for word in [*text.split(), None]:
            special = word is None or word in self.id_of or word.startswith("[")
            if not special and word is not None:
                run.append(word)
                continue
            ids += self._spelled(" ".join(run))
            run = []
            if word is not None:
                ids += [self.id_of[word]] if word in self.id_of else [self.object, *self._spelled(_name(word))]
        return ids

    def _spelled(self, text: str) -> list[int]:
        return self.tokenizer.encode(f" {text}", add_special_tokens=False) if text else []

    def words(self, ids: list[int]) -> list[str]:
        """The words of an answer: stroke words and numbers as they are, names as `[labels]`, up to the first end."""
        words: list[str] = []
        name: list[int] | None = None
        for index in ids:
            if name is not None and (index in self._words or index in (self.end, self.object)):
                words.append(label_word(self.text(name)))
                name = None
            if index == self.end:
                break
            if index == self.object:
                name = []
            elif index in self._words:
                words.append(self._words[index])
            elif name is not None and index != self.image:
                name.append(index)
        return words

    def text(self, ids: list[int]) -> str:
        """Plain words."""
        return str(self.tokenizer.decode(ids)).strip()


def _name(word: str) -> str:
    return unquote(word.strip("[]"))
