import type { Scheduled } from '@ganymede/core';
import { z } from 'zod';
import { scheduleOptions } from '../schedules/schedule-options.js';

/**
 * Options schema of a number over time: a number of 0 or more, a schedule as data (`{ schedule: 'linear', … }`), or, in code, a
 * function. JSON Schema has no functions: the type given here is for messages and lists.
 */
export const scheduled = () =>
  z.union([
    z.number().nonnegative(),
    scheduleOptions(),
    z.custom<(call: number) => number>((x) => typeof x === 'function').meta({ type: 'function of the call' }),
  ]) satisfies z.ZodType<Scheduled>;
