export { avoidWebgpuFaults } from './avoid-webgpu-faults.js';
export { deviceValue, type ReadBack, tensorOf, valueOfTensor } from './held.js';
export { compileError, nodeIn, runError } from './runtime-error.js';
