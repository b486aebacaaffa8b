import { type Algorithm, buildStep, type State } from '@ganymede/core';
import { evaluate, inputName, scalarOf, type Value, valueOf } from '@ganymede/tensor';

/** What a step is fed besides the state. Noise not given is 0.5. */
export interface StepFeeds {
  readonly batch: Readonly<Record<string, Value>>;
  readonly noise?: Readonly<Record<string, readonly number[]>>;
  /** How many times the step has run before. */
  readonly call?: number;
}

/** What a step did. */
export interface StepRun {
  /** The whole state after it. */
  readonly next: State;
  metric(output: string): number;
  /** Names of the noise inputs that the step reads. */
  readonly noise: readonly string[];
}

/** Runs one step of an algorithm by the interpreter of the tensor language. */
export function runStep(
  algorithm: Algorithm,
  name: string,
  state: State,
  { batch, noise = {}, call = 0 }: StepFeeds,
): StepRun {
  const step = algorithm.steps[name];
  if (step === undefined) throw new Error(`no step "${name}" but ${Object.keys(algorithm.steps).join(', ')}`);
  const program = buildStep(step, state);
  const drawn = program.noise.map(({ name: input, shape }) => {
    const sizes = shape as readonly number[];
    const length = sizes.reduce((a, b) => a * b, 1);
    return [input, valueOf(noise[input] ?? Array<number>(length).fill(0.5), sizes)] as const;
  });
  const results = evaluate(program.graph, {
    ...state,
    ...Object.fromEntries(Object.entries(batch).map(([field, value]) => [`batch/${field}`, value])),
    ...Object.fromEntries(drawn),
    ...Object.fromEntries(
      program.scalars.map(({ name: input, value }) => [
        input,
        valueOf(typeof value === 'function' ? value(call) : value),
      ]),
    ),
  });
  return {
    next: {
      ...state,
      ...Object.fromEntries(program.writes.map((path) => [path, results[`next/${path}`] as Value])),
    },
    metric: (output) => scalarOf(results[`output/${output}`] as Value),
    noise: program.graph.inputs.map((x) => inputName(x) ?? '').filter((x) => x.startsWith('noise/')),
  };
}
