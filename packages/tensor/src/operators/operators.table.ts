import type { OperatorCase } from '../../test/operator-case.js';
import { activationCases } from './activation.table.js';
import { distributionCases } from './distribution.table.js';
import { elementwiseCases } from './elementwise.table.js';
import { emptyCases } from './empty.table.js';
import { emptyBatchCases } from './empty-batch.table.js';
import { indexingCases } from './indexing.table.js';
import { integerCases } from './integer.table.js';
import { linearCases } from './linear.table.js';
import { matrixCases } from './matrix.table.js';
import { normalizationCases } from './normalization.table.js';
import { reductionCases } from './reduction.table.js';
import { resizeCases } from './resize.table.js';
import { samplingCases } from './sampling.table.js';
import { sequenceCases } from './sequence.table.js';
import { shapeCases } from './shape.table.js';
import { specialCases } from './special-values.table.js';
import { trigonometryCases } from './trigonometry.table.js';
import { windowCases } from './windows.table.js';

/** Every operator, in every way it is used: at least one row each. */
export const operatorCases: readonly OperatorCase[] = [
  ...elementwiseCases,
  ...activationCases,
  ...trigonometryCases,
  ...specialCases,
  ...integerCases,
  ...matrixCases,
  ...normalizationCases,
  ...reductionCases,
  ...linearCases,
  ...resizeCases,
  ...samplingCases,
  ...sequenceCases,
  ...shapeCases,
  ...windowCases,
  ...indexingCases,
  ...distributionCases,
  ...emptyCases,
  ...emptyBatchCases,
];
