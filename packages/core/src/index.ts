export { type ErrorDetails, GanymedeError } from '@ganymede/tensor';

// What plugins implement
export * from './algorithm.js';
export * from './backend.js';
export * from './dataset.js';
export * from './loss.js';
export * from './metric-input.js';
export * from './module.js';
export * from './network.js';
export * from './optimizer.js';
export type { Distribution, Rng } from './rng.js';
export * from './step.js';

// Making and using modules
export { createGanymede } from './create-ganymede.js';
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
export type * from './ganymede.js';
export { availableMemory, checkMemory, type MemoryNeed, memoryNeed } from './check-memory.js';
export { createExclusive } from './exclusive.js';
export { describeSchema, type JsonSchema, jsonSchemaOf } from './json-schema.js';
export { didYouMean, nearest } from './nearest.js';
export { referenceBackend } from './reference-backend.js';
export { validateOptions } from './validate-options.js';

// Programs
export { joinRows, rowsOf } from './batch-rows.js';
export { buildSampler, drawNoise, type SamplerProgram } from './build-sampler.js';
export { buildStep, type StepProgram } from './build-step.js';
export { type CompiledSampler, compileSampler, type SampleCall } from './compile-sampler.js';
export { type CompiledStep, compileStep, type StepCall, type StepOutcome } from './compile-step.js';
export type { DebugMode } from './debug-call.js';
export type { NonFiniteOrigin, SeenTensor } from './find-non-finite.js';
export type { ValueRange } from './value-range.js';
export { type Conditions, conditionAt, type ConditionTypes, withConditions } from './conditions.js';
export { collectExposed, type Exposed } from './exposed.js';
export { withoutBufferUpdates, withoutTraining } from './frozen-context.js';
export { createStateReader, type StateTypes } from './state-reader.js';
export { createStepContext, type Declared, type NoiseSpec, type ScalarSpec } from './step-context.js';
export { flattenTree, mapTree, treePaths, unflattenTree, zipTrees } from './tree.js';

// Runs
export { createDataStream, type DataCursor, type DataStreamOptions } from './data-stream.js';
export { createRng } from './create-rng.js';
export { createRun } from './create-run.js';
export type { Run, RunStatus, SampleOptions } from './run.js';
export type { ProfileOptions, RunProfile } from './profile-run.js';
export type { StepProfile } from './profile-step.js';
export { type KernelSummary, type LayerProfile, layerOf, type OperatorProfile } from './kernel-summary.js';
export { createKernelClock, isView, type KernelClock } from './kernel-clock.js';
export type { RunParts } from './run-parts.js';
export type { EventSink, RunEvent } from './run-event.js';
export { type EventHub, createEventHub } from './event-hub.js';
export type { StateView } from './held-state.js';
export { jsonlSink, readEvents } from './jsonl-sink.js';
export { memorySink } from './memory-sink.js';
export { readRunConfig, refuseExistingRun, type RunConfig } from './run-folder.js';

// State on disk
export {
  type Checkpoint,
  type CheckpointMeta,
  type CheckpointStore,
  checkpointId,
  loadCheckpoint,
} from './checkpoint.js';
export { fileCheckpointStore } from './file-checkpoint-store.js';
export { memoryCheckpointStore } from './memory-checkpoint-store.js';
export { readOnnx } from './read-onnx.js';
export { decodeSafetensors, encodeSafetensors } from './safetensors.js';
export { writeFileDurably, writeFilesDurably } from './write-file-durably.js';

// Services
export { type Clock, systemClock } from './clock.js';
export { type Container, createContainer } from './container.js';
export { type Logger, stderrLogger } from './logger.js';
export { bindServices, type CheckpointPlace, tokens } from './services.js';
export { nodeModule } from './node-module.js';
export { type Token, token } from './token.js';
