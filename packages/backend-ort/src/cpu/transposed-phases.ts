import {
  concat,
  constant,
  gather,
  gemm,
  pickPixels,
  reshape,
  type Tensor,
  transpose,
  value,
} from '@ganymede/tensor';
import { batchParts } from './column-parts.js';
import type { TransposedProblem } from './transposed-problem.js';

/** Output pixels that the same filter elements reach. */
interface Phase {
  readonly pixels: readonly number[];
  readonly elements: readonly number[];
}

function phasesOf(taps: TransposedProblem['taps']): readonly Phase[] {
  const phases = new Map<string, { pixels: number[]; elements: number[] }>();
  taps.forEach((list, at) => {
    const elements = list.map(({ element }) => element);
    const phase = phases.get(elements.join()) ?? { pixels: [], elements };
    phase.pixels.push(at);
    phases.set(elements.join(), phase);
  });
  return [...phases.values()];
}

/**
 * One product per phase, then all pixels in their places. Part of the batch by part, so that what a phase reads is still in
 * the cache when it is multiplied.
 */
export function byPhases({ image, filter, bias, channels, taps }: TransposedProblem): Tensor {
  const inputs = Number(filter.shape[0]);
  const perElement = transpose(filter, [2, 0, 1]);
  const phases = phasesOf(taps).map(({ pixels, elements }) => ({
    pixels,
    width: elements.length * inputs,
    seen: pixels.flatMap((at) => (taps[at] ?? []).map(({ pixel }) => pixel)),
    weights: reshape(pick(perElement, elements), [elements.length * inputs, channels]),
  }));
  const place = new Map(phases.flatMap(({ pixels }) => pixels).map((at, i) => [at, i]));
  const places = taps.map((_, at) => place.get(at));
  const largest = Math.max(...phases.map(({ pixels, width }) => pixels.length * width));
  const parts = batchParts(image, largest).map((part) => {
    const count = Number(part.shape[0]);
    const products = phases.map(({ pixels, width, seen, weights }) => {
      const rows = reshape(pickPixels(part, seen), [count * pixels.length, width]);
      return reshape(gemm(rows, weights, bias === undefined ? {} : { bias }), [
        count,
        pixels.length,
        channels,
      ]);
    });
    return pickPixels(concat(products, 1), places);
  });
  return concat(parts, 0);
}

function pick(x: Tensor, indices: readonly number[]): Tensor {
  return gather(x, constant(value('int64', [indices.length], BigInt64Array.from(indices, BigInt))), 0);
}
