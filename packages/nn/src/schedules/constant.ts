import type { Schedule } from './schedule.js';

/** Always `value`. */
export const constant =
  (value: number): Schedule =>
  () =>
    value;
