import type { Rng } from '@ganymede/core';
import type { Value } from '@ganymede/tensor';
import { requireRows, rowsOf } from '../compute/rows.js';
import type { FeatureNetwork } from '../feature-network.js';
import type { Progress } from '../progress.js';
import {
  bootstrapMean,
  type BootstrapOptions,
  type Interval,
  meanOfValues,
} from '../statistics/bootstrap.js';
import { type Interpolation, pathRng } from './path-rng.js';

/** Options of {@link perceptualPathLength}. */
export interface PathLengthOptions extends BootstrapOptions {
  /** `count` samples in batches, all randomness drawn from `rng`: a compiled sampler's `batches`, `MetricInput.draw`. */
  readonly draw: (count: number, rng: Rng) => AsyncIterable<Value>;
  readonly network: FeatureNetwork;
  /** Paths. @defaultValue 1000 */
  readonly count?: number;
  readonly rng: Rng;
  /** Length of a step, of the whole way. @defaultValue 1e-4 */
  readonly epsilon?: number;
  /** @defaultValue 'slerp' */
  readonly interpolation?: Interpolation;
  /** Steps anywhere on the way (`full`), or at its beginning (`end`). @defaultValue 'full' */
  readonly sampling?: 'full' | 'end';
  /** Leave out the shortest and the longest 1 % of the steps, as published. @defaultValue true */
  readonly trim?: boolean;
  readonly progress?: Progress | undefined;
}

/** A perceptual path length. */
export interface PathLength {
  readonly value: number;
  readonly interval: Interval | undefined;
  /** Steps that were counted. */
  readonly kept: number;
}

/**
 * Perceptual path length (Karras, Laine, Aila 2019, section 4.1): the mean of `|f(G(z(t))) - f(G(z(t + ε)))|² / ε²` over ways z between
 * two latents and places t on them, f the feature network. Lower is smoother. With f the identity and a linear `G(z) = A z` along
 * straight ways between normal latents it is 2 tr(A Aᵀ).
 *
 * Throws `GANYMEDE_NO_PATH` for generators of discrete latents, `GANYMEDE_TOO_FEW_SAMPLES`, `GANYMEDE_FEATURE_SIZE`.
 */
export async function perceptualPathLength(options: PathLengthOptions): Promise<PathLength> {
  const {
    draw,
    network,
    count = 1000,
    rng,
    epsilon = 1e-4,
    interpolation = 'slerp',
    trim = true,
    progress,
  } = options;
  const places =
    options.sampling === 'end'
      ? new Float32Array(count)
      : (rng.child('position').draw([count], { kind: 'uniform' }).data as Float32Array);
  const walk = (offset: number) =>
    draw(
      count,
      pathRng(rng.child('path'), (i) => (places[i] as number) + offset, interpolation),
    )[Symbol.asyncIterator]();
  const [here, there] = [walk(0), walk(epsilon)];
  const lengths: number[] = [];
  for (;;) {
    const [a, b] = [await here.next(), await there.next()];
    if (a.done || b.done) break;
    const [x, y] = [rowsOf(await network.extract(a.value)), rowsOf(await network.extract(b.value))];
    requireRows('a path', 1, x, y);
    for (let i = 0, at = 0; i < x.count; i++) {
      let sum = 0;
      for (let j = 0; j < x.size; j++, at++) sum += (x.data[at]! - y.data[at]!) ** 2;
      lengths.push(sum / epsilon / epsilon);
    }
    progress?.(lengths.length, count);
  }
  const kept = trim ? middle(Float64Array.from(lengths)) : Float64Array.from(lengths);
  const interval = bootstrapMean(kept, rng.child('bootstrap'), options);
  return { value: meanOfValues(kept), interval, kept: kept.length };
}

/** What lies between the first and the 99th percentile, both included. */
function middle(lengths: Float64Array): Float64Array {
  const sorted = new Float64Array(lengths).sort();
  const low = sorted[Math.floor(0.01 * (sorted.length - 1))]!;
  const high = sorted[Math.ceil(0.99 * (sorted.length - 1))]!;
  return lengths.filter((x) => x >= low && x <= high);
}
