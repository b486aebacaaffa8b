import type { LossRow, LossTerm } from '@ganymede/testing';

/** What one logit pays on one side of a loss, and the same at −80 and at 80, written out. */
export interface Side {
  readonly term: (logit: number) => LossTerm;
  readonly low: LossTerm;
  readonly high: LossTerm;
}

/** A side of its own. */
export const side = (term: Side['term'], low: LossTerm, high: LossTerm): Side => ({ term, low, high });

/** What −f pays. */
export const mirrored = ({ term, low, high }: Side): Side => {
  const turned = ([value, slope]: LossTerm): LossTerm => [value, -slope];
  return side((f) => turned(term(-f)), turned(high), turned(low));
};

/** `factor` times as much, and `offset` more. */
export const scaled = ({ term, low, high }: Side, factor: number, offset = 0): Side => {
  const change = ([value, slope]: LossTerm): LossTerm => [factor * value + offset, factor * slope];
  return side((f) => change(term(f)), change(low), change(high));
};

/** Both together. */
export const sum = (a: Side, b: Side): Side => {
  const add = (x: LossTerm, y: LossTerm): LossTerm => [x[0] + y[0], x[1] + y[1]];
  return side((f) => add(a.term(f), b.term(f)), add(a.low, b.low), add(a.high, b.high));
};

/** A loss of three sides: `name` is the function's, then what is special about the options. */
export const lossRow = (
  name: string,
  create: LossRow['create'],
  sides: { readonly real: Side; readonly fake: Side; readonly generator: Side },
): LossRow => ({
  name,
  create,
  real: sides.real.term,
  fake: sides.fake.term,
  generator: sides.generator.term,
  limits: {
    real: [sides.real.low, sides.real.high],
    fake: [sides.fake.low, sides.fake.high],
    generator: [sides.generator.low, sides.generator.high],
  },
});

/** f: what a critic gives. */
export const rising: Side = side((f) => [f, 1], [-80, 1], [80, 1]);
/** −f. */
export const falling: Side = mirrored(rising);
const sigmoid = (f: number): number => (f < 0 ? Math.exp(f) / (1 + Math.exp(f)) : 1 / (1 + Math.exp(-f)));
/** −log(1 − σ(f)). */
export const unsure: Side = side(
  (f) => [Math.max(f, 0) + Math.log1p(Math.exp(-Math.abs(f))), sigmoid(f)],
  [0, 0],
  [80, 1],
);
/** −log σ(f). */
export const sure: Side = mirrored(unsure);
/** exp(rate · f). `atLimit` is e to the 80 · rate. */
export const exponential = (rate = 1, atLimit = Math.exp(80)): Side =>
  side((f) => [Math.exp(rate * f), rate * Math.exp(rate * f)], [0, 0], [atLimit, rate * atLimit]);
/** max(0, margin + f). */
export const hinged = (margin: number): Side =>
  side((f) => [Math.max(0, margin + f), f > -margin ? 1 : 0], [0, 0], [80 + margin, 1]);
