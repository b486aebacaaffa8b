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
import type { TransposedProblem } from './transposed-convolution.js';

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
 * One product per phase, then all pixels in their places. What a phase reads is copied and multiplied part of the batch by
 * part, so that it is still in the cache when it is multiplied.
 */
export function byPhases({ image, filter, bias, batch, channels, taps }: TransposedProblem): Tensor {
  const inputs = Number(filter.shape[0]);
  const phases = phasesOf(taps);
  const perElement = transpose(filter, [2, 0, 1]);
  const results = phases.map(({ pixels, elements }) => {
    const width = elements.length * inputs;
    const seen = pixels.flatMap((at) => (taps[at] ?? []).map(({ pixel }) => pixel));
    const weights = reshape(pick(perElement, elements), [width, channels]);
    const products = partsOf(image, pixels.length * width).map((part) => {
      const rows = reshape(pickPixels(part, seen), [Number(part.shape[0]) * pixels.length, width]);
      return gemm(rows, weights, bias === undefined ? {} : { bias });
    });
    const [only] = products;
    const product = products.length === 1 && only !== undefined ? only : concat(products, 0);
    return reshape(product, [batch, pixels.length, channels]);
  });
  const place = new Map(phases.flatMap(({ pixels }) => pixels).map((at, i) => [at, i]));
  return pickPixels(
    concat(results, 1),
    taps.map((_, at) => place.get(at)),
  );
}

/** Elements copied at a time: 8 MiB of float32. More falls out of the cache before it is multiplied. */
const PART = 2 ** 21;

/** The batch in as few equal parts as keep within {@link PART} at `perImage` elements each. */
function partsOf(image: Tensor, perImage: number): readonly Tensor[] {
  const batch = Number(image.shape[0]);
  let count = Math.min(batch, Math.ceil((batch * perImage) / PART));
  while (batch % count !== 0) count++;
  if (count === 1) return [image];
  const size = batch / count;
  return Array.from({ length: count }, (_, i) => image.slice(0, i * size, (i + 1) * size));
}

function pick(x: Tensor, indices: readonly number[]): Tensor {
  return gather(x, constant(value('int64', [indices.length], BigInt64Array.from(indices, BigInt))), 0);
}
