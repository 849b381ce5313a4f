"""Sharing in SD3, SD3.5 and FLUX, proved on tiny models of the real classes, on pictures of 4 × 6 cells."""

from copy import deepcopy
from functools import cache
from itertools import product

import pytest
import torch
from diffusers import FlowMatchEulerDiscreteScheduler as Scheduler
from diffusers import FluxPipeline, FluxTransformer2DModel, SD3Transformer2DModel, StableDiffusion3Pipeline
from diffusers.models.attention_processor import JointAttnProcessor2_0
from diffusers.models.transformers.transformer_flux import FluxAttnProcessor
from hypothesis import given, settings
from hypothesis import strategies as st

from models.kv_sharing.context import AttentionContext, BoundWords, JointLayout, Sharing, WordMaps
from models.kv_sharing.flux import FluxSharingProcessor
from models.kv_sharing.sd3 import SD3SharingProcessor

KINDS = ["sd3", "sd35", "flux double", "flux single", "flux"]
FLUX = KINDS[2:]
HEIGHT, WIDTH, TEXT = 8, 12, 5
AXES = (4, 4, 8)

every_kind = pytest.mark.parametrize("kind", KINDS)


@cache
def model(kind, layers=2, dtype=torch.float64):
    torch.manual_seed(0)
    widths = {"attention_head_dim": 16, "joint_attention_dim": 24, "pooled_projection_dim": 20}
    shared = {"num_attention_heads": 2, **widths}
    if kind in FLUX:
        double, single = {"flux double": (layers, 0), "flux single": (0, layers), "flux": (1, 1)}[kind]
        blocks = {"num_layers": double, "num_single_layers": single}
        built = FluxTransformer2DModel(in_channels=16, axes_dims_rope=AXES, **blocks, **shared)
    else:
        medium = {"dual_attention_layers": (0,), "qk_norm": "rms_norm"} if kind == "sd35" else {}
        size = {"sample_size": 8, "pos_embed_max_size": 8, "in_channels": 4, "out_channels": 4, "num_layers": layers}
        built = SD3Transformer2DModel(caption_projection_dim=32, **size, **medium, **shared)
    for name, parameter in built.named_parameters():
        if "norm_" in name and parameter.ndim == 1:  # or one norm would do for another
            torch.nn.init.uniform_(parameter, 0.5, 1.5)
    return built.eval().requires_grad_(False).to(dtype)


def inputs(pictures=3, branches=1, dtype=torch.float64):
    generator = torch.Generator().manual_seed(1)
    batch = pictures * branches
    shapes = (batch, 4, HEIGHT, WIDTH), (batch, TEXT, 24), (batch, 20)
    return [torch.randn(shape, generator=generator, dtype=torch.float64).to(dtype) for shape in shapes]


def predict(transformer, processor, latents, text, pooled, **attention):
    transformer.set_attn_processor({name: processor for name in transformer.attn_processors})
    time = torch.full((len(latents),), 0.5, dtype=latents.dtype)
    if isinstance(transformer, SD3Transformer2DModel):
        return transformer(latents, text, pooled, time * 1000, joint_attention_kwargs=attention).sample
    packed = FluxPipeline._pack_latents(latents, len(latents), 4, HEIGHT, WIDTH)
    ids = flux_ids(), torch.zeros(TEXT, 3)
    return transformer(packed, text, pooled, time, *ids, joint_attention_kwargs=attention).sample


def flux_ids():
    return FluxPipeline._prepare_latent_image_ids(1, HEIGHT // 2, WIDTH // 2, "cpu", torch.float32)


def ours(kind, tensors, sharing, pictures=3, layout=None, maps=None, **which):
    processor = FluxSharingProcessor() if kind in FLUX else SD3SharingProcessor()
    context = AttentionContext(pictures, sharing=sharing, text_tokens=TEXT, layout=layout, maps=maps)
    return predict(model(kind, dtype=tensors[0].dtype, **which), processor, *tensors, context=context)


def stock(kind, tensors, **which):
    processor = FluxAttnProcessor() if kind in FLUX else JointAttnProcessor2_0()
    return predict(model(kind, dtype=tensors[0].dtype, **which), processor, *tensors)


def dense(kind, tensors, similarity, masks=None, shift=0, binding=None):
    return predict(model(kind), Dense(kind, similarity, masks, shift, binding), *tensors)


class Dense:
    """The formula with every key kept and −inf where dropped; shared keys turned one by one, `shift` columns aside.

    It takes its projections by name from the layer and shares no code with the processors.
    """

    def __init__(self, kind, similarity, masks=None, shift=0, binding=None):
        self.flux, self.shift, self.binding = kind in FLUX, shift, binding
        pictures = len(similarity)
        weight = similarity.double()[:, :, None, None].expand(-1, -1, HEIGHT // 2, WIDTH // 2)
        if masks is not None:
            weight = weight * masks.double().unflatten(-1, (-1, 2)).unflatten(-3, (-1, 2)).mean((-1, -3))
        weight = torch.where(weight > 1e-4, weight, 0.0).flatten(2)
        weight[range(pictures), range(pictures)] = 1
        self.weight = weight

    def __call__(self, attn, hidden_states, encoder_hidden_states=None, attention_mask=None, image_rotary_emb=None):
        pictures = len(self.weight)
        single = self.flux and encoder_hidden_states is None
        joint = single or encoder_hidden_states is not None
        heads = [self.heads(attn, hidden_states, which) for which in ("q", "k", "v")]
        if encoder_hidden_states is not None:
            prompt = [self.heads(attn, encoder_hidden_states, which, added=True) for which in ("q", "k", "v")]
            heads = [torch.cat([a, b], 1) for a, b in zip(prompt, heads, strict=True)]
        rows = []
        for row in range(len(hidden_states)):
            first, i = row - row % pictures, row % pictures
            query = self.turn(heads[0][row], 0)
            keys, values, weights = [], [], []
            for j in range(pictures):
                keys.append(self.turn(heads[1][first + j], 0 if i == j else self.shift))
                values.append(heads[2][first + j])
                text = torch.full((TEXT * joint,), float(i == j), dtype=torch.float64)
                weights.append(torch.cat([text, self.weight[i, j]]))
            logits = torch.einsum("qhd,khd->hqk", query, torch.cat(keys)) / query.shape[-1] ** 0.5
            if joint and self.binding is not None:  # of the picture's cells to their own prompt
                own = i * len(query)
                logits[:, TEXT:, own : own + TEXT] += self.binding[row]
            probabilities = (logits + torch.cat(weights).log()).softmax(-1)
            rows.append(torch.einsum("hqk,khd->qhd", probabilities, torch.cat(values)).flatten(1))
        mixed = torch.stack(rows)
        if single:
            return mixed
        text, picture = mixed[:, : TEXT * joint], attn.to_out[0](mixed[:, TEXT * joint :])
        if not joint:
            return picture
        return picture, text if attn.context_pre_only else attn.to_add_out(text)

    def heads(self, attn, states, which, added=False):
        projected = getattr(attn, f"add_{which}_proj" if added else f"to_{which}")(states)
        projected = projected.unflatten(-1, (attn.heads, -1))
        norm = None if which == "v" else getattr(attn, f"norm_added_{which}" if added else f"norm_{which}")
        return projected if norm is None else norm(projected)

    def turn(self, states, shift):
        """Rotary embedding as complex numbers: (S, heads, d) turned at each token's cell, pictures `shift` aside."""
        if not self.flux:
            return states
        ids = torch.cat([torch.zeros(TEXT, 3), flux_ids() + torch.tensor([0, 0, shift])]).double()
        rates = [10000 ** -(torch.arange(0, size, 2, dtype=torch.float64) / size) for size in AXES]
        angles = [ids[:, axis, None] * rate for axis, rate in enumerate(rates)]
        turned = torch.polar(torch.ones(()).double(), torch.cat(angles, 1))[:, None]
        return torch.view_as_real(torch.view_as_complex(states.unflatten(-1, (-1, 2))) * turned).flatten(-2)


def random_sharing(seed, pictures, masked=True):
    generator = torch.Generator().manual_seed(seed)
    similarity = torch.rand(pictures, pictures, generator=generator)
    similarity[torch.rand(pictures, pictures, generator=generator) < 0.3] = 0
    masks = (torch.rand(pictures, pictures, HEIGHT, WIDTH, generator=generator) < 0.3).float() if masked else None
    return similarity, masks


def difference(a, b):
    return (a - b).abs().max()


@every_kind
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("masks", [None, torch.zeros(3, 3, HEIGHT, WIDTH)], ids=["similarity zero", "empty masks"])
def test_where_nobody_shares_it_is_the_stock_processor_bit_for_bit(kind, dtype, masks):
    tensors = inputs(branches=2, dtype=dtype)
    similarity = torch.eye(3) if masks is None else torch.ones(3, 3)
    assert torch.equal(ours(kind, tensors, Sharing(similarity, masks)), stock(kind, tensors))
    assert torch.equal(ours(kind, tensors, None), stock(kind, tensors))


@every_kind
def test_similarity_one_and_full_masks_are_plain_extended_attention(kind):
    tensors = inputs()
    expected = dense(kind, tensors, torch.ones(3, 3))
    assert difference(ours(kind, tensors, Sharing(torch.ones(3, 3))), expected) <= 1e-5
    full = Sharing(torch.ones(3, 3), torch.ones(3, 3, HEIGHT, WIDTH))
    assert difference(ours(kind, tensors, full), expected) <= 1e-5
    assert difference(stock(kind, tensors), expected) > 1e-3


@every_kind
@settings(max_examples=20)
@given(st.integers(2, 4), st.integers(1, 2), st.integers(0, 10**6), st.booleans())
def test_any_similarity_and_masks_equal_the_dense_reference(kind, pictures, branches, seed, masked):
    similarity, masks = random_sharing(seed, pictures, masked)
    tensors = inputs(pictures, branches)
    shared = ours(kind, tensors, Sharing(similarity, masks), pictures)
    assert difference(shared, dense(kind, tensors, similarity, masks)) <= 1e-5


@every_kind
def test_single_precision_equals_the_dense_reference(kind):
    similarity, masks = random_sharing(5, 3)
    tensors = [tensor.float() for tensor in inputs()]
    expected = dense(kind, [tensor.double() for tensor in tensors], similarity, masks)
    assert difference(ours(kind, tensors, Sharing(similarity, masks)), expected) <= 1e-5


@every_kind
def test_permuting_the_pictures_permutes_the_outputs(kind):
    similarity, masks = random_sharing(4, 3)
    tensors, order = inputs(), torch.tensor([2, 0, 1])
    shared = ours(kind, tensors, Sharing(similarity, masks))
    moved = Sharing(similarity[order][:, order], masks[order][:, order])
    permuted = ours(kind, [tensor[order] for tensor in tensors], moved)
    assert difference(shared[order], permuted) <= 1e-5 < difference(shared, permuted)


@every_kind
def test_a_picture_that_shares_nothing_is_as_if_painted_by_itself(kind):
    tensors = inputs()
    similarity = torch.tensor([[1.0, 0.8, 0.0], [0.8, 1.0, 0.0], [0.0, 0.0, 1.0]])
    shared = ours(kind, tensors, Sharing(similarity))
    assert difference(shared[2:], stock(kind, [tensor[2:] for tensor in tensors])) <= 1e-5
    assert difference(shared[:1], stock(kind, [tensor[:1] for tensor in tensors])) > 1e-3


@pytest.mark.parametrize("kind", ["sd3", "sd35", "flux double", "flux single"])
def test_neither_masked_keys_nor_another_prompt_have_a_gradient_into_the_output(kind):
    """One layer, so that nothing comes the long way round; the right third of the other picture is masked out."""
    latents, text, pooled = inputs(pictures=2)
    masks = torch.ones(2, 2, HEIGHT, WIDTH)
    masks[0, 1, :, 8:] = 0
    latents.requires_grad_()
    text.requires_grad_()
    output = ours(kind, (latents, text, pooled), Sharing(torch.ones(2, 2), masks), 2, layers=1)
    output[0].square().sum().backward()
    assert latents.grad[1, :, :, 8:].abs().max() == 0
    assert latents.grad[1, :, :, :8].abs().min() > 0
    assert text.grad[1].abs().max() == 0 and text.grad[0].abs().min() > 0


@every_kind
def test_guidance_in_one_batch_equals_two(kind):
    tensors, sharing = inputs(branches=2), Sharing(*random_sharing(6, 3))
    apart = [ours(kind, [tensor[part] for tensor in tensors], sharing) for part in (slice(0, 3), slice(3, 6))]
    assert difference(ours(kind, tensors, sharing), torch.cat(apart)) <= 1e-5


@every_kind
def test_no_parameter_changes(kind):
    before = deepcopy(model(kind).state_dict())
    ours(kind, inputs(), Sharing(torch.ones(3, 3)))
    after = model(kind).state_dict()
    assert before.keys() == after.keys() and all(torch.equal(before[name], after[name]) for name in before)


@every_kind
def test_stock_pipelines_carry_the_context_with_guidance_in_one_batch_or_two(kind):
    text, pooled = inputs(dtype=torch.float32)[1:]
    parts = {"transformer": model(kind, dtype=torch.float32), "scheduler": Scheduler()}
    names = "vae", "text_encoder", "tokenizer", "text_encoder_2", "tokenizer_2", "text_encoder_3", "tokenizer_3"
    if kind in FLUX:
        pipeline, guidance = FluxPipeline(**parts, **dict.fromkeys(names[:5])), {"true_cfg_scale": 2.0}
    else:
        pipeline, guidance = StableDiffusion3Pipeline(**parts, **dict.fromkeys(names)), {"guidance_scale": 2.0}
    pipeline.set_progress_bar_config(disable=True)
    prompts = {"prompt_embeds": text, "pooled_prompt_embeds": pooled}
    prompts |= {"negative_" + name: -embedding for name, embedding in prompts.items()}
    wanted = {"height": HEIGHT * 8, "width": WIDTH * 8, "num_inference_steps": 2, "output_type": "latent"}

    def paint(sharing):
        pipeline.transformer.set_attn_processor(FluxSharingProcessor() if kind in FLUX else SD3SharingProcessor())
        context, generator = AttentionContext(3, sharing=sharing, text_tokens=TEXT), torch.Generator().manual_seed(0)
        shared = {"joint_attention_kwargs": {"context": context}, "generator": generator}
        return pipeline(**prompts, **wanted, **guidance, **shared).images

    apart, together = paint(Sharing(torch.eye(3))), paint(Sharing(torch.ones(3, 3)))
    assert torch.equal(paint(None), apart) and difference(together, apart) > 1e-3


@pytest.mark.parametrize("kind", FLUX)
def test_a_shared_key_stands_at_its_own_cell(kind):
    tensors, similarity = inputs(), torch.ones(3, 3)
    shared = ours(kind, tensors, Sharing(similarity))
    assert difference(shared, dense(kind, tensors, similarity, shift=0)) <= 1e-5
    assert difference(shared, dense(kind, tensors, similarity, shift=WIDTH // 2)) > 1e-4


def test_what_flux_cannot_know_or_mix_is_refused():
    context = AttentionContext(3, sharing=Sharing(torch.ones(3, 3)))
    with pytest.raises(ValueError, match="text_tokens"):
        predict(model("flux single"), FluxSharingProcessor(), *inputs(), context=context)
    with pytest.raises(ValueError, match="attention mask"):
        mask = torch.zeros(3, 1, 1, TEXT + 24, dtype=torch.float64)
        predict(model("flux double"), FluxSharingProcessor(), *inputs(), context=context, attention_mask=mask)


def test_masks_are_brought_to_the_cells_of_packed_patches():
    masks = torch.zeros(2, 2, HEIGHT, WIDTH)
    masks[0, 1, 4:6, 2:4] = 1
    masks[0, 1, 7, 11] = 1
    kept, bias = Sharing(torch.ones(2, 2), masks).plan(24, before=TEXT)[0]
    packed = FluxPipeline._pack_latents(masks[0, 1][None, None], 1, 1, HEIGHT, WIDTH)[0].mean(-1)
    assert kept.tolist() == [29 + TEXT + cell for cell in packed.nonzero().flatten().tolist()] == [47, 57]
    assert torch.allclose(bias.exp(), torch.tensor([1.0, 0.25]))


def random_binding(rows, seed=7):
    """Words of a prompt bound to boxes of 4 × 6 cells, as processors take them and as a whole bias (rows, 24, TEXT)."""
    boxes = [(0.0, 0.0, 0.5, 0.5), (1 / 3, 0.5, 1.0, 1.0)]
    words = [[[1, 2], [4]], [[0], []], [[3], [0, 2]]]
    bound = [[BoundWords(*pair) for pair in zip(words[(row + seed) % 3], boxes, strict=True)] for row in range(rows)]
    layout = JointLayout.of(bound, 24, TEXT, 3.0, aspect=1.5)
    bias = torch.zeros(rows, 4, 6, TEXT, dtype=torch.float64)
    for row, objects in enumerate(bound):
        for tokens, (x0, y0, x1, y1) in objects:
            for y, x, token in product(range(4), range(6), tokens):
                inside = x0 * 6 <= x < x1 * 6 and y0 * 4 <= y < y1 * 4
                bias[row, y, x, token] -= 0.0 if inside else 3.0
    return layout, bias.flatten(1, 2)


@every_kind
@pytest.mark.parametrize("shared", [False, True])
def test_bound_words_equal_the_dense_reference_shared_or_not(kind, shared):
    similarity, masks = random_sharing(8, 3)
    similarity = similarity if shared else torch.zeros(3, 3)
    tensors, (layout, bias) = inputs(), random_binding(3)
    bound = ours(kind, tensors, Sharing(similarity, masks), layout=layout)
    assert difference(bound, dense(kind, tensors, similarity, masks, binding=bias)) <= 1e-5
    assert difference(bound, dense(kind, tensors, similarity, masks)) > 1e-4


@every_kind
def test_maps_tell_where_words_attend(kind):
    box = (0.0, 0.0, 0.5, 1.0)
    layout = JointLayout.of([[BoundWords([2], box)]] * 2, 24, TEXT, 1e4, aspect=1.5)
    maps = WordMaps([[[1]], [[2]]], aspect=1.5)
    plain = ours(kind, inputs(2), None, 2)
    assert difference(ours(kind, inputs(2), None, 2, maps=maps), plain) <= 1e-5
    everywhere = maps.map_of(1, 0)
    assert everywhere.min() > 0 and everywhere.max() > everywhere.min()
    maps = WordMaps([[[1]], [[2]]], aspect=1.5)
    ours(kind, inputs(2), None, 2, layout=layout, maps=maps)
    assert maps.map_of(1, 0)[:, 10:].abs().max() < 1e-6 and maps.map_of(1, 0)[:, :6].min() > 0
    assert maps.map_of(0, 0).min() > 0
