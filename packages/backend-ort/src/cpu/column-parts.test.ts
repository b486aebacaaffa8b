import { columnsOf, concat, graph, input } from '@ganymede/tensor';
import { sample } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { expectSameMeaning } from '../../test/expect-same-meaning.js';
import { batchParts, columnParts } from './column-parts.js';

const image = input('image', [6, 5, 5, 9], 'float32');
const window = { strides: [1, 1], pads: [1, 1, 1, 1], dilations: [1, 1] };

describe('columnParts', () => {
  const columns = columnsOf(image, [3, 3], [5, 5], window);

  it('are what windows see, in order, in parts of whole images', () => {
    const parts = columnParts(columns, 2 * 25 * 81);
    expect(parts.map(({ shape }) => shape)).toEqual([
      [50, 81],
      [50, 81],
      [50, 81],
    ]);
    const joined = graph({ outputs: { y: concat(parts, 0) } });
    expectSameMeaning(graph({ outputs: { y: columns } }), joined, { image: sample([6, 5, 5, 9], 1) });
  });

  it('are one part where they fit, and where nothing was copied', () => {
    expect(columnParts(columns)).toEqual([columns]);
    const pixels = columnsOf(image, [1, 1], [5, 5], { ...window, pads: [0, 0, 0, 0] });
    expect(columnParts(pixels, 1)).toEqual([pixels]);
  });
});

it('divides a batch into equal parts', () => {
  expect(batchParts(image, 100, 250).map(({ shape }) => shape[0])).toEqual([2, 2, 2]);
  expect(batchParts(image, 100, 150).map(({ shape }) => shape[0])).toEqual([1, 1, 1, 1, 1, 1]);
  expect(batchParts(image, 100, 130).length).toBe(6);
  expect(batchParts(image, 1)).toEqual([image]);
});
