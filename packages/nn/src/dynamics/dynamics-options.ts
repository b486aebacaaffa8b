import { z } from 'zod';
import { consensus } from './consensus.js';
import { extragradient } from './extragradient.js';
import type { Dynamics } from './game.js';
import { inTurn } from './in-turn.js';
import { jointLookahead } from './joint-lookahead.js';
import { simultaneous } from './simultaneous.js';
import { symplectic } from './symplectic.js';
import { unrolled } from './unrolled.js';

/** Names of dynamics, in config files and on command lines. */
export const dynamicsNames = [
  'in-turn',
  'simultaneous',
  'extragradient',
  'consensus',
  'symplectic',
  'unrolled',
  'lookahead',
] as const;

const strength = z.number().nonnegative();
const count = z.number().int().positive().default(5);

const detailed = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('in-turn') }),
  z.strictObject({ name: z.literal('simultaneous') }),
  z.strictObject({ name: z.literal('extragradient') }),
  z.strictObject({ name: z.literal('consensus'), strength: strength.default(10) }),
  z.strictObject({
    name: z.literal('symplectic'),
    strength: strength.default(1),
    align: z.boolean().default(true),
  }),
  z.strictObject({ name: z.literal('unrolled'), steps: count }),
  z.strictObject({
    name: z.literal('lookahead'),
    every: count,
    rate: z.number().positive().max(1).default(0.5),
  }),
]);

/**
 * Options schema of dynamics as data: a name (`'extragradient'`), or a name with options
 * (`{ name: 'consensus', strength: 10 }`; on a command line `--set dynamics.name=consensus --set dynamics.strength=10`).
 * {@link dynamicsOf} makes them.
 */
export const dynamicsOptions = () => z.union([z.enum(dynamicsNames), detailed]);

/** The dynamics that options describe. */
export function dynamicsOf(given: z.output<ReturnType<typeof dynamicsOptions>>): Dynamics {
  const options = typeof given === 'string' ? detailed.parse({ name: given }) : given;
  switch (options.name) {
    case 'in-turn':
      return inTurn();
    case 'simultaneous':
      return simultaneous();
    case 'extragradient':
      return extragradient();
    case 'consensus':
      return consensus(options);
    case 'symplectic':
      return symplectic(options);
    case 'unrolled':
      return unrolled(options);
    case 'lookahead':
      return jointLookahead(options);
  }
}
