import type { Schedule } from './schedule.js';

export interface LinearOptions {
  readonly from: number;
  readonly to: number;
  /** Calls over which the value moves; it is `to` from call `steps` on. At least 1. */
  readonly steps: number;
  /** Calls before it starts to move. @defaultValue 0 */
  readonly start?: number;
}

/** Straight from `from` to `to`, then constant. SN-GAN: `linear({ from: 2e-4, to: 0, steps: 50_000 })`. */
export const linear =
  ({ from, to, steps, start = 0 }: LinearOptions): Schedule =>
  (call) =>
    from + (to - from) * Math.min(Math.max((call - start) / steps, 0), 1);
