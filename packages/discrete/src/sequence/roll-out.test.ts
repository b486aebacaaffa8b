import { createRng, flattenTree, unflattenTree } from '@ganymede/core';
import { evaluate, input, numbersOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { actionValues, rollOut, rollOutDraws } from './roll-out.js';
import { initSequence, sequenceVariables } from './sequence-variables.js';

const variables = flattenTree<Value>(
  initSequence({ vocabulary: 5, embedding: 3, hidden: 4 }, createRng(5), 1),
);
const symbols = Object.fromEntries(
  Object.entries(variables).map(([name, v]) => [name, input(name, v.shape, v.dtype)]),
);
const policy = sequenceVariables(unflattenTree<Tensor>(symbols));

describe('rollOut', () => {
  it('completes every prefix the wanted number of times, and ends with the sequences', () => {
    const [rows, length, repeats] = [2, 4, 3];
    const given = [1, 2, 3, 4, 4, 0, 2, 1];
    const count = rollOutDraws(rows, length, repeats);
    expect(count).toBe(3 * 2 * 6);
    const completed = rollOut(
      policy,
      input('y', [rows, length], 'int32'),
      input('u', [count], 'float32'),
      repeats,
    );
    expect(completed.shape).toEqual([20, 4]);
    const { tokens } = evaluate(
      { tokens: completed },
      {
        ...variables,
        y: valueOf(given, [2, 4], 'int32'),
        u: createRng(6).draw([count], { kind: 'uniform' }),
      },
    );
    const all = numbersOf(tokens as Value);
    const row = (i: number) => all.slice(i * length, (i + 1) * length);
    for (let prefix = 1; prefix < length; prefix++) {
      for (let repeat = 0; repeat < repeats; repeat++) {
        for (let b = 0; b < rows; b++) {
          const at = ((prefix - 1) * repeats + repeat) * rows + b;
          expect(row(at).slice(0, prefix)).toEqual(given.slice(b * length, b * length + prefix));
        }
      }
    }
    expect(all.slice(18 * length)).toEqual(given);
    expect(all.every((token) => token >= 0 && token < 5)).toBe(true);
  });
});

describe('actionValues', () => {
  it('averages over repeats and puts the sequence itself last', () => {
    const scores = input('scores', [10], 'float32');
    const { q } = evaluate(
      { q: actionValues(scores, 2, 3, 2) },
      { scores: valueOf([1, 2, 3, 4, 10, 20, 30, 40, 7, 8], [10]) },
    );
    expect(q?.shape).toEqual([2, 3]);
    expect(numbersOf(q as Value)).toEqual([2, 20, 7, 3, 30, 8]);
  });
});
