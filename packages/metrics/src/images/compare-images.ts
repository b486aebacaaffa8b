import { type Backend, type Executable, toHost } from '@ganymede/core';
import {
  evaluate,
  type Graph,
  graph,
  GanymedeError,
  input,
  type Tensor,
  type Value,
  value,
} from '@ganymede/tensor';
import {
  multiScaleSimilarity,
  type MultiScaleSimilarityOptions,
  structuralSimilarity,
} from './structural-similarity.js';

/** A measure of pairs of images: `[N, channels, height, width]` twice, to one number each. */
export interface ImageComparison {
  compare(x: Value, y: Value): Promise<Float64Array>;
  dispose(): Promise<void>;
}

/** Options of {@link openComparison}. */
export interface ComparisonOptions extends MultiScaleSimilarityOptions {
  /** Runs the program; without one the tensor language's own interpreter does, in float64. */
  readonly backend?: Backend | undefined;
}

type Program = (x: Tensor, y: Tensor) => Tensor;

function programOf(program: Program, shape: readonly number[], dtype: 'float32' | 'float64'): Graph {
  const [x, y] = ['x', 'y'].map((name) => input(name, ['N', ...shape], dtype)) as [Tensor, Tensor];
  return graph({ outputs: { similarity: program(x, y) } });
}

/** Opens SSIM or MS-SSIM for images `[channels, height, width]`. float64 wherever the backend has it. */
export async function openComparison(
  which: 'ssim' | 'ms-ssim',
  shape: readonly number[],
  options: ComparisonOptions = {},
): Promise<ImageComparison> {
  const program: Program = (x, y) =>
    which === 'ssim' ? structuralSimilarity(x, y, options) : multiScaleSimilarity(x, y, options);
  let dtype: 'float32' | 'float64' = 'float64';
  const built = programOf(program, shape, dtype);
  const executable: Executable | undefined = await options.backend?.compile(built).catch(() => {
    dtype = 'float32';
    return (options.backend as Backend).compile(programOf(program, shape, dtype));
  });
  const batch = ({ shape: own, data }: Value): Value =>
    dtype === 'float64'
      ? value('float64', own, new Float64Array(data as Float32Array))
      : value('float32', own, new Float32Array(data as Float32Array));
  return {
    async compare(x, y) {
      samePairs(x, y);
      const feeds = { x: batch(x), y: batch(y) };
      const result = executable
        ? await toHost((await executable.run(feeds)).similarity!)
        : evaluate(built, feeds).similarity!;
      return new Float64Array(result.data as Float32Array);
    },
    dispose: async () => executable?.dispose(),
  };
}

/** Throws `GANYMEDE_IMAGE_SIZE` where two batches are not of one shape. */
export function samePairs(x: Value, y: Value): void {
  if (x.shape.length === y.shape.length && x.shape.every((d, i) => d === y.shape[i])) return;
  throw new GanymedeError('GANYMEDE_IMAGE_SIZE', {
    message: `expected pairs of images of one size, got [${x.shape.join(', ')}] and [${y.shape.join(', ')}]`,
    hint: 'resize one of them, and give equally many of both',
  });
}

/** SSIM of each pair of images `[N, channels, height, width]`; see {@link structuralSimilarity}. */
export const ssim = (x: Value, y: Value, options: ComparisonOptions = {}): Promise<Float64Array> =>
  once('ssim', x, y, options);

/** MS-SSIM of each pair of images `[N, channels, height, width]`; see {@link multiScaleSimilarity}. */
export const msSsim = (x: Value, y: Value, options: ComparisonOptions = {}): Promise<Float64Array> =>
  once('ms-ssim', x, y, options);

async function once(
  which: 'ssim' | 'ms-ssim',
  x: Value,
  y: Value,
  options: ComparisonOptions,
): Promise<Float64Array> {
  const opened = await openComparison(which, x.shape.slice(1), options);
  try {
    return await opened.compare(x, y);
  } finally {
    await opened.dispose();
  }
}

/**
 * Peak signal-to-noise ratio in decibels of each pair, `10 log10(range² / mean squared difference)`; infinite for equal images.
 * `range` is the distance of white from black, 2 for images in [-1, 1].
 */
export function psnr(x: Value, y: Value, { range = 2 }: { readonly range?: number } = {}): Float64Array {
  samePairs(x, y);
  const count = x.shape[0] ?? 0;
  const size = x.data.length / Math.max(count, 1);
  return Float64Array.from({ length: count }, (_, i) => {
    let sum = 0;
    for (let at = i * size; at < (i + 1) * size; at++) sum += (Number(x.data[at]) - Number(y.data[at])) ** 2;
    return 10 * Math.log10((range * range * size) / sum);
  });
}
