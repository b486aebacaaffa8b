export { avoidWebgpuFaults } from './avoid-webgpu-faults.js';
export { deviceValue, type ReadBack, tensorOf, valueOfTensor } from './held.js';
export { residentOutputs } from './resident-outputs.js';
export { runOfTensors, type SessionParts, type SessionRun, sessionExecutable } from './session-executable.js';
export { compileError, nodeIn, runError } from './runtime-error.js';
