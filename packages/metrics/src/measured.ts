import type { Measurement } from '@ganymede/core';
import type { Interval } from './statistics/bootstrap.js';

/** A measurement, with its interval where there is one. */
export const measured = (
  name: string,
  value: number,
  provenance: Measurement['provenance'],
  interval?: Interval,
): Measurement => ({ name, value, ...(interval === undefined ? {} : { interval }), provenance });
