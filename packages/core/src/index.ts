export { type ErrorDetails, GanymedeError } from '@ganymede/tensor';
export * from './algorithm.js';
export * from './backend.js';
export { createRng } from './create-rng.js';
export * from './dataset.js';
export {
  defineAlgorithm,
  defineBackend,
  defineDataset,
  defineGan,
  defineLoss,
  defineMetric,
  defineOptimizer,
  defineRegularizer,
  isModule,
  type ModuleDefinition,
} from './define-module.js';
export { definePlugin } from './define-plugin.js';
export { describeSchema, type JsonSchema, jsonSchemaOf } from './json-schema.js';
export * from './loss.js';
export * from './module.js';
export { didYouMean, nearest } from './nearest.js';
export * from './network.js';
export * from './optimizer.js';
export type { Distribution, Rng } from './rng.js';
export * from './step.js';
export { createStepContext, type Declared, type NoiseSpec, type ScalarSpec } from './step-context.js';
export { flattenTree, mapTree, treePaths, unflattenTree, zipTrees } from './tree.js';
export { validateOptions } from './validate-options.js';
