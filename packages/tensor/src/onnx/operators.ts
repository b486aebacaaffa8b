import type { Operator } from '../operator.js';
import { absOperator } from '../operators/abs.js';
import { acosOperator } from '../operators/acos.js';
import { acoshOperator } from '../operators/acosh.js';
import { addOperator } from '../operators/add.js';
import { andOperator } from '../operators/and.js';
import { argMaxOperator } from '../operators/arg-max.js';
import { argMinOperator } from '../operators/arg-min.js';
import { asinOperator } from '../operators/asin.js';
import { asinhOperator } from '../operators/asinh.js';
import { atanOperator } from '../operators/atan.js';
import { atanhOperator } from '../operators/atanh.js';
import { averagePoolOperator } from '../operators/average-pool.js';
import { bitShiftOperator } from '../operators/bit-shift.js';
import { castOperator } from '../operators/cast.js';
import { ceilOperator } from '../operators/ceil.js';
import { celuOperator } from '../operators/celu.js';
import { clipOperator } from '../operators/clip.js';
import { concatOperator } from '../operators/concat.js';
import { constantOperator } from '../operators/constant.js';
import { convTransposeOperator } from '../operators/conv-transpose.js';
import { convOperator } from '../operators/conv.js';
import { cosOperator } from '../operators/cos.js';
import { coshOperator } from '../operators/cosh.js';
import { cumSumOperator } from '../operators/cum-sum.js';
import { depthToSpaceOperator } from '../operators/depth-to-space.js';
import { divOperator } from '../operators/div.js';
import { eluOperator } from '../operators/elu.js';
import { equalOperator } from '../operators/equal.js';
import { erfOperator } from '../operators/erf.js';
import { expOperator } from '../operators/exp.js';
import { expandOperator } from '../operators/expand.js';
import { eyeLikeOperator } from '../operators/eye-like.js';
import { floorOperator } from '../operators/floor.js';
import { gatherElementsOperator } from '../operators/gather-elements.js';
import { gatherNDOperator } from '../operators/gather-nd.js';
import { gatherOperator } from '../operators/gather.js';
import { gemmOperator } from '../operators/gemm.js';
import { greaterOrEqualOperator } from '../operators/greater-or-equal.js';
import { greaterOperator } from '../operators/greater.js';
import { hardSigmoidOperator } from '../operators/hard-sigmoid.js';
import { hardSwishOperator } from '../operators/hard-swish.js';
import { hardmaxOperator } from '../operators/hardmax.js';
import { gridSampleOperator } from '../operators/grid-sample.js';
import { gruOperator } from '../operators/gru.js';
import { lstmOperator } from '../operators/lstm.js';
import { identityOperator } from '../operators/identity.js';
import { inputOperator } from '../operators/input.js';
import { isInfOperator } from '../operators/is-inf.js';
import { isNaNOperator } from '../operators/is-nan.js';
import { leakyReluOperator } from '../operators/leaky-relu.js';
import { lessOrEqualOperator } from '../operators/less-or-equal.js';
import { lessOperator } from '../operators/less.js';
import { logSoftmaxOperator } from '../operators/log-softmax.js';
import { logOperator } from '../operators/log.js';
import { matMulOperator } from '../operators/matmul.js';
import { maxPoolOperator } from '../operators/max-pool.js';
import { maximumOperator } from '../operators/maximum.js';
import { meanOfOperator } from '../operators/mean-of.js';
import { minimumOperator } from '../operators/minimum.js';
import { modOperator } from '../operators/mod.js';
import { mulOperator } from '../operators/mul.js';
import { negOperator } from '../operators/neg.js';
import { notOperator } from '../operators/not.js';
import { oneHotOperator } from '../operators/one-hot.js';
import { orOperator } from '../operators/or.js';
import { padOperator } from '../operators/pad.js';
import { powOperator } from '../operators/pow.js';
import { preluOperator } from '../operators/prelu.js';
import { reciprocalOperator } from '../operators/reciprocal.js';
import { reduceL1Operator } from '../operators/reduce-l1.js';
import { reduceL2Operator } from '../operators/reduce-l2.js';
import { reduceLogSumOperator } from '../operators/reduce-log-sum.js';
import { reduceMaxOperator } from '../operators/reduce-max.js';
import { reduceMeanOperator } from '../operators/reduce-mean.js';
import { reduceMinOperator } from '../operators/reduce-min.js';
import { reduceProdOperator } from '../operators/reduce-prod.js';
import { reduceSumOperator } from '../operators/reduce-sum.js';
import { reduceSumSquareOperator } from '../operators/reduce-sum-square.js';
import { reluOperator } from '../operators/relu.js';
import { reshapeOperator } from '../operators/reshape.js';
import { resizeOperator } from '../operators/resize.js';
import { reverseSequenceOperator } from '../operators/reverse-sequence.js';
import { roiAlignOperator } from '../operators/roi-align.js';
import { roundOperator } from '../operators/round.js';
import { scanOperator } from '../operators/families/scan-operator.js';
import { scatterElementsOperator } from '../operators/scatter-elements.js';
import { scatterNDOperator } from '../operators/scatter-nd.js';
import { seluOperator } from '../operators/selu.js';
import { shapeOfOperator } from '../operators/shape-of.js';
import { shrinkOperator } from '../operators/shrink.js';
import { sigmoidOperator } from '../operators/sigmoid.js';
import { signOperator } from '../operators/sign.js';
import { sinOperator } from '../operators/sin.js';
import { sinhOperator } from '../operators/sinh.js';
import { sizeOperator } from '../operators/size.js';
import { sliceOperator } from '../operators/slice.js';
import { softmaxOperator } from '../operators/softmax.js';
import { softplusOperator } from '../operators/softplus.js';
import { softsignOperator } from '../operators/softsign.js';
import { spaceToDepthOperator } from '../operators/space-to-depth.js';
import { sqrtOperator } from '../operators/sqrt.js';
import { squeezeOperator } from '../operators/squeeze.js';
import { stopGradientOperator } from '../operators/stop-gradient.js';
import { subOperator } from '../operators/sub.js';
import { sumOfOperator } from '../operators/sum-of.js';
import { tanOperator } from '../operators/tan.js';
import { tanhOperator } from '../operators/tanh.js';
import { tapOperator } from '../operators/tap.js';
import { thresholdedReluOperator } from '../operators/thresholded-relu.js';
import { tileOperator } from '../operators/tile.js';
import { topKOperator } from '../operators/top-k.js';
import { transposeOperator } from '../operators/transpose.js';
import { triluOperator } from '../operators/trilu.js';
import { unsqueezeOperator } from '../operators/unsqueeze.js';
import { whereOperator } from '../operators/where.js';
import { xorOperator } from '../operators/xor.js';

/** Every operator of the language, by name. Those without an ONNX operator of their own come last. */
export const operators = [
  absOperator,
  acosOperator,
  acoshOperator,
  addOperator,
  andOperator,
  argMaxOperator,
  argMinOperator,
  asinOperator,
  asinhOperator,
  atanOperator,
  atanhOperator,
  averagePoolOperator,
  bitShiftOperator,
  castOperator,
  ceilOperator,
  celuOperator,
  clipOperator,
  concatOperator,
  convTransposeOperator,
  convOperator,
  cosOperator,
  coshOperator,
  cumSumOperator,
  depthToSpaceOperator,
  divOperator,
  eluOperator,
  equalOperator,
  erfOperator,
  expOperator,
  expandOperator,
  eyeLikeOperator,
  floorOperator,
  gatherElementsOperator,
  gatherNDOperator,
  gatherOperator,
  gemmOperator,
  greaterOrEqualOperator,
  greaterOperator,
  hardSigmoidOperator,
  hardSwishOperator,
  hardmaxOperator,
  gridSampleOperator,
  gruOperator,
  lstmOperator,
  identityOperator,
  isInfOperator,
  isNaNOperator,
  leakyReluOperator,
  lessOrEqualOperator,
  lessOperator,
  logSoftmaxOperator,
  logOperator,
  matMulOperator,
  maxPoolOperator,
  maximumOperator,
  meanOfOperator,
  minimumOperator,
  modOperator,
  mulOperator,
  negOperator,
  notOperator,
  oneHotOperator,
  orOperator,
  padOperator,
  powOperator,
  preluOperator,
  reciprocalOperator,
  reduceL1Operator,
  reduceL2Operator,
  reduceLogSumOperator,
  reduceMaxOperator,
  reduceMeanOperator,
  reduceMinOperator,
  reduceProdOperator,
  reduceSumOperator,
  reduceSumSquareOperator,
  reluOperator,
  reshapeOperator,
  resizeOperator,
  reverseSequenceOperator,
  roiAlignOperator,
  roundOperator,
  scanOperator,
  scatterElementsOperator,
  scatterNDOperator,
  seluOperator,
  shapeOfOperator,
  shrinkOperator,
  sigmoidOperator,
  signOperator,
  sinOperator,
  sinhOperator,
  sizeOperator,
  sliceOperator,
  softmaxOperator,
  softplusOperator,
  softsignOperator,
  spaceToDepthOperator,
  sqrtOperator,
  squeezeOperator,
  subOperator,
  sumOfOperator,
  tanOperator,
  tanhOperator,
  thresholdedReluOperator,
  tileOperator,
  topKOperator,
  transposeOperator,
  triluOperator,
  unsqueezeOperator,
  whereOperator,
  xorOperator,
  constantOperator,
  inputOperator,
  stopGradientOperator,
  tapOperator,
  // Each was checked against its own inputs and attributes by defineOperator; the list needs what they have in common.
] as unknown as readonly Operator[];
