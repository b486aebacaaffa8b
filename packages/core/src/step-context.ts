import { type Dtype, input, type Shape, type Tensor } from '@ganymede/tensor';
import type { Distribution } from './rng.js';
import type { Scheduled, StepContext } from './step.js';

/** A noise input that a program asked for. */
export interface NoiseSpec {
  /** Name of the graph's input: `noise/<path>/<name>`, with `@2`, `@3` … where one path asks again. */
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: Shape;
  readonly distribution: Distribution;
}

/** A scalar input that a program asked for. */
export interface ScalarSpec {
  /** Name of the graph's input: `scalar/<path>/<name>`. */
  readonly name: string;
  readonly value: Scheduled;
}

/** What a program declared while it was built. */
export interface Declared {
  readonly ctx: StepContext;
  /** Live lists: read them once the program is built. */
  readonly noise: readonly NoiseSpec[];
  readonly scalars: readonly ScalarSpec[];
  /** Next values of buffers by full path; the last update of a path counts. */
  readonly bufferUpdates: ReadonlyMap<string, Tensor>;
}

const join = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('/');

/**
 * The context a tensor program is built with. Noise asked for twice under one name is two independent inputs (a discriminator
 * applied to real and to fake samples has two dropout masks); a scalar asked for twice with the same value is one.
 */
export function createStepContext({ training, path = '' }: { training: boolean; path?: string }): Declared {
  const noise: NoiseSpec[] = [];
  const scalars: (ScalarSpec & { readonly tensor: Tensor })[] = [];
  const bufferUpdates = new Map<string, Tensor>();
  const taken = new Set<string>();
  const unique = (name: string): string => {
    let candidate = name;
    for (let i = 2; taken.has(candidate); i++) candidate = `${name}@${i}`;
    taken.add(candidate);
    return candidate;
  };
  const at = (here: string): StepContext => ({
    training,
    path: here,
    conditions: {},
    child: (name) => at(join(here, name)),
    noise: (name, shape, distribution) => {
      const dtype = distribution.kind === 'integers' ? 'int32' : 'float32';
      const spec = { name: unique(join('noise', here, name)), dtype, shape, distribution } as const;
      noise.push(spec);
      return input(spec.name, shape, dtype);
    },
    scalar: (name, value) => {
      const plain = join('scalar', here, name);
      const known = scalars.find(
        (s) => (s.name === plain || s.name.startsWith(`${plain}@`)) && s.value === value,
      );
      if (known !== undefined) return known.tensor;
      const unambiguous = unique(plain);
      const tensor = input(unambiguous, [], 'float32');
      scalars.push({ name: unambiguous, value, tensor });
      return tensor;
    },
    updateBuffer: (name, next) => {
      if (training) bufferUpdates.set(join(here, name), next);
    },
  });
  return { ctx: at(path), noise, scalars, bufferUpdates };
}
