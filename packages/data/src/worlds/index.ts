import { nearest } from '@ganymede/core';
import { GanymedeError } from '@ganymede/tensor';
import { gridWorlds } from './grid.js';
import { parallelLines } from './parallel-lines.js';
import { ringWorlds } from './ring.js';
import { swissRoll } from './swiss-roll.js';
import { twoGaussians } from './two-gaussians.js';
import { twoMoons } from './two-moons.js';
import type { World } from './world.js';

/** Whose scale a world is in. */
export type WorldScaling = 'wgan-gp' | 'veegan';

/** Options of {@link worldOf}. */
export interface WorldOptions {
  /** Of the ring and the grid; the other worlds have one scale. @defaultValue 'wgan-gp' */
  readonly scaling?: WorldScaling;
  /** Distance of the parallel lines. @defaultValue 1 */
  readonly theta?: number;
}

const makers = {
  ring: ({ scaling = 'wgan-gp' }) => ringWorlds[scaling]?.(),
  grid: ({ scaling = 'wgan-gp' }) => gridWorlds[scaling]?.(),
  'swiss-roll': ({ scaling = 'wgan-gp' }) => (scaling === 'wgan-gp' ? swissRoll() : undefined),
  'two-moons': () => twoMoons(),
  'parallel-lines': ({ theta = 1 }) => parallelLines(theta),
  'two-gaussians': () => twoGaussians(),
} satisfies Record<string, (options: WorldOptions) => World | undefined>;

/** Names of the worlds. */
export type WorldName = keyof typeof makers;

/** Names of the worlds, for lists. */
export const worldNames = Object.keys(makers) as [WorldName, ...WorldName[]];

const isWorldName = (name: string): name is WorldName => Object.hasOwn(makers, name);

/**
 * A 2-D world by name: its centres, its sigma, and `draw(count, rng, call)`, an unending stream of points.
 *
 * @throws `GANYMEDE_DATA_WORLD` for a name or a scaling that does not exist
 */
export function worldOf(name: WorldName, options: WorldOptions = {}): World {
  if (!isWorldName(name)) {
    const near = nearest(String(name), worldNames);
    throw new GanymedeError('GANYMEDE_DATA_WORLD', {
      message: `there is no world "${String(name)}"; known: ${worldNames.join(', ')}`,
      hint: near === undefined ? 'choose one of those' : `did you mean "${near}"?`,
      data: { world: name, known: worldNames },
    });
  }
  const world = makers[name](options);
  if (world !== undefined) return world;
  throw new GanymedeError('GANYMEDE_DATA_WORLD', {
    message: `the world "${name}" has no scaling "${options.scaling}"; ring and grid have "wgan-gp" and "veegan", all others only "wgan-gp"`,
    hint: `leave scaling out for ${name}`,
    data: { world: name, scaling: options.scaling },
  });
}
