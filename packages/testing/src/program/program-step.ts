import { broadcastShapes, constant, mul, type Shape, type Tensor, valueOf } from '@ganymede/tensor';

/** A tensor of a random program, and what is known of its numbers. */
export interface Entry {
  readonly tensor: Tensor;
  /** No element is larger in magnitude. */
  readonly bound: number;
  /**
   * Whether every backend has the same bits here: only such numbers may be compared or rounded, as a difference in the last bit
   * would become one in the first.
   */
  readonly exact: boolean;
}

/** What a step may choose. */
export interface Dice {
  /** A whole number from 0 to `n - 1`. */
  (n: number): number;
  pick<T>(list: readonly T[]): T;
  /** The entries made so far. */
  readonly entries: readonly Entry[];
  /** An entry made so far that fits, if there is one. */
  find(fits: (entry: Entry) => boolean): Entry | undefined;
  /** Numbers of an entry made so far, repeated or cut to a shape. */
  shaped(shape: readonly number[]): Entry;
}

/** One kind of step: what it makes of an entry, or nothing if it does not apply to it. */
export interface ProgramStep {
  readonly name: string;
  apply(x: Entry, dice: Dice): Entry | undefined;
}

/** Elements above which entries are made smaller. */
const LARGEST = 8;

/** An entry, scaled down where its bound has grown. */
export function entry(tensor: Tensor, bound: number, exact = false): Entry {
  if (bound <= LARGEST) return { tensor, bound, exact };
  return { tensor: mul(tensor, LARGEST / 2 / bound), bound: LARGEST / 2, exact: false };
}

/** An entry whose numbers are some of those of another one. */
export const moved = (tensor: Tensor, { bound, exact }: Entry): Entry => ({ tensor, bound, exact });

/** Sizes of a tensor of a random program, which are all known. */
export const sizes = ({ tensor }: Entry): readonly number[] => tensor.shape as readonly number[];

/** Whether two shapes broadcast. */
export function broadcasts(a: Shape, b: Shape): boolean {
  try {
    broadcastShapes(a, b, '');
    return true;
  } catch {
    return false;
  }
}

/** int64 indices below `n`, some of them negative, some repeated. */
export const indices = (shape: readonly number[], n: number, dice: Dice): Tensor =>
  constant(
    valueOf(
      Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => dice(2 * n) - n),
      shape,
      'int64',
    ),
  );
