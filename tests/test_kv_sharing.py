import pytest
import torch
import torch.nn.functional as F
from diffusers import UNet2DConditionModel
from diffusers.models.attention_processor import AttnProcessor2_0
from hypothesis import given
from hypothesis import strategies as st

from models.kv_sharing.attention import shared_attention
from models.kv_sharing.context import AttentionContext, BoundWords, Sharing, WordMaps, layout_bias
from models.kv_sharing.unet import UNetSharingProcessor


def dense_reference(query, key, value, similarity, masks, branches):
    """softmax(Q_i [K_1 … K_N]ᵀ/√d + log W_i + log M) [V_1 … V_N] in fp32, all keys kept, −inf where dropped."""
    pictures, length = len(similarity), query.shape[2]
    out = torch.empty_like(query)
    for row in range(len(query)):
        first, i = row - row % pictures, row % pictures
        weight = similarity[i].clone()
        weight[i] = 1
        visible = weight[:, None].expand(-1, length).clone()
        if masks is not None:
            other = F.adaptive_avg_pool2d(masks[i][:, None], (int(length**0.5),) * 2).flatten(1)
            other[i] = 1
            visible = visible * other
        keys = key[first : first + pictures].transpose(0, 1).flatten(1, 2)
        values = value[first : first + pictures].transpose(0, 1).flatten(1, 2)
        logits = query[row] @ keys.transpose(-1, -2) / query.shape[-1] ** 0.5
        visible = torch.where(visible > 1e-4, visible, 0.0)
        out[row] = (logits + visible.flatten().log()).softmax(-1) @ values
    return out


def random_heads(pictures, branches, length=16, seed=0):
    generator = torch.Generator().manual_seed(seed)
    return [torch.randn(pictures * branches, 2, length, 8, generator=generator) for _ in range(3)]


@given(st.integers(2, 5), st.integers(1, 2), st.integers(0, 10**6), st.booleans())
def test_any_similarity_and_masks_equal_the_dense_reference(pictures, branches, seed, masked):
    generator = torch.Generator().manual_seed(seed)
    similarity = torch.rand(pictures, pictures, generator=generator)
    similarity[torch.rand(pictures, pictures, generator=generator) < 0.3] = 0
    masks = (torch.rand(pictures, pictures, 4, 4, generator=generator) < 0.5).float() if masked else None
    query, key, value = random_heads(pictures, branches, seed=seed)
    plan = Sharing(similarity, masks).plan(16)
    expected = dense_reference(query, key, value, similarity, masks, branches)
    if plan is None:
        ours = F.scaled_dot_product_attention(query, key, value)
    else:
        ours = shared_attention(query, key, value, plan)
    assert (ours - expected).abs().max() <= 1e-5


def test_similarity_one_without_masks_is_plain_extended_attention():
    query, key, value = random_heads(3, 1)
    together = [states.transpose(0, 1).flatten(1, 2)[None].expand(3, -1, -1, -1) for states in (key, value)]
    expected = F.scaled_dot_product_attention(query, *together)
    ours = shared_attention(query, key, value, Sharing(torch.ones(3, 3)).plan(16))
    assert (ours - expected).abs().max() <= 1e-5


def test_a_masked_key_has_no_gradient_into_the_output():
    query, key, value = random_heads(2, 1)
    masks = torch.ones(2, 2, 4, 4)
    masks[0, 1, 2:] = 0
    key.requires_grad_()
    value.requires_grad_()
    plan = Sharing(torch.ones(2, 2), masks).plan(16)
    shared_attention(query, key, value, plan)[0].square().sum().backward()
    assert key.grad[1, :, 8:].abs().max() == 0 and value.grad[1, :, 8:].abs().max() == 0
    assert key.grad[1, :, :8].abs().min() > 0


@pytest.fixture(scope="module")
def unet():
    torch.manual_seed(0)
    model = UNet2DConditionModel(
        sample_size=8,
        block_out_channels=(32, 64),
        layers_per_block=1,
        down_block_types=("CrossAttnDownBlock2D",) * 2,
        up_block_types=("CrossAttnUpBlock2D",) * 2,
        cross_attention_dim=16,
        attention_head_dim=2,
    )
    return model.eval().requires_grad_(False)


def inputs(pictures=3, branches=2):
    generator = torch.Generator().manual_seed(1)
    batch = pictures * branches
    return torch.randn(batch, 4, 8, 8, generator=generator), torch.randn(batch, 7, 16, generator=generator)


def forward(unet, latents, text, context):
    unet.set_attn_processor({name: UNetSharingProcessor(name) for name in unet.attn_processors})
    return unet(latents, 500, text, cross_attention_kwargs={"context": context}).sample


def stock(unet, latents, text):
    unet.set_attn_processor(AttnProcessor2_0())
    return unet(latents, 500, text).sample


def test_similarity_zero_is_the_stock_processor_bit_for_bit(unet):
    latents, text = inputs()
    ours = forward(unet, latents, text, AttentionContext(3, sharing=Sharing(torch.zeros(3, 3))))
    assert torch.equal(ours, stock(unet, latents, text))


def test_empty_masks_are_the_stock_processor_bit_for_bit(unet):
    latents, text = inputs()
    ours = forward(
        unet, latents, text, AttentionContext(3, sharing=Sharing(torch.ones(3, 3), torch.zeros(3, 3, 16, 16)))
    )
    assert torch.equal(ours, stock(unet, latents, text))


def test_a_picture_that_shares_nothing_is_as_if_painted_by_itself(unet):
    latents, text = inputs(branches=1)
    similarity = torch.tensor([[1.0, 0.8, 0.0], [0.8, 1.0, 0.0], [0.0, 0.0, 1.0]])
    ours = forward(unet, latents, text, AttentionContext(3, sharing=Sharing(similarity)))
    assert (ours[2:] - stock(unet, latents[2:], text[2:])).abs().max() <= 1e-5
    assert (ours[:1] - stock(unet, latents[:1], text[:1])).abs().max() > 1e-3


def test_permuting_the_steps_permutes_the_pictures(unet):
    latents, text = inputs(branches=1)
    generator = torch.Generator().manual_seed(4)
    similarity, masks = (
        torch.rand(3, 3, generator=generator),
        (torch.rand(3, 3, 16, 16, generator=generator) < 0.6).float(),
    )
    order = torch.tensor([2, 0, 1])
    ours = forward(unet, latents, text, AttentionContext(3, sharing=Sharing(similarity, masks)))
    moved = Sharing(similarity[order][:, order], masks[order][:, order])
    permuted = forward(unet, latents[order], text[order], AttentionContext(3, sharing=moved))
    assert (ours[order] - permuted).abs().max() <= 1e-5


def test_guidance_in_one_batch_equals_two(unet):
    latents, text = inputs(branches=2)
    sharing = Sharing(torch.full((3, 3), 0.7))
    together = forward(unet, latents, text, AttentionContext(3, sharing=sharing))
    apart = [
        forward(unet, latents[part], text[part], AttentionContext(3, sharing=sharing))
        for part in (slice(0, 3), slice(3, 6))
    ]
    assert (together - torch.cat(apart)).abs().max() <= 1e-5


def test_no_parameter_changes(unet):
    before = [parameter.clone() for parameter in unet.parameters()]
    latents, text = inputs()
    forward(unet, latents, text, AttentionContext(3, sharing=Sharing(torch.ones(3, 3))))
    assert all(torch.equal(a, b) for a, b in zip(before, unet.parameters(), strict=True))


def test_layout_bias_binds_words_to_their_box():
    bias = layout_bias([[BoundWords([2, 3], (0.5, 0.0, 1.0, 0.5))], []], queries=16, length=5, strength=8.0)
    grid = bias[0].view(4, 4, 5)
    assert (grid[:2, 2:, 2:4] == 0).all()
    assert (grid[2:, :, 2:4] == -8).all() and (grid[:2, :2, 2:4] == -8).all()
    assert (grid[:, :, [0, 1, 4]] == 0).all() and (bias[1] == 0).all()


def test_a_bound_word_changes_nothing_outside_its_box_in_cross_attention(unet):
    latents, text = inputs(pictures=1, branches=1)
    bias = {queries: layout_bias([[BoundWords([2], (0.0, 0.0, 0.5, 1.0))]], queries, 7, 1e4) for queries in (64, 16)}
    maps = WordMaps([[[2]]])
    forward(unet, latents, text, AttentionContext(1, bias, maps=maps))
    seen = maps.map_of(0, 0)
    assert seen[:, 10:].abs().max() < 1e-6 and seen[:, :6].min() > 0
