import { GanymedeError } from '@ganymede/core';
import type { Attributes, Dtype, Graph, Tensor } from '@ganymede/tensor';
import { withoutLayout } from './layout/channels-last-operator.js';
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
  /** Whether the backend has a kernel of TensorFlow.js, and it computes what it should. */
  has(kernel: string): boolean;
}

/** How an operator runs on TensorFlow.js. */
export interface TfjsKernel {
  /** Kernels of TensorFlow.js that it cannot do without; a backend that lacks one lacks the operator. */
  needs(node: Tensor): readonly string[];
  /** Prepares what does not change between runs. Throws `GANYMEDE_BACKEND_OPERATOR` for attributes it cannot honour. */
  readonly bind: (node: Tensor, binding: Binding) => Run;
}

/** Kernels by the operator's name. */
export type KernelTable = Readonly<Record<string, TfjsKernel>>;

/** Kernels that are always needed, or as it depends on the tensor. */
type Needs = readonly string[] | ((node: Tensor) => readonly string[]);

/** A kernel that depends on the attributes or types of the operator it runs. */
export const kernel = (needs: Needs, bind: TfjsKernel['bind']): TfjsKernel => ({
  needs: typeof needs === 'function' ? needs : () => needs,
  bind,
});

/** A kernel that is one function of its inputs. */
export const direct = (needs: Needs, run: (tf: Tfjs, ...inputs: TfTensor[]) => TfTensor): TfjsKernel =>
  kernel(
    needs,
    () =>
      ({ tf, inputs }) =>
        run(tf, ...inputs),
  );

/** The attributes of a tensor, of which its operator says what they are. */
export const attributesOf = <A extends Attributes>(node: Tensor): A =>
  // A tensor keeps its operator, and so its attributes, untyped.
  node.attributes as A;

/** Whether elements are whole numbers, which TensorFlow.js holds as int32. */
export const isWhole = (dtype: Dtype): boolean => dtype === 'int32' || dtype === 'int64' || dtype === 'uint8';

/** The error for an operator, or a form of it, that cannot run. */
export function unsupported(node: Tensor, what: string, hint: string): GanymedeError {
  const where = node.scope === '' ? '' : ` in ${node.scope}`;
  const name = withoutLayout(node.operator.name);
  return new GanymedeError('GANYMEDE_BACKEND_OPERATOR', {
    message: `TensorFlow.js cannot compute operator "${name}"${where}: ${what}`,
    hint,
    data: { operators: [name], node: node.scope },
  });
}
