import type { Schedule } from './schedule.js';

/**
 * Grows linearly to `then`'s first value over `steps` calls, then follows `then` counted from there. The first call already
 * gets 1/`steps` of it: a step with rate 0 would be wasted.
 */
export const warmup = (steps: number, then: number | Schedule): Schedule => {
  const next = typeof then === 'number' ? () => then : then;
  return (call) => (call < steps ? (next(0) * (call + 1)) / steps : next(call - steps));
};
