import {
  add,
  type Dtype,
  GanymedeError,
  type Graph,
  grad,
  graph,
  input,
  isStatic,
  mean,
  reshape,
  scope,
  sizeOf,
  slice,
  sum,
  type Tensor,
  tanh,
  tile,
  type Value,
  valueOf,
} from '@ganymede/tensor';
import fc from 'fast-check';
import { elementwiseSteps } from './elementwise-steps.js';
import { indexSteps } from './index-steps.js';
import { productSteps } from './product-steps.js';
import { type Dice, type Entry, type ProgramStep, sizes } from './program-step.js';
import { reductionSteps } from './reduction-steps.js';
import { shapeSteps } from './shape-steps.js';

/** Every kind of step that a random program may take. */
export const programSteps: readonly ProgramStep[] = [
  ...elementwiseSteps,
  ...shapeSteps,
  ...reductionSteps,
  ...indexSteps,
  ...productSteps,
];

/** One step: which kind, on which of the tensors so far, and the seed of its choices. */
interface Instruction {
  readonly step: number;
  readonly source: number;
  readonly seed: number;
}

/** A random program as data: what fast-check generates and makes smaller. The same recipe gives the same program. */
export interface ProgramRecipe {
  readonly inputs: number;
  readonly seed: number;
  readonly steps: readonly Instruction[];
}

/** A program of random steps, and values for its inputs. */
export interface RandomProgram {
  /** Outputs: `last`, `loss` (a scalar that depends on the last tensors), `d<input>` its gradients, `second` a gradient of one. */
  readonly program: Graph;
  readonly feeds: Readonly<Record<string, Value>>;
  /** The steps that were taken, for messages. */
  readonly steps: readonly string[];
}

/** Elements that a tensor of a random program may have. */
const MOST = 1500;

/** Shapes of the inputs: a matrix, an image, and a third of any rank. */
const shapes: readonly (readonly (readonly number[])[])[] = [
  [[3, 4], [2, 4, 4, 4], []],
  [[4, 2], [1, 2, 6, 5], [5]],
  [
    [1, 5],
    [2, 1, 3, 4],
    [2, 1, 3],
  ],
  [[6, 1], [1, 4, 4, 4], [1]],
];

/** Recipes of up to `length` steps; what fails is reported with as few steps as possible. */
export const programRecipes = (length = 10): fc.Arbitrary<ProgramRecipe> =>
  fc.record({
    inputs: fc.nat({ max: shapes.length - 1 }),
    seed: fc.nat({ max: 2 ** 30 }),
    steps: fc.array(
      fc.record({
        step: fc.nat({ max: programSteps.length - 1 }),
        source: fc.nat({ max: 20 }),
        seed: fc.nat({ max: 2 ** 30 }),
      }),
      { minLength: 1, maxLength: length, size: 'max' },
    ),
  });

/** Mulberry32: numbers in [0, 1). */
function numbersFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x = (x + Math.imul(x ^ (x >>> 7), x | 61)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

function diceFor(seed: number, entries: readonly Entry[]): Dice {
  const next = numbersFrom(seed);
  const roll = (n: number): number => Math.floor(next() * n);
  const pick = <T>(list: readonly T[]): T => list[roll(list.length)] as T;
  return Object.assign(roll, {
    pick,
    entries,
    find: (fits: (entry: Entry) => boolean): Entry | undefined => {
      const found = entries.filter(fits);
      return found.length === 0 ? undefined : pick(found);
    },
    shaped: (shape: readonly number[]): Entry => {
      const source = pick(entries);
      const wanted = sizeOf(shape);
      const flat = reshape(source.tensor, [-1]);
      const long = tile(flat, [Math.ceil(wanted / sizeOf(sizes(source)))]);
      const cut = slice(long, { axes: [0], starts: [0], ends: [wanted] });
      return { ...source, tensor: reshape(cut, shape) };
    },
  });
}

const fits = ({ shape }: Tensor): boolean =>
  isStatic(shape) && shape.length <= 5 && shape.every((d) => d > 0) && sizeOf(shape) <= MOST;

/** The entry that an instruction makes, if its step applies. */
function take({ step, source, seed }: Instruction, entries: readonly Entry[]): [string, Entry] | undefined {
  const kind = programSteps[step % programSteps.length] as ProgramStep;
  // The newest tensors first, so that short programs are deep.
  const x = entries[entries.length - 1 - (source % entries.length)] as Entry;
  try {
    const made = kind.apply(x, diceFor(seed, entries));
    return made !== undefined && fits(made.tensor) ? [kind.name, made] : undefined;
  } catch (error) {
    // A window that does not fit, for instance: the step does not apply.
    if (GanymedeError.is(error, 'GANYMEDE_SHAPE')) return undefined;
    throw error;
  }
}

/** Builds the program of a recipe in `dtype`. Programs of both dtypes get the same numbers. */
export function buildProgram(
  recipe: ProgramRecipe,
  dtype: Extract<Dtype, 'float32' | 'float64'> = 'float32',
): RandomProgram {
  const next = numbersFrom(recipe.seed);
  const feeds: Record<string, Value> = {};
  const inputs = (shapes[recipe.inputs % shapes.length] ?? []).map((shape, i) => {
    const name = `x${i}`;
    // float32 numbers in programs of both dtypes; with so many of them no two are the same.
    const numbers = Array.from({ length: sizeOf(shape) }, () => Math.fround(2 * next() - 1));
    feeds[name] = valueOf(numbers, shape, dtype);
    return input(name, shape, dtype);
  });
  const entries = inputs.map((tensor): Entry => ({ tensor, bound: 1, exact: true }));
  const steps: string[] = [];
  for (const [i, instruction] of recipe.steps.entries()) {
    const made = scope(`step${i}`, () => take(instruction, entries));
    if (made === undefined) continue;
    steps.push(made[0]);
    entries.push(made[1]);
  }
  return { program: outputsOf(inputs, entries), feeds, steps };
}

function outputsOf(inputs: readonly Tensor[], entries: readonly Entry[]): Graph {
  const last = (entries.at(-1) as Entry).tensor;
  const loss = entries
    .slice(-3)
    .map(({ tensor }, i) => mean(tanh(tensor)).mul(i + 1))
    .reduce((a, b) => add(a, b));
  const gradients = grad(loss, inputs);
  const norm = gradients.map((g) => sum(g.mul(g))).reduce((a, b) => add(a, b));
  const [second] = grad(norm, inputs.slice(1, 2));
  return graph({
    outputs: {
      last,
      loss,
      ...Object.fromEntries(gradients.map((g, i) => [`dx${i}`, g])),
      second: second as Tensor,
    },
    name: 'random',
  });
}
