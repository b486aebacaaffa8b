import type { Schedule } from './schedule.js';

export interface ExponentialDecayOptions {
  readonly from: number;
  /** Factor per `steps` calls, in (0, 1]. */
  readonly factor: number;
  readonly steps: number;
  /** Falls once every `steps` calls instead of at each. @defaultValue false */
  readonly staircase?: boolean;
  /** Never falls below this. @defaultValue 0 */
  readonly floor?: number;
}

/** `from · factor^(call / steps)`, not below `floor`. */
export const exponentialDecay =
  ({ from, factor, steps, staircase = false, floor = 0 }: ExponentialDecayOptions): Schedule =>
  (call) =>
    Math.max(from * factor ** (staircase ? Math.floor(call / steps) : call / steps), floor);
