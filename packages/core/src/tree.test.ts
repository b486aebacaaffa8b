import { describe, expect, it } from 'vitest';
import { flattenTree, mapTree, treePaths, unflattenTree, zipTrees } from './tree.js';

const tree = { dense: { kernel: 1, bias: 2 }, scale: 3 };

describe('trees', () => {
  it('flattens to paths and back', () => {
    const flat = flattenTree(tree, 'generator');
    expect(flat).toEqual({ 'generator/dense/kernel': 1, 'generator/dense/bias': 2, 'generator/scale': 3 });
    expect(unflattenTree({ ...flat, 'generator2/x': 9, other: 8 }, 'generator')).toEqual(tree);
    expect(unflattenTree(flattenTree(tree))).toEqual(tree);
    expect(treePaths(tree)).toEqual(['dense/kernel', 'dense/bias', 'scale']);
  });

  it('takes tensors and values for leaves', () => {
    const x = { dtype: 'float32', shape: [], data: Float32Array.of(1) };
    expect(flattenTree({ a: x, b: { c: x } })).toEqual({ a: x, 'b/c': x });
  });

  it('maps and zips leaf by leaf', () => {
    expect(mapTree(tree, (x, path) => `${path}=${x}`)).toEqual({
      dense: { kernel: 'dense/kernel=1', bias: 'dense/bias=2' },
      scale: 'scale=3',
    });
    const other = { dense: { bias: 20, kernel: 10 }, scale: 30 };
    expect(zipTrees<[number, number], number>([tree, other], ([a, b]) => a + b)).toEqual({
      dense: { kernel: 11, bias: 22 },
      scale: 33,
    });
  });

  it('refuses trees of different forms, and paths through a leaf', () => {
    expect(() => zipTrees([tree, { dense: { kernel: 1 }, scale: 3 }], () => 0)).toThrow('"dense/bias"');
    expect(() => zipTrees([tree, { ...tree, extra: 1 }], () => 0)).toThrow('"extra"');
    expect(() => unflattenTree({ a: 1, 'a/b': 2 })).toThrow('"a"');
    expect(() => unflattenTree({ 'a/b': 2, a: 1 })).toThrow('"a"');
    expect(() => unflattenTree({ '__proto__/x': 1 })).toThrow('__proto__');
  });
});
