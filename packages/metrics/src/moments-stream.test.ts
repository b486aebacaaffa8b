import { createRng } from '@ganymede/core';
import { expect, it } from 'vitest';
import { openProducts } from './compute/products.js';
import { addRows, covarianceOf, createMoments, emptyMoments, mergeMoments } from './moments.js';

it('a stream of blocks has the moments of all rows, in any number of groups, and keeps its precision far from 0', async () => {
  const rows = createRng(1).draw([103, 5], { kind: 'normal', mean: 1000 }).data as Float32Array;
  const known = addRows(emptyMoments(5), rows);
  const products = await openProducts();
  for (const groups of [1, 4]) {
    const stream = createMoments(5, products, { groups, block: 8 });
    for (let from = 0; from < rows.length; from += 35) await stream.add(rows.subarray(from, from + 35));
    const found = (await stream.groups()).reduce(mergeMoments);
    expect(found.count).toBe(103);
    covarianceOf(found).forEach((x, i) => {
      expect(x).toBeCloseTo(covarianceOf(known)[i] as number, 9);
    });
  }
  await expect(createMoments(5, products).add(rows.subarray(0, 7))).rejects.toMatchObject({
    code: 'GANYMEDE_FEATURE_SIZE',
  });
});
