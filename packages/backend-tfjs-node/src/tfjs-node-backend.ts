import { defineTfjsNodeBackend } from './define-tfjs-node-backend.js';

/**
 * Runs graphs on libtensorflow through `@tensorflow/tfjs-node`, an optional peer that is loaded on first use, and that works on
 * Node 23 and newer too.
 *
 * `run` computes inside the call and blocks the event loop meanwhile. State stays in TensorFlow's memory between steps. On the
 * CPU the same feeds give the same bits at the same number of threads. int64 is held as int32, and there is no float64.
 *
 * Errors: `GANYMEDE_BACKEND_UNAVAILABLE` without the package or where its native part does not load, `GANYMEDE_BACKEND_DEVICE`
 * where the device asked for cannot be used, `GANYMEDE_BACKEND_OPERATOR` from compiling, `GANYMEDE_FEED` and
 * `GANYMEDE_BACKEND_RUN` from running.
 */
export const tfjsNodeBackend = defineTfjsNodeBackend({
  id: '@ganymede/backend-tfjs-node/tfjs-node',
  name: 'tfjs-node',
  summary: 'libtensorflow through tfjs-node: CPU, or GPU with a build for CUDA',
  packages: ['@tensorflow/tfjs-node'],
});
