import { defineTfjsNodeBackend } from '@ganymede/backend-tfjs-node';

/**
 * Runs graphs on a GPU with TensorFlow: through `@tensorflow/tfjs-node-gpu`, or through `@tensorflow/tfjs-node` on a libtensorflow
 * built for CUDA, whichever is installed. The code is that of `@ganymede/backend-tfjs-node`; only the device differs, which
 * TensorFlow takes when it is loaded.
 *
 * `device: 'auto'` stands for the GPU: where TensorFlow sees none it is refused with `GANYMEDE_BACKEND_DEVICE`, and nothing runs
 * on the CPU in silence (`device: 'cpu'` asks for that). Other errors as in `tfjsNodeBackend`.
 */
export const tfjsNodeGpuBackend = defineTfjsNodeBackend({
  id: '@ganymede/backend-tfjs-node-gpu/tfjs-node-gpu',
  name: 'tfjs-node-gpu',
  summary: 'TensorFlow on a GPU: tfjs-node-gpu, or tfjs-node on a libtensorflow for CUDA',
  packages: ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'],
  preferred: 'gpu',
});
