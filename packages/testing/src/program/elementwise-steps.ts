import * as t from '@ganymede/tensor';
import { broadcasts, type Dice, type Entry, entry, type ProgramStep, sizes } from './program-step.js';

type F = (x: t.Tensor) => t.Tensor;

const above = (x: t.Tensor): t.Tensor => t.add(t.mul(x, x), 0.5);

/** Smooth functions of one number, each with the bound of its result. */
const smooth: readonly (readonly [string, F, (bound: number) => number])[] = [
  ['tanh', t.tanh, () => 1],
  ['sigmoid', t.sigmoid, () => 1],
  ['sin', t.sin, () => 1],
  ['cos', t.cos, () => 1],
  ['erf', t.erf, () => 1],
  ['softplus', t.softplus, (b) => b + 1],
  ['exp', (x) => t.exp(t.tanh(x)), () => 3],
  ['log', (x) => t.log(above(x)), (b) => Math.max(0.7, Math.log(b * b + 0.5))],
  ['sqrt', (x) => t.sqrt(above(x)), (b) => b + 1],
  ['reciprocal', (x) => t.reciprocal(above(x)), () => 2],
  ['pow', (x) => t.pow(above(x), 1.5), (b) => (b * b + 0.5) ** 1.5],
  ['square', t.square, (b) => b * b],
  ['gelu', (x) => t.gelu(x), (b) => b],
  ['mish', t.mish, (b) => b],
  ['silu', t.silu, (b) => b],
  ['atan', t.atan, () => 1.6],
  ['asinh', t.asinh, (b) => Math.asinh(b)],
  ['logSigmoid', t.logSigmoid, (b) => b + 1],
  ['scale', (x) => t.mul(x, -1.5), (b) => 1.5 * b],
  ['shift', (x) => t.sub(0.75, x), (b) => b + 0.75],
];

/** Functions with corners or steps, of exact numbers only; `true` where the result is exact, too. */
const cornered: readonly (readonly [string, F, (bound: number) => number, boolean])[] = [
  ['relu', t.relu, (b) => b, true],
  ['leakyRelu', (x) => t.leakyRelu(x, 0.25), (b) => b, true],
  ['abs', t.abs, (b) => b, true],
  ['elu', t.elu, (b) => Math.max(1, b), false],
  ['clip', (x) => t.clip(x, -0.5, 0.75), () => 0.75, true],
  ['floor', t.floor, (b) => b + 1, true],
  ['ceil', t.ceil, (b) => b + 1, true],
  ['round', t.round, (b) => b + 1, true],
  ['sign', t.sign, () => 1, true],
  ['where', (x) => t.where(t.greater(x, 0.125), x, t.tanh(x)), (b) => Math.max(1, b), false],
  ['mask', (x) => t.where(t.not(t.lessOrEqual(x, 0)), x, -0.25), (b) => Math.max(0.25, b), true],
];

/** Sizes that broadcast against those of `x`, not larger. */
const narrowed = (x: Entry, dice: Dice): number[] => {
  const shape = sizes(x).map((d) => (dice(3) === 0 ? 1 : d));
  return shape.slice(dice(shape.length + 1));
};

/** Another operand: an entry that broadcasts against `x`, or one brought into such a shape. */
const partner = (x: Entry, dice: Dice): Entry =>
  dice(2) === 0
    ? (dice.find((other) => broadcasts(x.tensor.shape, other.tensor.shape)) ?? x)
    : dice.shaped(narrowed(x, dice));

type Binary = readonly [string, (a: t.Tensor, b: t.Tensor) => t.Tensor, (a: number, b: number) => number];

const arithmetic: readonly Binary[] = [
  ['add', t.add, (a, b) => a + b],
  ['sub', t.sub, (a, b) => a + b],
  ['mul', t.mul, (a, b) => a * b],
  ['div', (a, b) => t.div(a, above(b)), (a) => 2 * a],
  ['rdiv', (a, b) => t.div(b, above(a)), (_, b) => 2 * b],
];

/** Of exact numbers only. */
const comparisons: readonly Binary[] = [
  ['maximum', t.maximum, Math.max],
  ['minimum', t.minimum, Math.max],
  ['larger', (a, b) => t.where(t.greater(a, b), a, t.mul(b, 0.5)), Math.max],
  ['both', (a, b) => t.where(t.and(t.less(a, 0.5), t.greaterOrEqual(b, -0.5)), b, a), Math.max],
];

/** Functions of one or two numbers. */
export const elementwiseSteps: readonly ProgramStep[] = [
  ...smooth.map(
    ([name, f, bound]): ProgramStep => ({ name, apply: (x) => entry(f(x.tensor), bound(x.bound)) }),
  ),
  ...cornered.map(
    ([name, f, bound, exact]): ProgramStep => ({
      name,
      apply: (x) => (x.exact ? entry(f(x.tensor), bound(x.bound), exact) : undefined),
    }),
  ),
  { name: 'neg', apply: (x) => ({ ...x, tensor: t.neg(x.tensor) }) },
  ...arithmetic.map(
    ([name, f, bound]): ProgramStep => ({
      name,
      apply: (x, dice) => {
        const y = partner(x, dice);
        return entry(f(x.tensor, y.tensor), bound(x.bound, y.bound));
      },
    }),
  ),
  ...comparisons.map(
    ([name, f, bound]): ProgramStep => ({
      name,
      apply: (x, dice) => {
        const y = partner(x, dice);
        return x.exact && y.exact ? entry(f(x.tensor, y.tensor), bound(x.bound, y.bound), true) : undefined;
      },
    }),
  ),
];
