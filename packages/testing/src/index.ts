export { type AlgorithmCheck, type AlgorithmRow, testAlgorithm } from './test-algorithm.js';
export { type BackendCase, sample, wholes } from './backend/backend-case.js';
export { type Claim, describeClaim, holds, shownNumber } from './claims/claim.js';
export { claimKey, type ClaimRow } from './claims/claim-row.js';
export { once } from './claims/once.js';
export { readRecordedClaims, recordClaims } from './claims/record.js';
export { testClaims } from './claims/test-claims.js';
export { checkPrograms, type CheckProgramsOptions } from './program/check-programs.js';
export {
  buildProgram,
  type ProgramRecipe,
  programRecipes,
  programSteps,
  type RandomProgram,
} from './program/random-program.js';
export type { Dice, Entry, ProgramStep } from './program/program-step.js';
export { backendCases, testBackend, type TestBackendOptions } from './test-backend.js';
export { type DatasetCheck, type DatasetRow, testDataset } from './test-dataset.js';
export { expectClose } from './expect-close.js';
export { finiteDifferences } from './finite-differences.js';
export {
  type JointLossRow,
  type LossCheck,
  type LossRow,
  type LossTerm,
  testJointLoss,
  testLoss,
} from './test-loss.js';
export type { NetworkCheck, NetworkRow, RefusedInput, SampleSpec } from './network/network-row.js';
export { testNetwork } from './test-network.js';
export { caseGraph } from './operator/case-graph.js';
export { type Elements, elements, sigma } from './operator/elements.js';
export { binary as binaryCases, unary as unaryCase } from './operator/elementwise-rows.js';
export { fromX, listed, NOT_FINITE, ofX, type OperatorCase, STEP } from './operator/operator-case.js';
export { awayFromZero, between, distinct, exactly, given, type Sample } from './operator/sample.js';
export { expectNumbers, type ExpectNumbersOptions, testOperator } from './test-operator.js';
export { type OptimizerCheck, type OptimizerRow, testOptimizer } from './test-optimizer.js';
export {
  type LinearCase,
  type RegularizerCheck,
  type RegularizerRow,
  testRegularizer,
} from './test-regularizer.js';
export { createWorkbench, type Workbench, type WorkbenchOptions } from './workbench.js';
