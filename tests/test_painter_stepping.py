"""A language model taken token by token says what the library's decoder says of the whole row."""

import pytest
import torch
from transformers import DynamicCache, OPTConfig, OPTForCausalLM

from models.painter import stepping
from models.painter.sight import Sight
from models.painter.stepping import Steps


def tiny_opt(before: bool, projected: int) -> OPTForCausalLM:
    """125 M, 1.3 B and larger have their norms before; 350 M has them after, and narrower embeddings."""
    torch.manual_seed(0)
    config = OPTConfig(
        vocab_size=11, hidden_size=16, word_embed_proj_dim=projected, ffn_dim=32, num_hidden_layers=3,
        num_attention_heads=2, max_position_embeddings=40, dropout=0.0, init_std=0.5, do_layer_norm_before=before,
    )  # fmt: skip
    return OPTForCausalLM(config).eval()


@torch.inference_mode()
@pytest.mark.parametrize(("before", "projected"), [(True, 16), (False, 8), (True, 8)])
@pytest.mark.parametrize("pads", [[0], [0, 0], [0, 2, 4]])
def test_steps_are_the_decoder_on_the_whole_row(before, projected, pads, monkeypatch):
    monkeypatch.setattr(stepping, "ROOM", 4)  # several times more than fits
    lm, prompt, count = tiny_opt(before, projected), 5, 17
    embedded = torch.randn(len(pads), prompt + count, projected)
    mask = torch.ones(len(pads), prompt + count, dtype=torch.long)
    for row, pad in enumerate(pads):
        mask[row, :pad] = 0
    wanted = lm.model.decoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state[:, prompt:]
    cache = DynamicCache(config=lm.config)
    lm.model.decoder(
        inputs_embeds=embedded[:, :prompt], attention_mask=mask[:, :prompt], past_key_values=cache, use_cache=True
    )
    steps = Steps(lm, cache, mask[:, :prompt])
    nothing = Sight([], [], torch.zeros(len(pads), 1, 1, 1), 1, torch.full((len(pads), 1), -1))
    found = torch.cat([steps.hidden(embedded[:, [place]], nothing) for place in range(prompt, prompt + count)], 1)
    assert torch.allclose(found, wanted, atol=1e-5)
    assert cache.get_seq_length() == prompt  # what was read is not touched
