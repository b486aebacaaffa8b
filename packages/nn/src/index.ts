export type { Fan, Initializer } from './initializers/initializer.js';
export { constant, ones, zeros } from './initializers/constant.js';
export { glorotNormal, glorotUniform } from './initializers/glorot.js';
export { heNormal, heUniform } from './initializers/he.js';
export { normal, truncatedNormal } from './initializers/normal.js';
export { orthogonal } from './initializers/orthogonal.js';
export { uniform } from './initializers/uniform.js';
export { elu, leakyRelu, relu, sigmoid, tanh } from './layers/activations.js';
export { batchNorm, type BatchNormOptions } from './layers/batch-norm.js';
export { compose, type ComposeOptions, type Parts } from './layers/compose.js';
export { conv2d, type Conv2dOptions } from './layers/conv2d.js';
export { convTranspose2d, type ConvTranspose2dOptions } from './layers/conv-transpose2d.js';
export { dense, type DenseOptions } from './layers/dense.js';
export { dropout } from './layers/dropout.js';
export { embedding, type EmbeddingOptions } from './layers/embedding.js';
export { expose } from './layers/expose.js';
export { highway, type HighwayOptions } from './layers/highway.js';
export { instanceNoise } from './layers/instance-noise.js';
export {
  lstmAdvance,
  lstmCell,
  lstmInputGates,
  type LstmOptions,
  lstmSequence,
  type LstmState,
  lstmStep,
} from './layers/lstm.js';
export {
  minibatchDiscrimination,
  type MinibatchDiscriminationOptions,
} from './layers/minibatch-discrimination.js';
export { minibatchStd, type MinibatchStdOptions } from './layers/minibatch-std.js';
export type { Padding, Size } from './layers/padding.js';
export { flatten, reshape } from './layers/reshape.js';
export { sequential } from './layers/sequential.js';
export { spectralNorm, type SpectralNormOptions } from './layers/spectral-norm.js';
export { stateless } from './layers/stateless.js';
export { fromOnnx, type FromOnnxOptions, type OnnxNetwork } from './onnx/from-onnx.js';
export {
  type Dynamics,
  type Game,
  mapPlayers,
  moveAll,
  type Outcome,
  ownGradient,
  paramsOf,
  type Players,
  type Standing,
  stopped,
  vectorField,
} from './dynamics/game.js';
export { inTurn } from './dynamics/in-turn.js';
export { simultaneous } from './dynamics/simultaneous.js';
export { adam } from './optimizers/adam.js';
export { applyUpdates } from './optimizers/apply-updates.js';
export { chain } from './optimizers/chain.js';
export { clipByGlobalNorm, globalNorm } from './optimizers/clip-by-global-norm.js';
export { clipByNorm } from './optimizers/clip-by-norm.js';
export { clipByValue } from './optimizers/clip-by-value.js';
export { descend, descendAlong } from './optimizers/descend.js';
export { gradientsOf } from './optimizers/gradients-of.js';
export { momentum, type MomentumOptions } from './optimizers/momentum.js';
export { orthogonalDecay, type OrthogonalDecayOptions } from './optimizers/orthogonal-decay.js';
export { rmsprop } from './optimizers/rmsprop.js';
export { scaleByAdam } from './optimizers/scale-by-adam.js';
export { scale, scaleByRate } from './optimizers/scale.js';
export { sgd } from './optimizers/sgd.js';
export { weightDecay, type WeightDecayOptions } from './optimizers/weight-decay.js';
export { type Average, ema } from './ema.js';
export * as schedules from './schedules/index.js';
export type { Schedule } from './schedules/schedule.js';
export { nn } from './plugin.js';
export { parametersOf, replaceLeaves, tensorAt, treeAt } from './variables.js';
