export { constant } from './constant.js';
export { type CosineOptions, cosine } from './cosine.js';
export { type ExponentialDecayOptions, exponentialDecay } from './exponential-decay.js';
export { type LinearOptions, linear } from './linear.js';
export type { Schedule } from './schedule.js';
export { warmup } from './warmup.js';
