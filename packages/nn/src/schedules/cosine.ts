import type { Schedule } from './schedule.js';

export interface CosineOptions {
  readonly from: number;
  /** @defaultValue 0 */
  readonly to?: number;
  /** Calls over which the value falls; it is `to` from call `steps` on. At least 1. */
  readonly steps: number;
}

/** Half a cosine wave from `from` to `to`, then constant. Loshchilov and Hutter 2017, eq. 5, without restarts. */
export const cosine =
  ({ from, to = 0, steps }: CosineOptions): Schedule =>
  (call) =>
    to + ((from - to) * (1 + Math.cos(Math.PI * Math.min(Math.max(call / steps, 0), 1)))) / 2;
