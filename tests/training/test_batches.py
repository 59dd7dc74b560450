from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch

from colorstudio.imaging.colorspace import srgb_to_lab
from colorstudio.training.batches import crop, make_batch, step_generator
from colorstudio.training.pool import PhotoPool

PoolOf = Callable[..., PhotoPool]
_CPU = torch.device("cpu")


def _photo(rows: int, cols: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (rows, cols, 3), dtype=np.uint8)


def _generator(seed: int = 0) -> torch.Generator:
    return step_generator(seed, 0, _CPU)


def _planes(photo: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(photo).permute(2, 0, 1).float() / 255


# -- crops ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rows", "cols"), [(40, 60), (60, 40), (41, 40)])
def test_centre_crop_at_its_own_size_is_a_slice(pool_of: PoolOf, rows: int, cols: int) -> None:
    photo = _photo(rows, cols)
    short = min(rows, cols)
    out = crop(pool_of(_photo(35, 50), photo), torch.tensor([1]), short, smallest=1.0, generator=None)
    # Where the rest is odd the centre lies between two pixels.
    top, left = (rows - short) / 2, (cols - short) / 2
    exact = [_planes(photo[int(t) : int(t) + short, int(c) : int(c) + short])
             for t, c in ((top, left), (np.ceil(top), np.ceil(left)))]  # fmt: skip
    assert out.shape == (1, 3, short, short)
    assert torch.allclose(out[0], (exact[0] + exact[1]) / 2, atol=1e-5)


def _bilinear(photo: np.ndarray, rows: np.ndarray, cols: np.ndarray) -> np.ndarray:
    """Plain bilinear samples at pixel centres, clamped at the borders."""
    rows, cols = np.clip(rows, 0, photo.shape[0] - 1), np.clip(cols, 0, photo.shape[1] - 1)
    r0, c0 = np.floor(rows).astype(int), np.floor(cols).astype(int)
    r1, c1 = np.minimum(r0 + 1, photo.shape[0] - 1), np.minimum(c0 + 1, photo.shape[1] - 1)
    fr, fc = (rows - r0)[:, None, None], (cols - c0)[None, :, None]
    p = photo.astype(float)
    top = p[r0][:, c0] * (1 - fc) + p[r0][:, c1] * fc
    bottom = p[r1][:, c0] * (1 - fc) + p[r1][:, c1] * fc
    return (top * (1 - fr) + bottom * fr) / 255


@pytest.mark.parametrize("size", [20, 37, 96])
def test_centre_crop_resampled_against_numpy(pool_of: PoolOf, size: int) -> None:
    photo = _photo(50, 71)
    out = crop(pool_of(photo), torch.tensor([0]), size, smallest=1.0, generator=None)
    at = (np.arange(size) + 0.5) / size * 50 - 0.5
    expected = _bilinear(photo, at, at + (71 - 50) / 2)
    assert np.abs(out[0].permute(1, 2, 0).numpy() - expected).max() < 1e-4


def test_random_crops_are_crops_and_half_of_them_flipped(pool_of: PoolOf) -> None:
    """Red rises with the row, green with the column: a crop tells where it is from."""
    rows, cols = 64, 96
    photo = np.zeros((rows, cols, 3), np.uint8)
    photo[..., 0] = np.arange(rows)[:, None] * 2
    photo[..., 1] = np.arange(cols)[None, :] * 2
    n = 400
    out = crop(pool_of(photo), torch.zeros(n, dtype=torch.int64), 32, smallest=0.5, generator=_generator())
    red, green = out[:, 0] * 255 / 2, out[:, 1] * 255 / 2
    down = red[:, -1, 0] - red[:, 0, 0]
    across = green[:, 0, -1] - green[:, 0, 0]
    flipped = (across < 0).float().mean()
    assert 0.4 < float(flipped) < 0.6
    side = down * 32 / 31
    assert 31.5 < float(side.min()) < 36
    assert 60 < float(side.max()) < 64.5
    assert torch.allclose(across.abs(), down, atol=0.6)  # square, whatever the photo's shape
    assert float(red.min()) >= 0
    assert float(green.max()) <= cols
    assert float(green.amin((1, 2)).std()) > 5  # they are not all from one place


def test_crops_do_not_read_a_neighbour_in_the_pool(pool_of: PoolOf) -> None:
    black, white = np.zeros((33, 47, 3), np.uint8), np.full((40, 35, 3), 255, np.uint8)
    pool = pool_of(white, black, white)
    numbers = torch.tensor([1] * 50)
    assert float(crop(pool, numbers, 40, smallest=0.4, generator=_generator()).max()) == 0
    numbers = torch.tensor([0, 2] * 25)
    assert float(crop(pool, numbers, 40, smallest=0.4, generator=_generator(1)).min()) == 1


def test_crops_are_set_by_the_generator(learnable: PhotoPool) -> None:
    numbers = torch.arange(8)
    one, same, other = (
        crop(learnable, numbers, 32, smallest=0.5, generator=step_generator(1, step, _CPU))
        for step in (3, 3, 4)
    )
    assert torch.equal(one, same)
    assert not torch.equal(one, other)


def test_turned_crops_are_squares_inside_the_photo(pool_of: PoolOf) -> None:
    """In a photo whose red is the row and whose green is the column, each pixel says where it is from."""
    rows, cols = 200, 250
    places = np.stack(np.meshgrid(np.arange(rows), np.arange(cols), indexing="ij"), -1)
    photo = np.concatenate([places, np.zeros((rows, cols, 1))], -1).astype(np.uint8)
    size, n = 24, 64
    out = crop(
        pool_of(photo),
        torch.zeros(n, dtype=torch.int64),
        size,
        smallest=0.5,
        generator=_generator(),
        rotation_degrees=20.0,
    )
    at = out[:, :2].double() * 255  # (N, 2, S, S): row and column
    down, right = at[..., 1:, :] - at[..., :-1, :], at[..., 1:] - at[..., :-1]
    step_down, step_right = down.mean((2, 3)), right.mean((2, 3))
    # No pixel is repeated at a border, and all steps of a crop are the same.
    assert torch.allclose(down, step_down[..., None, None].expand_as(down), atol=1e-3)
    assert torch.allclose(right, step_right[..., None, None].expand_as(right), atol=1e-3)
    assert torch.allclose((step_down * step_right).sum(1), torch.zeros(n).double(), atol=1e-3)
    assert torch.allclose(step_down.norm(dim=1), step_right.norm(dim=1), atol=1e-3)
    assert bool((step_down[:, 0] > 0).all())
    angles = torch.rad2deg(torch.atan2(step_down[:, 1], step_down[:, 0]))
    assert float(angles.abs().max()) <= 20.01
    assert float(angles.min()) < -10 < 10 < float(angles.max())
    assert set(torch.sign(step_right[:, 1]).tolist()) == {-1.0, 1.0}  # flipped, too


def test_without_turns_nothing_more_is_drawn(pool_of: PoolOf) -> None:
    pool, numbers = pool_of(_photo(50, 71), _photo(80, 41)), torch.tensor([0, 1, 1, 0])
    upright, generator = _generator(), _generator()
    crop(pool, numbers, 16, smallest=0.5, generator=upright)
    crop(pool, numbers, 16, smallest=0.5, generator=generator, rotation_degrees=5.0)
    assert not torch.equal(upright.get_state(), generator.get_state())
    crops = make_batch(pool, numbers, 16, smallest_crop=0.5, generator=_generator())
    same = make_batch(pool, numbers, 16, smallest_crop=0.5, generator=_generator(), rotation_degrees=0.0)
    turned = make_batch(pool, numbers, 16, smallest_crop=0.5, generator=_generator(), rotation_degrees=5.0)
    assert torch.equal(crops.luminance, same.luminance)
    assert not torch.allclose(crops.luminance, turned.luminance, atol=1)


# -- batches ------------------------------------------------------------------------------------------


def test_batch_is_lab_of_the_crops(pool_of: PoolOf) -> None:
    photo = _photo(40, 40)
    batch = make_batch(pool_of(photo), torch.tensor([0]), 40)
    lab = srgb_to_lab(photo.astype(np.float32) / 255)
    assert np.abs(batch.true_luminance[0, 0].numpy() - lab[..., 0]).max() < 1e-2
    assert np.abs(batch.chroma_lab[0].permute(1, 2, 0).numpy() - lab[..., 1:]).max() < 1e-2
    assert batch.luminance is batch.true_luminance
