import type { Graph, Tensor } from '@ganymede/tensor';
import { attributesOf, type KernelTable, kernel } from '../kernel.js';
import { runPlan } from '../run-plan.js';
import type { Tfjs, TfTensor } from '../tfjs.js';
import { upload } from '../values.js';

/** The body of a loop: the program, and its inputs and results in the order in which the operator has them. */
interface Subprogram {
  readonly parameters: readonly Tensor[];
  readonly results: readonly Tensor[];
  readonly program: Graph;
}

interface ScanAttributes {
  readonly [name: string]: Subprogram | number;
  readonly body: Subprogram;
  readonly states: number;
  readonly num_scan_inputs: number;
  readonly reverse: 0 | 1;
}

const element = (tf: Tfjs, x: TfTensor, i: number): TfTensor => {
  const size = x.shape.slice(1);
  return tf.reshape(tf.slice(x, [i, ...size.map(() => 0)], [1, ...size]), size);
};

/** A loop: its body is planned once and run for each element of the sequences, the state of one step fed to the next. */
const scan = kernel(['Slice', 'Pack'], (node: Tensor, { plan }) => {
  const { body, states, num_scan_inputs: count, reverse } = attributesOf<ScanAttributes>(node);
  const planned = plan(body.program);
  const names = body.parameters.map((x) => String(x.attributes.name));
  return ({ tf, inputs }) => {
    const constants = new Map(
      [...planned.constants].map(([slot, value]) => [slot, upload(tf, value, 'constant')]),
    );
    const sequences = inputs.slice(states, states + count);
    const steps = sequences[0]?.shape[0] ?? 0;
    const collected: TfTensor[][] = body.results.slice(states).map(() => []);
    let state = inputs.slice(0, states);
    for (let step = 0; step < steps; step++) {
      const at = reverse === 1 ? steps - 1 - step : step;
      const elements = sequences.map((x) => element(tf, x, at));
      const given = [...state, ...elements, ...inputs.slice(states + count)];
      const feeds = new Map(names.map((name, i) => [name, { tensor: given[i] as TfTensor, owned: false }]));
      const results = runPlan(tf, planned, constants, feeds, (name) => feeds.get(name)?.tensor.shape ?? []);
      // The state before the first step belongs to somebody else.
      for (const x of [...elements, ...(step === 0 ? [] : state)]) x.dispose();
      const byName = new Map(planned.outputs.map(({ name }, i) => [name, results[i] as TfTensor]));
      state = Array.from({ length: states }, (_, i) => byName.get(String(i)) as TfTensor);
      collected.forEach((list, i) => {
        list[at] = byName.get(String(states + i)) as TfTensor;
      });
    }
    return [...state, ...collected.map((list) => tf.stack(list))];
  };
});

/** Loops. */
export const loopKernels: KernelTable = { Scan: scan };
