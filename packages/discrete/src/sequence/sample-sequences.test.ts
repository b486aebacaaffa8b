import { createRng, flattenTree, unflattenTree } from '@ganymede/core';
import { evaluate, input, numbersOf, type Tensor, type Value } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { sampleOracle } from '../oracle/oracle-sampler.js';
import { sampleSequences } from './sample-sequences.js';
import { initSequence, sequenceVariables } from './sequence-variables.js';

it('draws the sequences that the plain TypeScript sampler draws from the same uniform numbers', () => {
  const vocabulary = 90;
  const variables = flattenTree<Value<'float32'>>(
    initSequence({ vocabulary, embedding: 5, hidden: 6 }, createRng(4), 1) as Parameters<
      typeof flattenTree<Value<'float32'>>
    >[0],
  );
  const symbols = Object.fromEntries(
    Object.entries(variables).map(([name, v]) => [name, input(name, v.shape, v.dtype)]),
  );
  const rng = createRng(9, 'oracle');
  const uniform = rng.draw([40, 8], { kind: 'uniform' });
  const tokens = sampleSequences(
    sequenceVariables(unflattenTree<Tensor>(symbols)),
    input('u', ['N', 8], 'float32'),
  );
  expect(tokens.shape).toEqual(['N', 8]);
  expect(tokens.dtype).toBe('int32');
  const { drawn } = evaluate({ drawn: tokens }, { ...variables, u: uniform });
  const expected = Array.from(sampleOracle({ vocabulary, variables }, 40, 8, rng));
  expect(numbersOf(drawn as Value)).toEqual(expected);
  expect(new Set(expected).size).toBeGreaterThan(30);
});
