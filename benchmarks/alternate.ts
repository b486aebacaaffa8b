import { setTimeout as sleep } from 'node:timers/promises';

/** One side of a comparison: `block` does `count` steps and returns the milliseconds of each. */
export interface Contender {
  readonly name: string;
  block(count: number): Promise<readonly number[]>;
}

export interface Measurement {
  readonly name: string;
  /** Median over the blocks of the mean step. */
  readonly median: number;
  /** The fastest step of all. */
  readonly least: number;
  /** Mean step of each block. */
  readonly blocks: readonly number[];
}

export interface Effort {
  /** Blocks of each contender, at least 5. */
  readonly blocks: number;
  /** Steps in a block. */
  readonly steps: number;
  /** Steps of each contender before anything counts. */
  readonly warmUp: number;
}

export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;

/**
 * Measures contenders in turn, block by block, so that a machine that slows down for a while slows all of them. Threads get
 * a pause to stop spinning before the next one starts.
 */
export async function alternate(contenders: readonly Contender[], effort: Effort): Promise<Measurement[]> {
  const blocks = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  const least = new Map<string, number>();
  for (const one of contenders) await one.block(effort.warmUp);
  for (let round = 0; round < effort.blocks; round++) {
    for (const { name, block } of contenders) {
      await sleep(100);
      const times = await block(effort.steps);
      blocks.get(name)?.push(mean(times));
      least.set(name, Math.min(least.get(name) ?? Number.POSITIVE_INFINITY, ...times));
    }
  }
  return contenders.map(({ name }) => {
    const own = blocks.get(name) as number[];
    return { name, median: median(own), least: least.get(name) as number, blocks: own };
  });
}
