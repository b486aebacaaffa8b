import type { KernelTable } from '../kernel.js';
import { arithmeticKernels } from './arithmetic.js';
import { convolutionKernels } from './convolution.js';
import { functionKernels } from './functions.js';
import { indexingKernels } from './indexing.js';
import { loopKernels } from './loop.js';
import { poolingKernels } from './pooling.js';
import { productKernels } from './products.js';
import { reductionKernels } from './reductions.js';
import { shapeKernels } from './shapes.js';

/** Every operator that runs on TensorFlow.js, beside those that compute nothing. */
export const kernelTable: KernelTable = {
  ...arithmeticKernels,
  ...convolutionKernels,
  ...functionKernels,
  ...indexingKernels,
  ...loopKernels,
  ...poolingKernels,
  ...productKernels,
  ...reductionKernels,
  ...shapeKernels,
};

/** Operators whose result is their input: inputs and constants have values of their own, the others share one. */
export const transparent: ReadonlySet<string> = new Set(['Identity', 'StopGradient', 'Tap']);
