import { constant, evaluate, input, numbersOf, valueOf } from '@ganymede/tensor';
import { createRng } from '@ganymede/core';
import { describe, expect, it } from 'vitest';
import { drawTokens } from './draw-tokens.js';

/** The definition, one row at a time in double precision. */
function invert(logits: readonly number[], u: number): number {
  const largest = Math.max(...logits);
  const mass = logits.map((x) => Math.exp(x - largest));
  const target = u * mass.reduce((a, b) => a + b, 0);
  let sum = 0;
  return mass.findIndex((m) => {
    sum += m;
    return sum > target;
  });
}

describe('drawTokens', () => {
  it.each([3, 64, 65, 200, 500])('inverts the distribution function over %i tokens', (vocabulary) => {
    const rng = createRng(1, `draw/${vocabulary}`);
    const rows = 200;
    const logits = rng.child('logits').draw([rows, vocabulary], { kind: 'normal', std: 3 });
    const uniform = rng.child('uniform').draw([rows, 1], { kind: 'uniform' });
    const x = input('logits', [rows, vocabulary], 'float32');
    const u = input('uniform', [rows, 1], 'float32');
    const { tokens } = evaluate({ tokens: drawTokens(x, u) }, { logits, uniform });
    const all = numbersOf(logits);
    const expected = numbersOf(uniform).map((v, row) =>
      invert(all.slice(row * vocabulary, (row + 1) * vocabulary), v),
    );
    expect(tokens?.dtype).toBe('int32');
    // Float32 sums may move a boundary past a draw that is within rounding of it; that is rare.
    const drawn = numbersOf(tokens as typeof logits);
    expect(drawn.filter((token, row) => token !== expected[row]).length).toBeLessThanOrEqual(1);
  });

  it('shares one distribution among all rows, and never leaves the vocabulary', () => {
    const u = valueOf([0, 0.2499, 0.2501, 0.999999940395], [4, 1]);
    const logits = constant(valueOf([0, Math.log(2), 0], [1, 3]));
    const { tokens } = evaluate({ tokens: drawTokens(logits, input('u', [4, 1], 'float32')) }, { u });
    expect(numbersOf(tokens as typeof u)).toEqual([0, 0, 1, 2]);
  });

  it('never draws a token of probability zero', () => {
    const u = valueOf([0, 0.5, 0.99], [3, 1]);
    const logits = constant(valueOf([-200, 5, -200, -200], [1, 4]));
    const { tokens } = evaluate({ tokens: drawTokens(logits, input('u', [3, 1], 'float32')) }, { u });
    expect(numbersOf(tokens as typeof u)).toEqual([1, 1, 1]);
  });
});
