import type { Dtype } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { cast } from '../operators/cast.js';
import { constantNumber } from '../operators/constant.js';
import { gelu } from '../operators/gelu.js';
import { einsum } from '../operators/einsum.js';
import { globalAveragePool } from '../operators/global-average-pool.js';
import { globalLpPool } from '../operators/global-lp-pool.js';
import { globalMaxPool } from '../operators/global-max-pool.js';
import { mish } from '../operators/mish.js';
import type { Shape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import type { Value } from '../value.js';
import { clipNode } from './imports/clip-node.js';
import {
  batchNormalization,
  groupNormalization,
  instanceNormalization,
  layerNormalization,
  localResponseNode,
} from './imports/normalizations.js';
import { lpPoolNode } from './imports/lp-pool-node.js';
import { lpNormalization, meanVarianceNormalization } from './imports/norms.js';
import { padNode } from './imports/pad-node.js';
import { rangeNode } from './imports/range-node.js';
import { gruNode, lstmNode } from './imports/recurrent-nodes.js';
import { importedReductions } from './imports/reductions.js';
import { scanNode } from './imports/scan-node.js';
import { resizeNode } from './imports/resize-node.js';
import { constantOfShape, flattenNode, reshapeNode, splitNode } from './imports/shapes.js';

/** A node of an ONNX file, its inputs and attributes read. */
export interface ImportedNode {
  readonly opType: string;
  readonly opset: number;
  /** A tensor input; `GANYMEDE_ONNX_INVALID` if it is missing. */
  input(index: number): Tensor;
  /** A tensor input that may be missing. */
  optional(index: number): Tensor | undefined;
  /** All inputs, none of which may be missing. */
  all(): readonly Tensor[];
  readonly inputCount: number;
  readonly outputCount: number;
  /** A list of integers given as an input, if it is given. */
  ints(index: number): readonly number[] | undefined;
  /** A shape given as an input. */
  shape(index: number): Shape;
  number(name: string, fallback: number): number;
  /** A dtype that an attribute gives; `GANYMEDE_ONNX_UNSUPPORTED` for one the language lacks. */
  dtype(name: string): Dtype;
  text(name: string, fallback: string): string;
  texts(name: string): readonly string[] | undefined;
  /** An attribute that is a list of numbers. */
  numbers(name: string): readonly number[] | undefined;
  /** What the subgraph in an attribute makes of these inputs. */
  body(name: string, given: readonly Tensor[]): readonly Tensor[];
  value(name: string): Value | undefined;
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

/**
 * ONNX operators that are decoded in another way than as the operator of the language with their name: those that the
 * language writes with others, so that an inference graph becomes one that can be differentiated, and those whose form
 * depends on the opset.
 */
export const importedOperators: Readonly<Record<string, (node: ImportedNode) => Tensor | readonly Tensor[]>> =
  {
    ...importedReductions,
    Einsum: (node) => einsum(node.text('equation', ''), ...node.all()),
    GRU: gruNode,
    LRN: localResponseNode,
    LSTM: lstmNode,
    LpPool: lpPoolNode,
    Scan: scanNode,
    BatchNormalization: batchNormalization,
    Cast: (node) => cast(node.input(0), node.dtype('to')),
    CastLike: (node) => cast(node.input(0), node.input(1).dtype),
    Clip: clipNode,
    ConstantOfShape: constantOfShape,
    Dropout: dropout,
    Flatten: flattenNode,
    Gelu: (node) => gelu(node.input(0), { approximate: node.text('approximate', 'none') as 'none' | 'tanh' }),
    GlobalAveragePool: (node) => globalAveragePool(node.input(0)),
    GlobalLpPool: (node) => globalLpPool(node.input(0), node.number('p', 2)),
    GlobalMaxPool: (node) => globalMaxPool(node.input(0)),
    GroupNormalization: groupNormalization,
    InstanceNormalization: instanceNormalization,
    LayerNormalization: layerNormalization,
    LpNormalization: lpNormalization,
    MeanVarianceNormalization: meanVarianceNormalization,
    Mish: (node) => mish(node.input(0)),
    Pad: padNode,
    Range: rangeNode,
    Reshape: reshapeNode,
    Resize: resizeNode,
    Split: splitNode,
  };
