export { constant } from './constant.js';
export { type CosineOptions, cosine } from './cosine.js';
export { type ExponentialDecayOptions, exponentialDecay } from './exponential-decay.js';
export { type LinearOptions, linear } from './linear.js';
export { type PiecewiseOptions, piecewise } from './piecewise.js';
export type { Schedule } from './schedule.js';
export { scheduleOptions } from './schedule-options.js';
export { warmup } from './warmup.js';
