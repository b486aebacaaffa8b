import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { ortBackend } from '@ganymede/backend-ort';
import { graph, input, matmul, value } from '@ganymede/tensor';

export const summary = 'the rate of a large matrix product: what steps are measured against';

const SIDE = 2048;

/** Floating-point operations per second of a product of two large matrices, the best of several. */
export async function gemmPeak(threads: number): Promise<number> {
  const backend = await ortBackend({ device: 'cpu', threads });
  const shape = [SIDE, SIDE];
  const product = graph({
    outputs: { y: matmul(input('a', shape, 'float32'), input('b', shape, 'float32')) },
  });
  const executable = await backend.compile(product);
  const a = value('float32', shape, new Float32Array(SIDE ** 2).fill(0.5));
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 12; i++) {
    const start = performance.now();
    await executable.run({ a, b: a });
    least = Math.min(least, performance.now() - start);
  }
  await backend.dispose();
  return (2 * SIDE ** 3) / (least / 1000);
}

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { threads: { type: 'string' }, json: { type: 'boolean' } },
  });
  const threads = Number(values.threads ?? availableParallelism());
  const peak = await gemmPeak(threads);
  console.log(
    values.json ? JSON.stringify(peak) : `${(peak / 1e9).toFixed(0)} GFLOP/s with ${threads} threads`,
  );
}
