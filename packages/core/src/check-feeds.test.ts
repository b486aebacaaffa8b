import { graph, input, type TensorType, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { checkFeeds, feedSignature } from './check-feeds.js';

const signature = new Map<string, TensorType>([
  ['z', { dtype: 'float32', shape: ['N', 2] }],
  ['flat', { dtype: 'float32', shape: ['N*3'] }],
  ['label', { dtype: 'int64', shape: ['N'] }],
  ['rate', { dtype: 'float32', shape: [] }],
]);
const good = {
  z: valueOf([1, 2, 3, 4], [2, 2]),
  flat: valueOf([1, 2, 3, 4, 5, 6]),
  label: valueOf([0, 1], [2], 'int64'),
  rate: valueOf(0.1),
};

describe('checkFeeds', () => {
  it('accepts what fits, named dimensions included', () => {
    expect(() => checkFeeds(signature, good)).not.toThrow();
  });

  const { rate: _, ...withoutRate } = good;
  it.each([
    ['a missing input', withoutRate, 'input "rate" wants float32 [], received nothing'],
    [
      'another dtype',
      { ...good, label: valueOf([0, 1]) },
      'input "label" wants int64 [N], received float32 [2]',
    ],
    [
      'another rank',
      { ...good, rate: valueOf([0.1]) },
      'input "rate" wants float32 [], received float32 [1]',
    ],
    [
      'another size',
      { ...good, z: valueOf([1, 2, 3], [1, 3]) },
      'input "z" wants float32 [N, 2], received float32 [1, 3]',
    ],
    [
      'two sizes of one name',
      { ...good, label: valueOf([0], [1], 'int64') },
      'received int64 [1] where N is already 2',
    ],
    ['a product that does not fit', { ...good, flat: valueOf([1, 2, 3, 4, 5]) }, 'received 5 where N*3 is 6'],
    [
      'a shape that its data do not have',
      { ...good, rate: { ...good.rate, data: new Float32Array(2) } },
      '2 elements',
    ],
    ['an unknown name', { ...good, labels: good.label }, '"labels" was fed, but the graph has no such input'],
  ])('refuses %s', (_what, feeds, message) => {
    expect(() => checkFeeds(signature, feeds)).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_FEED', message: expect.stringContaining(message) }),
    );
  });

  it('suggests the name that was meant', () => {
    const feeds = { ...good, ratee: good.rate };
    expect(() => checkFeeds(signature, feeds)).toThrow(
      expect.objectContaining({ hint: 'did you mean "rate"?' }),
    );
  });
});

describe('feedSignature', () => {
  const [x, w] = [input('x', ['N', 2]), input('w', [2])];
  const program = graph({ outputs: { y: x.mul(w) } });

  it('names what is left to feed', () => {
    expect([...feedSignature(program).keys()]).toEqual(['x', 'w']);
    expect([...feedSignature(program, { w: valueOf([1, 2]) }).keys()]).toEqual(['x']);
  });

  it.each([
    ['v', valueOf([1, 2]), 'constant "v" is not an input'],
    ['w', valueOf([1, 2, 3]), 'constant "w" must be float32 [2], received float32 [3]'],
    ['w', valueOf([1, 2], [2], 'int32'), 'constant "w" must be float32 [2], received int32 [2]'],
  ])('refuses the constant %s that does not fit', (name, value, message) => {
    expect(() => feedSignature(program, { [name]: value })).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_FEED', message: expect.stringContaining(message) }),
    );
  });
});
