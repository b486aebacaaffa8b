import type { NetworkRow } from '@ganymede/testing';
import { testNetwork } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { expectTorch, torchCases } from './torch-case.js';

/** A layer's row: the conformance suite, and PyTorch's numbers. */
export interface LayerRow extends NetworkRow {
  /** Cases of the family's file that the layer, as made here, must reproduce. */
  readonly torch?: readonly string[];
}

/** Declares the tests of a family of layers; every case of its file must belong to a row. */
export function testLayers(family: string, rows: readonly LayerRow[]): void {
  const cases = torchCases(family);
  for (const row of rows) {
    testNetwork(row);
    for (const name of row.torch ?? []) {
      const found = cases[name];
      it(`${row.name}: output and gradients as PyTorch's, ${name}`, () => {
        expect(found, `fixtures/${family}.json has this case`).toBeDefined();
        if (found !== undefined) expectTorch(found, row.create());
      });
    }
  }
  describe(`fixtures/${family}.json`, () => {
    it('has no case without a row', () => {
      expect(Object.keys(cases).sort()).toEqual(rows.flatMap((row) => row.torch ?? []).sort());
    });
  });
}
