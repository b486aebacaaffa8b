import type { Network, Tree } from '@ganymede/core';
import { GanymedeError, type Value } from '@ganymede/tensor';

/** Which variable of a layer its wrappers work on. */
export interface LayerWeightOptions {
  /** @defaultValue 'kernel'; 'table' of `embedding` */
  readonly variable?: string;
  /** Dimension of it that counts the outputs. @defaultValue 0; 1 of `dense`, `maxout`, `convTranspose` and of scales by a style */
  readonly axis?: number;
}

/** A variable of a layer, and the dimension of it that counts the outputs. */
export interface LayerWeight {
  readonly variable: string;
  readonly axis: number;
}

/** By the layer's kind; all others are laid out as a convolution's. */
const kinds: Readonly<Record<string, LayerWeight>> = {
  dense: { variable: 'kernel', axis: 1 },
  maxout: { variable: 'kernel', axis: 1 },
  convTranspose: { variable: 'kernel', axis: 1 },
  norm: { variable: 'kernel', axis: 1 },
  embedding: { variable: 'table', axis: 0 },
};

/** The weight of `layer` that a wrapper (`spectralNorm`) works on. */
export function layerWeight(layer: Network, { variable, axis }: LayerWeightOptions): LayerWeight {
  const kind = kinds[layer.name] ?? { variable: 'kernel', axis: 0 };
  return { variable: variable ?? kind.variable, axis: axis ?? kind.axis };
}

/** First value of the weight among a layer's variables. Throws `GANYMEDE_VARIABLE_MISSING`. */
export function initialWeight(
  wrapper: string,
  layer: Network,
  { variable }: LayerWeight,
  variables: Tree<Value>,
): Value {
  const found = variables[variable];
  // A value is told from a subtree by shape: two copies of the tensor package may be loaded.
  if (found !== undefined && 'dtype' in found) return found as Value;
  throw new GanymedeError('GANYMEDE_VARIABLE_MISSING', {
    message: `${wrapper}: the layer "${layer.name}" has no variable "${variable}", but has ${Object.keys(variables).join(', ') || 'none'}`,
    hint: 'wrap layers with one kernel or table (dense, convolutions, embedding) one by one, or name the variable',
    data: { layer: layer.name, variable },
  });
}

/** All axes of a weight but that of its outputs. */
export const otherAxes = (rank: number, axis: number): readonly number[] =>
  Array.from({ length: rank }, (_, i) => i).filter((i) => i !== axis);
