import { GanymedeError } from '@ganymede/tensor';
import type { Schedule } from './schedule.js';

export interface PiecewiseOptions {
  /** Calls at which the next value takes over, increasing. */
  readonly boundaries: readonly number[];
  /** One more than there are boundaries. */
  readonly values: readonly number[];
}

/** `values[0]` before the first of the `boundaries`, `values[1]` from there on, and so forth. Throws `GANYMEDE_OPTION`. */
export function piecewise({ boundaries, values }: PiecewiseOptions): Schedule {
  const increasing = boundaries.every((b, i) => i === 0 || b > (boundaries[i - 1] as number));
  if (values.length !== boundaries.length + 1 || !increasing) {
    throw new GanymedeError('GANYMEDE_OPTION', {
      message: `piecewise: expected increasing boundaries and one value more than those, received ${boundaries.length} (${boundaries.join(', ')}) and ${values.length}`,
      hint: 'for example piecewise({ boundaries: [1000], values: [1e-3, 1e-4] })',
      data: { option: increasing ? 'values' : 'boundaries' },
    });
  }
  return (call) => values[boundaries.filter((b) => call >= b).length] as number;
}
