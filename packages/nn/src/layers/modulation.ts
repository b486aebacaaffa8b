import { conditionAt, type ConditionTypes, type Rng, type StepContext, type Tree } from '@ganymede/core';
import {
  cast,
  constantValue,
  filled,
  formatShape,
  GanymedeError,
  gather,
  gemm,
  isFloating,
  numbersOf,
  type Tensor,
  type Value,
} from '@ganymede/tensor';
import { glorotUniform } from '../initializers/glorot.js';
import type { Initializer } from '../initializers/initializer.js';
import { tensorAt } from '../variables.js';
import { requireCount } from './argument.js';
import type { Affine } from './batch-statistics.js';
import { sizeAt } from './dimension.js';

/** Options of layers whose scale and shift depend on a condition. */
export interface ModulationOptions {
  /**
   * Number of classes, where the condition is labels: class numbers `[N]` in [0, classes), or weights of the classes `[N, classes]`
   * for what lies between. Leave it out where the condition is a vector `[N, size]`.
   */
  readonly classes?: number;
  /** Name of the condition. @defaultValue 'label' with classes, else 'style' */
  readonly condition?: string;
  /** Of the map from a vector. @defaultValue glorotUniform() */
  readonly kernelInit?: Initializer;
}

/** A scale and a shift per channel and sample, made from a condition. */
export interface Modulation {
  init(rng: Rng, channels: number, conditions: ConditionTypes | undefined): Tree<Value>;
  /** `[N, C, 1, …]` each, to meet `x`. */
  apply(variables: Tree<Tensor>, x: Tensor, ctx: StepContext): Affine;
}

/**
 * From labels: rows of the tables `scale` (ones at first) and `bias` (zeros) [classes, C]. From a vector s `[N, size]`: 1 + the first
 * half and the second half of s · kernel + bias, `kernel` [size, 2·C] and `bias` [2·C], which is how StyleGAN and BigGAN start from
 * the identity.
 */
export function modulation(layer: string, options: ModulationOptions): Modulation {
  const { classes, kernelInit = glorotUniform() } = options;
  const condition = options.condition ?? (classes === undefined ? 'style' : 'label');
  if (classes !== undefined) requireCount(layer, 'classes', classes);
  const laid = (v: Tensor, x: Tensor): Tensor => v.reshape([...v.shape, ...x.shape.slice(2).map(() => 1)]);

  return {
    init(rng, channels, conditions) {
      if (classes !== undefined)
        return { scale: filled([classes, channels], 1), bias: filled([classes, channels], 0) };
      const { shape } = conditions?.[condition] ?? conditionAt({ path: layer, conditions: {} }, condition);
      requireVectors(layer, condition, shape);
      const size = sizeAt(layer, shape, 1);
      return {
        kernel: kernelInit(rng.child('kernel'), [size, 2 * channels], { in: size, out: 2 * channels }),
        bias: filled([2 * channels], 0),
      };
    },
    apply(variables, x, ctx) {
      const told = conditionAt(ctx, condition);
      const read = (name: string) => tensorAt(variables, name, ctx);
      if (classes !== undefined) {
        const pick = classRows(layer, condition, told, classes);
        return { scale: laid(pick(read('scale')), x), bias: laid(pick(read('bias')), x) };
      }
      requireVectors(layer, condition, told.shape);
      const both = gemm(told, read('kernel'), { bias: read('bias') });
      const channels = sizeAt(layer, x.shape, 1);
      return {
        scale: laid(both.slice(1, 0, channels).add(1), x),
        bias: laid(both.slice(1, channels, 2 * channels), x),
      };
    },
  };
}

function requireVectors(layer: string, condition: string, shape: readonly (number | string)[]): void {
  if (shape.length === 2) return;
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${layer}: expected the condition "${condition}" as vectors [batch, size], got ${formatShape(shape)}`,
    hint: 'for class numbers [batch], give the layer their count: classes',
  });
}

/** How rows of a table [classes, C] are read by labels. */
function classRows(
  layer: string,
  condition: string,
  labels: Tensor,
  classes: number,
): (table: Tensor) => Tensor {
  if (labels.rank === 1) {
    refuseLabels(layer, condition, labels, classes);
    const ids = isFloating(labels.dtype) ? cast(labels, 'int32') : labels;
    return (table) => gather(table, ids);
  }
  if (labels.rank === 2 && labels.shape[1] === classes && isFloating(labels.dtype))
    return (table) => gemm(labels, table);
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${layer}: expected the condition "${condition}" as class numbers [batch] or weights [batch, ${classes}], got ${labels.dtype}${formatShape(labels.shape)}`,
    hint: 'labels are whole numbers, one per sample; leave out classes for a vector',
  });
}

/** Labels that are known while the program is built can be checked; others are the backend's to refuse. */
function refuseLabels(layer: string, condition: string, labels: Tensor, classes: number): void {
  const known = constantValue(labels);
  if (known === undefined) return;
  const numbers = numbersOf(known);
  const at = numbers.findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < classes));
  if (at < 0) return;
  throw new GanymedeError('GANYMEDE_LABEL', {
    message: `${layer}: expected the condition "${condition}" from 0 to ${classes - 1} (${classes} classes), but label ${at} is ${numbers[at]}`,
    hint: 'count classes from 0',
    data: { classes, index: at, label: numbers[at] },
  });
}
