import type { Dtype, Tensor } from '@ganymede/tensor';
import { type Elements, elements } from './elements.js';
import type { Sample } from './sample.js';

/** One row of an operator's table: inputs, what is built from them, and what must come out. */
export interface OperatorCase {
  /** Begins with the function that the row is about, or with several, `a, b`: `slice with steps`, `and, or`. */
  readonly name: string;
  /** The functions that the row is about, where its name does not begin with them. */
  readonly of?: readonly string[];
  readonly inputs: Readonly<Record<string, Sample>>;
  readonly build: (inputs: Readonly<Record<string, Tensor>>) => Tensor;
  /** What `build` must compute in float64, written without the language. NaN and infinities must come out as such. */
  readonly expected: (inputs: Readonly<Record<string, Elements>>) => Elements;
  /** Why no derivative is checked: the operator has none, or is not smooth there. */
  readonly notDifferentiable?: string;
  /** Why ONNX Runtime is not asked to compute the row: what it does else. */
  readonly notInRuntime?: string;
  /** Dtype of the result, where it matters that it is this one. */
  readonly dtype?: Dtype;
  /** Allowed error of the value, relative to the largest expected number or 1. @defaultValue 1e-9 */
  readonly tolerance?: number;
  /** Whether each number is held to the tolerance by itself, as where tiny and large ones stand side by side. */
  readonly relative?: boolean;
}

/** Why operators with steps are not differentiated. */
export const STEP = 'a step function: its derivative is 0 or does not exist';

/** Why rows with NaN, infinities or overflow are not differentiated. */
export const NOT_FINITE = 'finite differences need finite values';

/** Builds from the input `x` only. */
export const ofX =
  (f: (x: Tensor) => Tensor) =>
  ({ x }: Readonly<Record<string, Tensor>>): Tensor =>
    f(x as Tensor);

/** A closed form in the elements of the input `x` only. */
export const fromX =
  (shape: readonly number[], f: (x: Elements, ...index: number[]) => number) =>
  ({ x }: Readonly<Record<string, Elements>>): Elements =>
    elements(shape, (...index) => f(x as Elements, ...index));

/** A closed form that is a list of known numbers, row-major. */
export const listed = (shape: readonly number[], numbers: readonly number[]) => (): Elements =>
  elements(
    shape,
    (...index) => numbers[index.reduce((at, i, axis) => at * (shape[axis] ?? 1) + i, 0)] ?? Number.NaN,
  );
