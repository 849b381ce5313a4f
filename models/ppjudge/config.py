"""The sizes of PPJudge: the paper's, the embedded one, and the rows of its ablations.

The paper (arXiv 2507.09242) gives 8 blocks, width 512, 2 shared and 30 routed experts of depths 1 to 5, four of them a
token, 17.21 M parameters. It gives neither patch size, heads, inner width of the experts nor β and γ: these are
inferred here. Experts as wide as the tokens would have 126 M parameters, so they must be bottlenecks; a hundred patches
a frame are what makes ten frames several times faster than CLIP ViT-B/16 on each; β leaves half a cell between frames.
"""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

ATTRIBUTES = (
    "consistency",
    "style stability",
    "colour stability",
    "composition stability",
    "process stability",
    "detail depth",
    "colour depth",
    "composition depth",
)
"""In PPAD's order; each is marked from 1 to 10."""
FELT = ("wrong order", "regression", "overpainting", "layout jump", "hue jump", "style jump", "foreign frame")
"""The defects of synthetic processes."""
GAINED = ("detail", "colour", "composition")
FACTORS = (*FELT, *GAINED, "nearness")
"""What the marks of synthetic processes are made of: how much of each defect is felt, what was gained, how near it is.

Taught beside the marks, as long as they are known: a mark says only what they come to."""
LOWEST, HIGHEST = 1.0, 10.0
WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True)
class JudgeConfig:
    """What a PPJudge is built from.

    Attributes:
        size: side in pixels at which frames are looked at.
        patch: side of a cell in pixels, a multiple of 8.
        slots: most frames of a process; it is T of Eq. 2, fixed, so that cached keys stay true as frames come.
        bottleneck: inner width of an expert.
        shared: experts that every token goes through, one layer deep.
        depths: inner layers of each routed expert, growing.
        top: routed experts of a token.
        reference_width: length of the vectors that a reference is given as.
        reference_tokens: how many such vectors; a square where there is an image tower.
        style_width: length of the vectors of styles.
        beta, gamma: of the angular correction, Eq. 2; beta 0 is plain rotary embedding.
        differences: whether a frame's cells are told what has changed since the frame before, and how much.
        compared: whether they are told how far the frame is from a reference image, where there is one.
        image_tower: whether reference images are embedded by a small network trained with the judge, not by CLIP.
    """

    size: int = 240
    patch: int = 24
    slots: int = 11
    width: int = 512
    blocks: int = 8
    heads: int = 8
    bottleneck: int = 27
    shared: int = 2
    depths: tuple[int, ...] = (1,) * 16 + (2,) * 6 + (3,) * 4 + (4,) * 2 + (5,) * 2
    top: int = 4
    reference_width: int = 512
    reference_tokens: int = 1
    style_width: int = 512
    beta: float = 99.5 * 11
    gamma: float = 1.0
    differences: bool = False
    compared: bool = False
    image_tower: bool = False

    def __post_init__(self) -> None:
        if self.size % self.patch or self.patch % 8:
            raise ValueError(f"patches of {self.patch} pixels do not fill {self.size}, or are no multiple of 8")
        if self.width % (2 * self.heads) or list(self.depths) != sorted(self.depths):
            raise ValueError(f"width {self.width} needs {self.heads} even heads, and depths must grow: {self.depths}")

    @property
    def cells(self) -> int:
        """Tokens of a frame."""
        return (self.size // self.patch) ** 2

    def save(self, folder: Path) -> None:
        """Writes `config.json`."""
        (folder / "config.json").write_text(json.dumps(asdict(self), indent=1) + "\n")

    @classmethod
    def load(cls, folder: Path) -> "JudgeConfig":
        """Reads `config.json`."""
        fields = json.loads((folder / "config.json").read_text())
        return cls(**fields | {"depths": tuple(fields["depths"])})


PAPER = JudgeConfig()
"""The paper's size, with CLIP ViT-B/16's 512 numbers as reference."""
EMBEDDED = JudgeConfig(
    size=128,
    patch=32,
    width=256,
    blocks=6,
    bottleneck=24,
    reference_width=256,
    reference_tokens=16,
    style_width=256,
    differences=True,
    compared=True,
    beta=15.5 * 11,
    image_tower=True,
)
"""What two cores can train in an hour or two; references by the embedded generator's text encoder."""
SIZES = {"paper": PAPER, "embedded": EMBEDDED}


def ablations(config: JudgeConfig) -> dict[str, JudgeConfig]:
    """The networks of Tables 3 to 5 by name; "no style loss" is a matter of training, and "full" its other rows'."""

    def counts(shared: int, top: int) -> JudgeConfig:
        return replace(config, shared=shared, top=top, depths=(1,) * (2 - shared) + config.depths[max(0, shared - 2) :])

    experts = len(config.depths)
    return {
        "full": config,
        "no angular correction": replace(config, beta=0.0),
        "fixed depth": replace(config, depths=(1,) * experts),
        "depths A2": replace(config, depths=(2,) * experts),
        "depths A3": replace(config, depths=tuple(sorted(1 + index % 5 for index in range(experts)))),
        **{f"experts {shared}+{top}": counts(shared, top) for shared, top in ((1, 2), (2, 2), (2, 6), (4, 4))},
    }
