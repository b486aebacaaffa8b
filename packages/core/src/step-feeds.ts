import { type Value, valueOf } from '@ganymede/tensor';
import type { Held } from './backend.js';
import type { StepProgram } from './build-step.js';
import type { StepCall } from './compile-step.js';
import type { Rng } from './rng.js';
import type { NoiseSpec, ScalarSpec } from './step-context.js';

/** Fills one graph input for a call. */
export type Feed = (call: StepCall) => Held;

const isStatic = (spec: NoiseSpec): readonly number[] => spec.shape as readonly number[];

function noiseFeed(spec: NoiseSpec): Feed {
  const shape = isStatic(spec);
  let parent: Rng | undefined;
  let stream: Rng | undefined;
  return ({ rng, call }) => {
    if (rng !== parent || stream === undefined) {
      parent = rng;
      stream = rng.child(spec.name);
    }
    return stream.draw(shape, spec.distribution, call);
  };
}

function scalarFeed({ value }: ScalarSpec): Feed {
  if (typeof value === 'function') return ({ call }) => valueOf(value(call));
  const fixed = valueOf(value);
  return () => fixed;
}

/** How each input of a step's graph is filled, by name. The same call is filled with the same values again. */
export function stepFeeds({
  noise,
  scalars,
}: Pick<StepProgram, 'noise' | 'scalars'>): (name: string) => Feed {
  const drawn = new Map(noise.map((spec) => [spec.name, noiseFeed(spec)]));
  const numbers = new Map(scalars.map((spec) => [spec.name, scalarFeed(spec)]));
  return (name) => {
    const known = drawn.get(name) ?? numbers.get(name);
    if (known !== undefined) return known;
    if (!name.startsWith('batch/')) return ({ state }) => state.get(name) as Held;
    const entry = name.slice('batch/'.length);
    return ({ batch }) => (batch as Readonly<Record<string, Value>>)[entry] as Value;
  };
}
