import { GanymedeError } from '../error.js';
import { add } from '../operators/add.js';
import { clip } from '../operators/clip.js';
import { constant, constantNumber } from '../operators/constant.js';
import { div } from '../operators/div.js';
import { elu } from '../operators/elu.js';
import { expand } from '../operators/expand.js';
import { globalAveragePool } from '../operators/global-average-pool.js';
import { greater } from '../operators/greater.js';
import { mul } from '../operators/mul.js';
import { max } from '../operators/reduce-max.js';
import { mean } from '../operators/reduce-mean.js';
import { reshape } from '../operators/reshape.js';
import { split } from '../operators/split.js';
import { sqrt } from '../operators/sqrt.js';
import { sub } from '../operators/sub.js';
import { variance } from '../operators/variance.js';
import { where } from '../operators/where.js';
import { normalizeAxis, productOf, type Shape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { type Value, valueOf } from '../value.js';

/** A node of an ONNX file, its inputs and attributes read. */
export interface ImportedNode {
  readonly opType: string;
  /** A tensor input; `GANYMEDE_ONNX_INVALID` if it is missing. */
  input(index: number): Tensor;
  /** A tensor input that may be missing. */
  optional(index: number): Tensor | undefined;
  readonly inputCount: number;
  readonly outputCount: number;
  /** A list of integers given as an input, if it is given. */
  ints(index: number): readonly number[] | undefined;
  /** A shape given as an input. */
  shape(index: number): Shape;
  number(name: string, fallback: number): number;
  text(name: string, fallback: string): string;
  texts(name: string): readonly string[] | undefined;
  /** An attribute that is a list of numbers. */
  numbers(name: string): readonly number[] | undefined;
  /** What the subgraph in an attribute makes of these inputs. */
  body(name: string, given: readonly Tensor[]): readonly Tensor[];
  value(name: string): Value | undefined;
}

/** `[C]` as `[1, C, 1, …]`, to meet the channels of `x`. */
const perChannel = (v: Tensor, x: Tensor): Tensor =>
  reshape(v, [1, v.shape[0] ?? 1, ...x.shape.slice(2).map(() => 1)]);

const spatialAxes = (x: Tensor): number[] => x.shape.map((_, i) => i).slice(2);

function normalize(
  x: Tensor,
  centre: Tensor,
  spread: Tensor,
  scale: Tensor,
  bias: Tensor,
  epsilon: number,
): Tensor {
  return add(mul(div(sub(x, centre), sqrt(add(spread, epsilon))), scale), bias);
}

function batchNormalization(node: ImportedNode): Tensor {
  if (node.number('training_mode', 0) !== 0) {
    throw new GanymedeError('GANYMEDE_ONNX_UNSUPPORTED', {
      message: 'operator BatchNormalization is in training mode',
      hint: 'export the model for inference',
    });
  }
  const x = node.input(0);
  const [scale, bias, centre, spread] = [1, 2, 3, 4].map((i) => perChannel(node.input(i), x)) as [
    Tensor,
    Tensor,
    Tensor,
    Tensor,
  ];
  return normalize(x, centre, spread, scale, bias, node.number('epsilon', 1e-5));
}

function instanceNormalization(node: ImportedNode): Tensor {
  const x = node.input(0);
  const axes = spatialAxes(x);
  const [scale, bias] = [perChannel(node.input(1), x), perChannel(node.input(2), x)];
  return normalize(
    x,
    mean(x, axes, true),
    variance(x, axes, true),
    scale,
    bias,
    node.number('epsilon', 1e-5),
  );
}

function layerNormalization(node: ImportedNode): Tensor {
  const x = node.input(0);
  const axis = normalizeAxis(node.number('axis', -1), x.rank, 'LayerNormalization');
  const axes = x.shape.map((_, i) => i).slice(axis);
  const centred = sub(x, mean(x, axes, true));
  const scaled = mul(
    div(centred, sqrt(add(mean(mul(centred, centred), axes, true), node.number('epsilon', 1e-5)))),
    node.input(1),
  );
  return node.inputCount > 2 ? add(scaled, node.input(2)) : scaled;
}

function splitNode(node: ImportedNode): Tensor[] {
  return split(node.input(0), node.ints(1) ?? node.outputCount, node.number('axis', 0));
}

function constantOfShape(node: ImportedNode): Tensor {
  const fill = node.value('value') ?? valueOf([0]);
  return expand(reshape(constant(fill), []), node.shape(0));
}

function flattenNode(node: ImportedNode): Tensor {
  const x = node.input(0);
  const from = node.number('axis', 1);
  const axis = from < 0 ? from + x.rank : from;
  return reshape(x, [productOf(x.shape.slice(0, axis)), productOf(x.shape.slice(axis))]);
}

function dropout(node: ImportedNode): Tensor {
  if (node.inputCount > 2 && constantNumber(node.input(2)) !== 0) {
    throw new GanymedeError('GANYMEDE_ONNX_UNSUPPORTED', {
      message: 'operator Dropout is in training mode',
      hint: 'export the model for inference',
    });
  }
  return node.input(0);
}

/** scale * elu(x, alpha), with the constants of the SELU paper as defaults. */
const selu = (node: ImportedNode): Tensor =>
  mul(elu(node.input(0), node.number('alpha', 1.6732632423543772)), node.number('gamma', 1.0507009873554805));

/**
 * ONNX operators that files of other tools contain and the language writes with its own: decoding only. An inference graph
 * becomes one that can be differentiated.
 */
export const importedOperators: Readonly<Record<string, (node: ImportedNode) => Tensor | readonly Tensor[]>> =
  {
    BatchNormalization: batchNormalization,
    ConstantOfShape: constantOfShape,
    Dropout: dropout,
    Flatten: flattenNode,
    GlobalAveragePool: (node) => globalAveragePool(node.input(0)),
    GlobalMaxPool: (node) => max(node.input(0), spatialAxes(node.input(0)), true),
    HardSigmoid: (node) =>
      clip(add(mul(node.input(0), node.number('alpha', 0.2)), node.number('beta', 0.5)), 0, 1),
    HardSwish: (node) => mul(node.input(0), clip(add(mul(node.input(0), 1 / 6), 0.5), 0, 1)),
    InstanceNormalization: instanceNormalization,
    LayerNormalization: layerNormalization,
    PRelu: (node) => where(greater(node.input(0), 0), node.input(0), mul(node.input(0), node.input(1))),
    Selu: selu,
    Split: splitNode,
    Sum: (node) =>
      Array.from({ length: node.inputCount }, (_, i) => node.input(i)).reduce((a, b) => add(a, b)),
  };
