import { GanymedeError } from '@ganymede/core';
import type { Attributes, Dtype, Graph, Tensor } from '@ganymede/tensor';
import type { Plan } from './plan.js';
import type { Tfjs, TfTensor } from './tfjs.js';

/** What one evaluation of an operator gets. */
export interface Call {
  readonly tf: Tfjs;
  readonly inputs: readonly TfTensor[];
  /** Shape of the result, named dimensions resolved. */
  readonly shape: readonly number[];
}

/**
 * Computes an operator with kernels of TensorFlow.js. Runs inside `tidy`: what it makes beside the result is freed. A list for
 * an operator with several results.
 */
export type Run = (call: Call) => TfTensor | TfTensor[];

/** What a kernel may ask for when it is bound. */
export interface Binding {
  /** Plans the body of a loop for the same backend. */
  plan(graph: Graph): Plan;
}

/** How an operator runs on TensorFlow.js. */
export interface TfjsKernel {
  /** Kernels of TensorFlow.js that it cannot do without; a backend that lacks one lacks the operator. */
  readonly needs: readonly string[];
  /** Prepares what does not change between runs. Throws `GANYMEDE_BACKEND_OPERATOR` for attributes it cannot honour. */
  readonly bind: (node: Tensor, binding: Binding) => Run;
}

/** Kernels by the operator's name. */
export type KernelTable = Readonly<Record<string, TfjsKernel>>;

/** A kernel that depends on the attributes or types of the operator it runs. */
export const kernel = (needs: readonly string[], bind: (node: Tensor) => Run): TfjsKernel => ({
  needs,
  bind,
});

/** A kernel that is one function of its inputs. */
export const direct = (
  needs: readonly string[],
  run: (tf: Tfjs, ...inputs: TfTensor[]) => TfTensor,
): TfjsKernel => ({
  needs,
  bind:
    () =>
    ({ tf, inputs }) =>
      run(tf, ...inputs),
});

/** The attributes of a tensor, of which its operator says what they are. */
export const attributesOf = <A extends Attributes>(node: Tensor): A =>
  // A tensor keeps its operator, and so its attributes, untyped.
  node.attributes as A;

/** Whether elements are whole numbers, which TensorFlow.js holds as int32. */
export const isWhole = (dtype: Dtype): boolean => dtype === 'int32' || dtype === 'int64' || dtype === 'uint8';

/** The error for an operator, or a form of it, that cannot run. */
export function unsupported(node: Tensor, what: string, hint: string): GanymedeError {
  const where = node.scope === '' ? '' : ` in ${node.scope}`;
  return new GanymedeError('GANYMEDE_BACKEND_OPERATOR', {
    message: `TensorFlow.js cannot compute operator "${node.operator.name}"${where}: ${what}`,
    hint,
    data: { operators: [node.operator.name], node: node.scope },
  });
}
