import type { StepContext } from '@ganymede/core';
import { constant, type Tensor, valueOf } from '@ganymede/tensor';

/** Equal round normal distributions in the plane, as `modeScores` of metrics wants them. */
export interface World {
  readonly centres: readonly (readonly [number, number])[];
  readonly std: number;
}

/** What the ring is divided by in their code: nearly √2. */
export const ringDivisor = 1414 / 1000;

/** The 8-Gaussian ring of the WGAN-GP authors: radius 2 and σ 0.02, divided by 1.414. */
export const ring: World = {
  centres: Array.from({ length: 8 }, (_, k) => {
    const angle = (k * Math.PI) / 4;
    return [Math.cos(angle) * (2 / ringDivisor), Math.sin(angle) * (2 / ringDivisor)] as const;
  }),
  std: 0.02 / ringDivisor,
};

/** Their 25-Gaussian grid: centres 2i, 2j and σ 0.05, divided by 2.828. */
export const grid25: World = {
  centres: Array.from(
    { length: 25 },
    (_, k) => [(2 * (Math.floor(k / 5) - 2)) / 2.828, (2 * ((k % 5) - 2)) / 2.828] as const,
  ),
  std: 0.05 / 2.828,
};

/** `count` fresh points of a world, drawn in the graph: `[count, 2]`. */
export function drawWorld({ centres, std }: World, count: number, ctx: StepContext): Tensor {
  const places = constant(valueOf(centres.flat(), [centres.length, 2]));
  const mode = ctx.noise('mode', [count], { kind: 'integers', high: centres.length });
  return places.gather(mode).add(ctx.noise('point', [count, 2], { kind: 'normal', std }));
}
