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
export { columnsOf, indicesOf, offsetIn, pickPixels } from './convolution/columns.js';
export type { PerAxis, Window, WindowOptions } from './convolution/geometry.js';
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
export { add } from './operators/add.js';
export { and } from './operators/and.js';
export { argMax } from './operators/arg-max.js';
export { argMin } from './operators/arg-min.js';
export { type AveragePoolOptions, averagePool } from './operators/average-pool.js';
export { cast } from './operators/cast.js';
export { ceil } from './operators/ceil.js';
export { clip } from './operators/clip.js';
export { concat } from './operators/concat.js';
export { constant, constantValue } from './operators/constant.js';
export { type ConvTransposeOptions, convTranspose } from './operators/conv-transpose.js';
export { type ConvOptions, conv } from './operators/conv.js';
export { cos } from './operators/cos.js';
export { type CumSumOptions, cumSum } from './operators/cum-sum.js';
export { depthToSpace } from './operators/depth-to-space.js';
export { div } from './operators/div.js';
export { elu } from './operators/elu.js';
export { equal } from './operators/equal.js';
export { erf } from './operators/erf.js';
export { exp } from './operators/exp.js';
export { expand } from './operators/expand.js';
export { flatten } from './operators/flatten.js';
export { floor } from './operators/floor.js';
export { full, ones, zeros } from './operators/full.js';
export { gatherElements } from './operators/gather-elements.js';
export { gatherND } from './operators/gather-nd.js';
export { gather } from './operators/gather.js';
export { type GemmOptions, gemm } from './operators/gemm.js';
export { globalAveragePool } from './operators/global-average-pool.js';
export { greaterOrEqual } from './operators/greater-or-equal.js';
export { greater } from './operators/greater.js';
export { identity } from './operators/identity.js';
export { input, inputName } from './operators/input.js';
export { isNaN } from './operators/is-nan.js';
export { leakyRelu } from './operators/leaky-relu.js';
export { lessOrEqual } from './operators/less-or-equal.js';
export { less } from './operators/less.js';
export { logSoftmax } from './operators/log-softmax.js';
export { logSumExp } from './operators/log-sum-exp.js';
export { log } from './operators/log.js';
export { matmul } from './operators/matmul.js';
export { type MaxPoolOptions, maxPool } from './operators/max-pool.js';
export { maximum } from './operators/maximum.js';
export { minimum } from './operators/minimum.js';
export { mod } from './operators/mod.js';
export { mul } from './operators/mul.js';
export { neg } from './operators/neg.js';
export { not } from './operators/not.js';
export { oneHot } from './operators/one-hot.js';
export { or } from './operators/or.js';
export { type PadOptions, pad } from './operators/pad.js';
export { pow } from './operators/pow.js';
export { reciprocal } from './operators/reciprocal.js';
export { max } from './operators/reduce-max.js';
export { mean } from './operators/reduce-mean.js';
export { min } from './operators/reduce-min.js';
export { prod } from './operators/reduce-prod.js';
export { sum } from './operators/reduce-sum.js';
export { relu } from './operators/relu.js';
export { reshape } from './operators/reshape.js';
export { resizeNearest } from './operators/resize-nearest.js';
export { round } from './operators/round.js';
export { type ScatterReduction, scatterElements } from './operators/scatter-elements.js';
export { scatterND } from './operators/scatter-nd.js';
export { sigmoid } from './operators/sigmoid.js';
export { sign } from './operators/sign.js';
export { sin } from './operators/sin.js';
export { type SliceRange, slice } from './operators/slice.js';
export { softmax } from './operators/softmax.js';
export { softplus } from './operators/softplus.js';
export { spaceToDepth } from './operators/space-to-depth.js';
export { split } from './operators/split.js';
export { sqrt } from './operators/sqrt.js';
export { square } from './operators/square.js';
export { squeeze } from './operators/squeeze.js';
export { stack } from './operators/stack.js';
export { stopGradient } from './operators/stop-gradient.js';
export { sub } from './operators/sub.js';
export { tanh } from './operators/tanh.js';
export { tap } from './operators/tap.js';
export { tile } from './operators/tile.js';
export { type TopK, type TopKOptions, topK } from './operators/top-k.js';
export { transpose } from './operators/transpose.js';
export { unsqueeze } from './operators/unsqueeze.js';
export { variance } from './operators/variance.js';
export { where } from './operators/where.js';

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
export { decodeOnnx, type DecodedOnnx } from './onnx/decode.js';
