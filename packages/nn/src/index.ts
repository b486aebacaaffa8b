export type { Fan, Initializer } from './initializers/initializer.js';
export { constant, ones, zeros } from './initializers/constant.js';
export { glorotNormal, glorotUniform } from './initializers/glorot.js';
export { heNormal, heUniform } from './initializers/he.js';
export { lecunNormal, lecunUniform } from './initializers/lecun.js';
export { normal, truncatedNormal } from './initializers/normal.js';
export { orthogonal } from './initializers/orthogonal.js';
export { uniform } from './initializers/uniform.js';
export {
  elu,
  gelu,
  leakyRelu,
  relu,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  tanh,
} from './layers/activations.js';
export { adaInstanceNorm, type AdaInstanceNormOptions } from './layers/ada-instance-norm.js';
export { additiveAttention, type AdditiveAttentionOptions } from './layers/additive-attention.js';
export { batchNorm } from './layers/batch-norm.js';
export type { BatchNormOptions } from './layers/batch-statistics.js';
export { blurPool, type BlurPoolOptions } from './layers/blur-pool.js';
export { compose, type ComposeOptions, type Parts } from './layers/compose.js';
export {
  conditionalBatchNorm,
  type ConditionalBatchNormOptions,
} from './layers/conditional-batch-norm.js';
export { conv1d, type Conv1dOptions } from './layers/conv1d.js';
export { conv2d, type Conv2dOptions } from './layers/conv2d.js';
export { conv3d, type Conv3dOptions } from './layers/conv3d.js';
export { convTranspose1d, type ConvTranspose1dOptions } from './layers/conv-transpose1d.js';
export { convTranspose2d, type ConvTranspose2dOptions } from './layers/conv-transpose2d.js';
export { convTranspose3d, type ConvTranspose3dOptions } from './layers/conv-transpose3d.js';
export type { ConvolutionOptions } from './layers/convolution-window.js';
export { dense, type DenseOptions } from './layers/dense.js';
export { dotProductAttention, type DotProductAttentionOptions } from './layers/dot-product-attention.js';
export { dropout } from './layers/dropout.js';
export { embedding, type EmbeddingOptions } from './layers/embedding.js';
export { expose } from './layers/expose.js';
export {
  equalizedLearningRate,
  type EqualizedLearningRateOptions,
} from './layers/equalized-learning-rate.js';
export { groupNorm, type GroupNormOptions } from './layers/group-norm.js';
export { gru, type GruLayersOptions } from './layers/gru.js';
export { gruCell, type GruOptions, gruSequence, gruStep } from './layers/gru-cell.js';
export { highway, type HighwayOptions } from './layers/highway.js';
export { initFromData, type InitFromDataOptions } from './layers/init-from-data.js';
export { instanceNoise } from './layers/instance-noise.js';
export { instanceNorm, type InstanceNormOptions } from './layers/instance-norm.js';
export { layerNorm, type LayerNormOptions } from './layers/layer-norm.js';
export { learnedConstant, type LearnedConstantOptions } from './layers/learned-constant.js';
export type { LayerWeightOptions } from './layers/layer-weight.js';
export { lstm, type LstmLayersOptions } from './layers/lstm.js';
export {
  lstmAdvance,
  lstmCell,
  lstmInputGates,
  type LstmOptions,
  lstmSequence,
  type LstmState,
  lstmStep,
} from './layers/lstm-cell.js';
export { maxout, type MaxoutOptions } from './layers/maxout.js';
export {
  minibatchDiscrimination,
  type MinibatchDiscriminationOptions,
} from './layers/minibatch-discrimination.js';
export { minibatchStd, type MinibatchStdOptions } from './layers/minibatch-std.js';
export type { ModulationOptions } from './layers/modulation.js';
export { multiHeadAttention, type MultiHeadAttentionOptions } from './layers/multi-head-attention.js';
export type { Padding, Size, Size3d } from './layers/padding.js';
export { pixelNorm } from './layers/pixel-norm.js';
export { pixelShuffle, pixelUnshuffle } from './layers/pixel-shuffle.js';
export { averagePool, globalPool, maxPool, type PoolingOptions } from './layers/pooling.js';
export { prelu, type PreluOptions } from './layers/prelu.js';
export type { RecurrentOptions } from './layers/recurrent-layers.js';
export type { SequenceOptions } from './layers/recurrence.js';
export { residualBlock, type ResidualBlockOptions } from './layers/residual-block.js';
export { flatten, reshape } from './layers/reshape.js';
export { selfAttention, type SelfAttentionOptions } from './layers/self-attention.js';
export { sequential } from './layers/sequential.js';
export { spectralNorm, type SpectralNormOptions } from './layers/spectral-norm.js';
export { stateless } from './layers/stateless.js';
export { upsample, type UpsampleOptions } from './layers/upsample.js';
export { weightNorm, type WeightNormOptions } from './layers/weight-norm.js';
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
export { consensus, type ConsensusOptions } from './dynamics/consensus.js';
export { dynamicsNames, dynamicsOf, dynamicsOptions } from './dynamics/dynamics-options.js';
export { extragradient } from './dynamics/extragradient.js';
export { inTurn } from './dynamics/in-turn.js';
export { jointLookahead, type JointLookaheadOptions } from './dynamics/joint-lookahead.js';
export { simultaneous } from './dynamics/simultaneous.js';
export { symplectic, type SymplecticOptions } from './dynamics/symplectic.js';
export { unrolled, type UnrolledOptions } from './dynamics/unrolled.js';
export { accumulate, averageOfAccumulated } from './optimizers/accumulate.js';
export { adam } from './optimizers/adam.js';
export { adamw } from './optimizers/adamw.js';
export { applyUpdates } from './optimizers/apply-updates.js';
export { chain } from './optimizers/chain.js';
export { clipByGlobalNorm, globalNorm } from './optimizers/clip-by-global-norm.js';
export { clipByNorm } from './optimizers/clip-by-norm.js';
export { clipByValue } from './optimizers/clip-by-value.js';
export { countedAs } from './optimizers/counted-as.js';
export { descend, descendAlong } from './optimizers/descend.js';
export { gradientsOf } from './optimizers/gradients-of.js';
export { lookahead, type LookaheadOptions } from './optimizers/lookahead.js';
export { momentum, type MomentumOptions } from './optimizers/momentum.js';
export { optimistic } from './optimizers/optimistic.js';
export { optimisticAdam } from './optimizers/optimistic-adam.js';
export { optimisticSgd } from './optimizers/optimistic-sgd.js';
export { orthogonalDecay, type OrthogonalDecayOptions } from './optimizers/orthogonal-decay.js';
export { rmsprop } from './optimizers/rmsprop.js';
export { scheduled } from './optimizers/scheduled.js';
export { scaleByAdam } from './optimizers/scale-by-adam.js';
export { scale, scaleByRate } from './optimizers/scale.js';
export { sgd } from './optimizers/sgd.js';
export { weightDecay, type WeightDecayOptions } from './optimizers/weight-decay.js';
export { type Average, ema, type EmaOptions } from './ema.js';
export * as schedules from './schedules/index.js';
export type { Schedule } from './schedules/schedule.js';
export { nn } from './plugin.js';
export { parametersOf, replaceLeaves, tensorAt, treeAt } from './variables.js';
