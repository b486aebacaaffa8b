import type { Tensor, Value } from '@ganymede/tensor';
import type { KernelRun } from './backend.js';

const views = new Set(['Reshape', 'Squeeze', 'Unsqueeze', 'Flatten', 'Identity']);

/** Whether an operator's result lies in the memory of its input, so that it makes no tensor. */
export const isView = (operator: string): boolean => views.has(operator);

/** Notes what every kernel of an interpreter takes: for backends that compute tensor by tensor. */
export interface KernelClock {
  readonly kernels: readonly KernelRun[];
  /** A run of the graph begins. */
  begin(): void;
  /** `node` has just been computed; `began` is when its kernel started, as `performance.now()` tells. */
  computed(node: Tensor, value: Pick<Value, 'data'>, began: number): void;
}

/** A clock at its beginning. */
export function createKernelClock(): KernelClock {
  const kernels: KernelRun[] = [];
  let [run, origin] = [-1, 0];
  return {
    kernels,
    begin: () => {
      run += 1;
      if (run === 0) origin = performance.now();
    },
    computed: ({ id, inputs, operator, scope }, { data }, began) => {
      if (inputs.length === 0) return;
      kernels.push({
        run,
        node: `${scope === '' ? '' : `${scope}/`}${operator.name}_${id}`,
        scope,
        operator: operator.name,
        start: began - origin,
        milliseconds: performance.now() - began,
        bytes: isView(operator.name) ? 0 : data.byteLength,
      });
    },
  };
}
