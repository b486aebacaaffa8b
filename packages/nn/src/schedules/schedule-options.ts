import { z } from 'zod';
import { cosine } from './cosine.js';
import { exponentialDecay } from './exponential-decay.js';
import { linear } from './linear.js';
import { piecewise } from './piecewise.js';
import type { Schedule } from './schedule.js';
import { warmup } from './warmup.js';

const steps = z.number().int().positive();
const number = z.number();

const plain = z.discriminatedUnion('schedule', [
  z.strictObject({
    schedule: z.literal('linear'),
    from: number,
    to: number.default(0),
    steps,
    start: number.default(0),
  }),
  z.strictObject({ schedule: z.literal('cosine'), from: number, to: number.default(0), steps }),
  z.strictObject({
    schedule: z.literal('exponential'),
    from: number,
    factor: z.number().positive().max(1),
    steps,
    staircase: z.boolean().default(false),
    floor: number.default(0),
  }),
  z.strictObject({
    schedule: z.literal('piecewise'),
    boundaries: z.array(z.number()),
    values: z.array(z.number()).min(1),
  }),
]);
const warm = z.strictObject({ schedule: z.literal('warmup'), steps, next: z.union([number, plain]) });

function made(options: z.output<typeof plain> | z.output<typeof warm>): Schedule {
  switch (options.schedule) {
    case 'linear':
      return linear(options);
    case 'cosine':
      return cosine(options);
    case 'exponential':
      return exponentialDecay(options);
    case 'piecewise':
      return piecewise(options);
    case 'warmup':
      return warmup(options.steps, typeof options.next === 'number' ? options.next : made(options.next));
  }
}

/**
 * Options schema of a schedule as data, for config files and command lines: `{ schedule: 'linear', from: 2e-4, to: 0, steps: 50_000 }`,
 * also `cosine`, `exponential` (with `staircase`), `piecewise`, and `warmup` with one of these or a number as `next`.
 */
export const scheduleOptions = () => z.union([plain, warm]).transform(made);
