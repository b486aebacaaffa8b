/** The tensor language: everything this package offers. One line per file. */
export {
  allocate,
  bytesPerElement,
  type DataOf,
  type Dtype,
  isFloating,
  onnxDtype,
  type TensorData,
} from './dtype.js';
export { type ErrorDetails, GanymedeError } from './error.js';
export { evaluate, type EvaluateOptions, type Results } from './evaluate.js';
export { type Derivatives, grad, type GradOptions, vjp } from './gradient/grad.js';
export { type Graph, graph } from './graph/graph.js';
export { type Rewrite, rewriteGraph } from './graph/rewrite.js';
export { type Bindings, bindShape, resolveDim, resolveShape } from './graph/named-dimensions.js';
export {
  type Columns,
  columnsOf,
  indicesOf,
  offsetIn,
  pickPixels,
  readColumns,
} from './convolution/columns.js';
export type { PerAxis, Window, WindowOptions } from './convolution/geometry.js';
export { type WindowAttributes, windowAttributes } from './convolution/window-attributes.js';
export type { PaddingForm } from './convolution/padding-form.js';
export {
  type Attribute,
  type Attributes,
  type Binary,
  defineOperator,
  type NoAttributes,
  type OnnxForm,
  type Operator,
  type OutputType,
  type Partial,
  type TensorType,
  type Ternary,
  type Unary,
} from './operator.js';
export { currentScope, scope, scopeAt } from './scope.js';
export { type Origin, traceOrigins } from './origin.js';
export { captureSource, type Source } from './user-source.js';
export {
  broadcastShapes,
  type Dim,
  formatShape,
  isStatic,
  normalizeAxes,
  normalizeAxis,
  productOf,
  quotientOf,
  sameShape,
  type Shape,
  sizeOf,
} from './shape.js';
export { makeTensor, Tensor, type TensorLike } from './tensor.js';
export { filled, firstNonFinite, numbersOf, scalarOf, type Value, value, valueOf } from './value.js';

// Operators
export { abs } from './operators/abs.js';
export { acos } from './operators/acos.js';
export { acosh } from './operators/acosh.js';
export { add } from './operators/add.js';
export { type AffineGridOptions, affineGrid } from './operators/affine-grid.js';
export { and } from './operators/and.js';
export { argMax } from './operators/arg-max.js';
export { argMin } from './operators/arg-min.js';
export { asin } from './operators/asin.js';
export { asinh } from './operators/asinh.js';
export { atan } from './operators/atan.js';
export { atan2 } from './operators/atan2.js';
export { atanh } from './operators/atanh.js';
export { type AveragePoolOptions, averagePool } from './operators/average-pool.js';
export { batchNormalization } from './operators/batch-normalization.js';
export type { ScaleAndShift } from './operators/families/scale-and-shift.js';
export { bernoulli } from './operators/bernoulli.js';
export { bitShift } from './operators/bit-shift.js';
export { cast } from './operators/cast.js';
export { categorical } from './operators/categorical.js';
export { ceil } from './operators/ceil.js';
export { celu } from './operators/celu.js';
export { cholesky } from './operators/cholesky.js';
export { clip } from './operators/clip.js';
export { concat } from './operators/concat.js';
export { constant, constantValue } from './operators/constant.js';
export { type ConvTransposeOptions, convTranspose } from './operators/conv-transpose.js';
export { type ConvOptions, conv } from './operators/conv.js';
export { cos } from './operators/cos.js';
export { cosh } from './operators/cosh.js';
export { type CumSumOptions, cumSum } from './operators/cum-sum.js';
export { depthToSpace } from './operators/depth-to-space.js';
export { div } from './operators/div.js';
export { einsum } from './operators/einsum.js';
export { elu } from './operators/elu.js';
export { equal } from './operators/equal.js';
export { erf } from './operators/erf.js';
export { erfInverse } from './operators/erf-inverse.js';
export { exp } from './operators/exp.js';
export { expand } from './operators/expand.js';
export { eye } from './operators/eye.js';
export { eyeLike } from './operators/eye-like.js';
export { flatten } from './operators/flatten.js';
export { floor } from './operators/floor.js';
export { full, ones, zeros } from './operators/full.js';
export { gatherElements } from './operators/gather-elements.js';
export { gatherND } from './operators/gather-nd.js';
export { gather } from './operators/gather.js';
export { type GeluOptions, gelu } from './operators/gelu.js';
export { type GemmOptions, gemm } from './operators/gemm.js';
export { globalAveragePool } from './operators/global-average-pool.js';
export { globalLpPool } from './operators/global-lp-pool.js';
export { globalMaxPool } from './operators/global-max-pool.js';
export { glu } from './operators/glu.js';
export { greaterOrEqual } from './operators/greater-or-equal.js';
export { greater } from './operators/greater.js';
export { gumbel } from './operators/gumbel.js';
export { type GumbelSoftmaxOptions, gumbelSoftmax } from './operators/gumbel-softmax.js';
export { type GridSampleOptions, gridSample } from './operators/grid-sample.js';
export { groupNormalization } from './operators/group-normalization.js';
export { type GruOptions, type GruResult, gru } from './operators/gru.js';
export { hardSigmoid } from './operators/hard-sigmoid.js';
export { hardSwish } from './operators/hard-swish.js';
export { hardmax } from './operators/hardmax.js';
export { identity } from './operators/identity.js';
export { input, inputName } from './operators/input.js';
export { type IsInfOptions, isInf } from './operators/is-inf.js';
export { instanceNormalization } from './operators/instance-normalization.js';
export { isNaN } from './operators/is-nan.js';
export { l2Normalize } from './operators/l2-normalize.js';
export {
  type LayerNormalizationOptions,
  layerNormalization,
} from './operators/layer-normalization.js';
export { leakyRelu } from './operators/leaky-relu.js';
export { lessOrEqual } from './operators/less-or-equal.js';
export { less } from './operators/less.js';
export { logSigmoid } from './operators/log-sigmoid.js';
export {
  type LocalResponseNormalizationOptions,
  localResponseNormalization,
} from './operators/local-response-normalization.js';
export { logSoftmax } from './operators/log-softmax.js';
export { logSumExp } from './operators/log-sum-exp.js';
export { log } from './operators/log.js';
export { matmul } from './operators/matmul.js';
export { type LstmOptions, type LstmResult, lstm } from './operators/lstm.js';
export { type LpPoolOptions, lpPool } from './operators/lp-pool.js';
export { type MaxPoolOptions, maxPool } from './operators/max-pool.js';
export {
  matrixInverseSquareRoot,
  type MatrixRootOptions,
  matrixSquareRoot,
} from './operators/matrix-square-root.js';
export { maximum } from './operators/maximum.js';
export { maximumOf } from './operators/maximum-of.js';
export { meanOf } from './operators/mean-of.js';
export { minimum } from './operators/minimum.js';
export { minimumOf } from './operators/minimum-of.js';
export { mish } from './operators/mish.js';
export { mod } from './operators/mod.js';
export { mul } from './operators/mul.js';
export { neg } from './operators/neg.js';
export { not } from './operators/not.js';
export { oneHot } from './operators/one-hot.js';
export { or } from './operators/or.js';
export { type PadMode, type PadOptions, pad } from './operators/pad.js';
export { pow } from './operators/pow.js';
export { prelu } from './operators/prelu.js';
export { range } from './operators/range.js';
export { reciprocal } from './operators/reciprocal.js';
export { l1Norm } from './operators/reduce-l1.js';
export { l2Norm } from './operators/reduce-l2.js';
export { logSum } from './operators/reduce-log-sum.js';
export { max } from './operators/reduce-max.js';
export { mean } from './operators/reduce-mean.js';
export { min } from './operators/reduce-min.js';
export { prod } from './operators/reduce-prod.js';
export { sum } from './operators/reduce-sum.js';
export { sumSquare } from './operators/reduce-sum-square.js';
export { relu } from './operators/relu.js';
export { reshape } from './operators/reshape.js';
export { resizeNearest } from './operators/resize-nearest.js';
export { type ResizeOptions, resize } from './operators/resize.js';
export { reverse } from './operators/reverse.js';
export { type ReverseSequenceOptions, reverseSequence } from './operators/reverse-sequence.js';
export { type RoiAlignOptions, roiAlign } from './operators/roi-align.js';
export { round } from './operators/round.js';
export type { Direction, RecurrentForm } from './operators/families/recurrent.js';
export { type ScanOptions, type ScanResult, type ScanStep, scan } from './operators/scan.js';
export { type ScatterReduction, scatterElements } from './operators/scatter-elements.js';
export { scatterND } from './operators/scatter-nd.js';
export { segmentMax } from './operators/segment-max.js';
export { segmentMean } from './operators/segment-mean.js';
export { segmentSum } from './operators/segment-sum.js';
export { selu } from './operators/selu.js';
export { shapeOf } from './operators/shape-of.js';
export { shrink } from './operators/shrink.js';
export { sigmoid } from './operators/sigmoid.js';
export { sign } from './operators/sign.js';
export { silu } from './operators/silu.js';
export { sin } from './operators/sin.js';
export { sinh } from './operators/sinh.js';
export { size } from './operators/size.js';
export { type SliceRange, slice } from './operators/slice.js';
export { softmax } from './operators/softmax.js';
export { softmaxCrossEntropy } from './operators/softmax-cross-entropy.js';
export { softplus } from './operators/softplus.js';
export { softsign } from './operators/softsign.js';
export { spaceToDepth } from './operators/space-to-depth.js';
export { type SolveTriangularOptions, solveTriangular } from './operators/solve-triangular.js';
export { type SpectralNormOptions, spectralNorm } from './operators/spectral-norm.js';
export { split } from './operators/split.js';
export { sqrt } from './operators/sqrt.js';
export { square } from './operators/square.js';
export { squeeze } from './operators/squeeze.js';
export { standardize } from './operators/standardize.js';
export { stack } from './operators/stack.js';
export { stopGradient } from './operators/stop-gradient.js';
export { sub } from './operators/sub.js';
export { sumOf } from './operators/sum-of.js';
export { tan } from './operators/tan.js';
export { tanh } from './operators/tanh.js';
export { tap } from './operators/tap.js';
export { thresholdedRelu } from './operators/thresholded-relu.js';
export { tile } from './operators/tile.js';
export { type TopK, type TopKOptions, topK } from './operators/top-k.js';
export { transpose } from './operators/transpose.js';
export { type TriluOptions, trilu } from './operators/trilu.js';
export { type TruncatedNormalOptions, truncatedNormal } from './operators/truncated-normal.js';
export { unsqueeze } from './operators/unsqueeze.js';
export { variance } from './operators/variance.js';
export { where } from './operators/where.js';
export { xor } from './operators/xor.js';

// ONNX
export { encodeOnnx, type EncodeOptions, ONNX_IR_VERSION, ONNX_OPSET } from './onnx/encode.js';
export { operators } from './onnx/operators.js';

// Passes
export { eliminateDeadCode } from './passes/eliminate-dead-code.js';
export { foldConstants, type FoldOptions } from './passes/fold-constants.js';
export { mergeCommonSubexpressions } from './passes/merge-common-subexpressions.js';
export { optimize } from './passes/optimize.js';
export { simplifyAlgebra } from './passes/simplify-algebra.js';
export { simplifyTransposes } from './passes/simplify-transposes.js';
export { decodeOnnx, type DecodedOnnx, type DecodeOnnxOptions } from './onnx/decode.js';
export type { ExternalData, ExternalReader } from './onnx/external-data.js';
export {
  type BuildOnnxOptions,
  type BuiltOnnx,
  type OnnxInput,
  type OnnxModel,
  openOnnx,
  type OpenOnnxOptions,
} from './onnx/open-onnx.js';
