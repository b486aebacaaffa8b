import type { OperatorCase } from '../../test/operator-case.js';
import { elementwiseCases } from './elementwise.table.js';
import { indexingCases } from './indexing.table.js';
import { linearCases } from './linear.table.js';
import { reductionCases } from './reduction.table.js';
import { sequenceCases } from './sequence.table.js';
import { shapeCases } from './shape.table.js';
import { windowCases } from './windows.table.js';

/** Every operator, in every way it is used: at least one row each. */
export const operatorCases: readonly OperatorCase[] = [
  ...elementwiseCases,
  ...reductionCases,
  ...linearCases,
  ...sequenceCases,
  ...shapeCases,
  ...windowCases,
  ...indexingCases,
];
