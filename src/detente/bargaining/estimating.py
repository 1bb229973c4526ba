"""The size of a zone from a sample: packages in blocks, each block a few rows by a few rows.

A block holds BLOCK high rows and BLOCK low rows drawn at random, and all packages they make:
many packages for few rows, whose gains are what costs. Every package is in a block with the
same chance, so the share that passes is unbiased; blocks are independent, so the spread
between blocks gives the standard error. The sample depends on the seed and the space alone:
all draws share it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from detente.arrays import Bools, Bytes, Floats, Ints, Words
from detente.bargaining.layout import half_of_rows, pair_codes
from detente.bargaining.rows import NOT_ASKED, TOLERANCE, draw_gains
from detente.bargaining.space import Rules
from detente.kernels import kernel
from detente.sampling.streams import keyed, step_uniform

BLOCK = 32  # rows of either half in a block
SAMPLES, SEED = 2**16, 0  # measured: 0.2 milliseconds a draw at 20 issues and 4 parties
FEWEST_BLOCKS = 16  # a spread of fewer says little


class Sample(NamedTuple):
    """Sampled rows of both halves, block after block.

    Attributes:
        high, low: shape (issue of the half, row), option positions.
        code: shape (block, high row x low row), bits of each package as in ``Layout``.
        deal: shape (block, high row x low row), whether it changes anything.
    """

    high: Words
    low: Words
    code: Ints
    deal: Bytes


@lru_cache(maxsize=8)
def sample_packages(rules: Rules, barred: int, samples: int, seed: int) -> Sample:
    """Blocks of packages, at least ``samples`` of them and FEWEST_BLOCKS blocks."""
    blocks = max(-(-samples // BLOCK**2), FEWEST_BLOCKS)
    options = _options(
        keyed(seed, "zone.sample"), np.array(rules.starts), np.array(rules.sizes), blocks * BLOCK
    )
    cut = (len(rules.sizes) + 1) // 2
    first, second = tuple(range(cut)), tuple(range(cut, len(rules.sizes)))
    high = half_of_rows(rules, first, np.ascontiguousarray(options[:cut].T))
    low = half_of_rows(rules, second, np.ascontiguousarray(options[cut:].T))
    rows = np.arange(blocks * BLOCK).reshape(blocks, BLOCK)
    left, right = np.repeat(rows, BLOCK, axis=1), np.tile(rows, (1, BLOCK))
    deal = high.number[left] + low.number[right] != barred
    unsigned = options.astype(np.uint64)  # indexes that cannot be negative are faster
    codes = pair_codes(rules, high, low, left, right)
    return Sample(unsigned[:cut], unsigned[cut:], codes, deal.astype(np.uint8))


@kernel
def _options(keys: Words, starts: Ints, sizes: Ints, rows: int) -> Ints:
    """Options drawn evenly: shape (issue, row)."""
    out = np.empty((sizes.size, rows), np.int64)
    for issue in range(sizes.size):
        for row in range(rows):
            out[issue, row] = starts[issue] + int(step_uniform(keys, row, issue, 0) * sizes[issue])
    return out


@kernel
def _fill(own: Floats, options: Words, out: Floats) -> None:
    """Gains of sampled rows: ``out`` is (party, row)."""
    out[:] = 0.0
    for p in range(out.shape[0]):
        for issue in range(options.shape[0]):
            for row in range(options.shape[1]):
                out[p, row] += own[p, options[issue, row]]


@kernel
def estimate_draws(
    gain: Floats, demand: Floats, bonus: Floats, with_links: Ints, absolute: Bools,
    in_force: Ints, line_party: Ints, line_option: Ints, principals: int, votes: Floats,
    needed: float, high_options: Words, low_options: Words, code: Ints, deal: Bytes,
    share: Floats, spread: Floats,
) -> None:  # fmt: skip
    """Fill the share of packages that pass in each draw, and its standard error.

    Args:
        high_options, low_options, code, deal: of the sample. share, spread: shape (draw,).
            The rest is as in ``counting_kernel.count_draws``.
    """
    draws, parties, options = gain.shape
    blocks, size = code.shape
    own = np.empty((parties, options))
    high = np.empty((parties, high_options.shape[1]))
    low = np.empty((parties, low_options.shape[1]))
    total, ok = np.empty(size), np.empty(size, np.uint8)
    willing = np.empty(size)
    for d in range(draws):
        draw_gains(gain[d], absolute[d], line_party, line_option, own)
        _fill(own, high_options, high)
        _fill(own, low_options, low)
        sum_, squares, plain = 0.0, 0.0, True
        for link in with_links:
            for p in range(parties):
                plain &= bonus[d, link, p] == 0.0
        for b in range(blocks):
            codes, deals = code[b], deal[b]
            for j in range(size):
                ok[j] = deals[j] & (codes[j] & in_force[d] == 0)
            if needed > 0.0:
                willing[:] = 0.0
            for p in range(parties):
                need = demand[d, p] - TOLERANCE
                lows = low[p, b * BLOCK : (b + 1) * BLOCK]
                if plain and p < principals and votes[p] < 0.0:
                    for i in range(BLOCK):
                        least = need - high[p, b * BLOCK + i]
                        for j in range(BLOCK):
                            ok[i * BLOCK + j] &= lows[j] >= least
                    continue
                for i in range(BLOCK):
                    above = high[p, b * BLOCK + i]
                    for j in range(BLOCK):
                        total[i * BLOCK + j] = above + lows[j]
                for link in with_links:
                    worth = bonus[d, link, p]
                    if worth != 0.0:
                        for j in range(size):
                            total[j] += worth * (codes[j] >> link & 1)
                if p >= principals:
                    place = bonus.shape[1] + p - principals
                    for j in range(size):
                        total[j] += NOT_ASKED * (codes[j] >> place & 1)
                if votes[p] < 0.0:
                    for j in range(size):
                        ok[j] &= total[j] >= need
                elif needed > 0.0:
                    for j in range(size):
                        willing[j] += votes[p] if total[j] >= need else 0.0
            count = 0
            if needed > 0.0:
                for j in range(size):
                    ok[j] &= willing[j] >= needed
            for j in range(size):
                count += ok[j]
            sum_ += count
            squares += count * count
        mean = sum_ / blocks
        share[d] = mean / size
        variance = max(squares / blocks - mean * mean, 0.0) * blocks / (blocks - 1)
        spread[d] = np.sqrt(variance / blocks) / size
