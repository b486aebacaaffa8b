import type { KernelRun } from '@ganymede/core';
import { withoutLayout } from './layout/channels-last-operator.js';
import type { Step } from './plan.js';
import type { TfTensor } from './tfjs.js';

/** Told of each step that was computed: when it began and ended, by the clock of `performance.now()`. */
export type Observe = (step: Step, began: number, ended: number, results: readonly TfTensor[]) => void;

/** Takes down what each kernel took. */
export interface KernelRecorder {
  readonly kernels: readonly KernelRun[];
  /** The observer of the next run. */
  nextRun(): Observe;
}

/** Operators whose result has the elements of its input. */
const views: ReadonlySet<string> = new Set(['Reshape', 'Squeeze', 'Unsqueeze']);

const bytesOf = ({ dtype, size }: TfTensor): number => size * (dtype === 'bool' ? 1 : 4);

/** A recorder without kernels. Its times are those of synchronous kernels: TensorFlow.js's on a CPU. */
export function createKernelRecorder(): KernelRecorder {
  const kernels: KernelRun[] = [];
  let runs = 0;
  let origin: number | undefined;
  return {
    kernels,
    nextRun() {
      const run = runs++;
      return ({ node, outputs }, began, ended, results) => {
        origin ??= began;
        const operator = withoutLayout(node.operator.name);
        kernels.push({
          run,
          node: `${node.scope === '' ? '' : `${node.scope}/`}${operator}#${outputs.find((slot) => slot !== undefined)}`,
          scope: node.scope,
          operator,
          start: began - origin,
          milliseconds: ended - began,
          bytes: views.has(operator) ? 0 : results.reduce((sum, x) => sum + bytesOf(x), 0),
        });
      };
    },
  };
}
