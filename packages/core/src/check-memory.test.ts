import os from 'node:os';
import { graph, input, matmul, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { availableMemory, checkMemory, memoryNeed } from './check-memory.js';

const row = (length: number | string) => input('x', [1, length], 'float32');

describe('memoryNeed', () => {
  it('counts what is alive at once, results written over operands', () => {
    const x = input('x', [100], 'float32');
    // x -> a -> b -> sum: each can take the place of the one before it.
    expect(memoryNeed(graph({ outputs: { y: x.tanh().exp().sum() } }))?.bytes).toBe(400);
    // Both a and x are needed until the product.
    expect(memoryNeed(graph({ outputs: { y: x.tanh().mul(x).sum() } }))?.bytes).toBe(800);
    // Outputs stay: x (400), a (400) while the sum (4) is made.
    const a = x.tanh();
    expect(memoryNeed(graph({ outputs: { a, y: a.sum(), x } }))?.bytes).toBe(804);
  });

  it('names the largest tensor, and counts by element size', () => {
    const x = input('x', [3, 1], 'float64');
    const need = memoryNeed(graph({ outputs: { y: matmul(x, x.transpose([1, 0])).sum() } }));
    expect(need?.largest).toMatchObject({ bytes: 72, shape: [3, 3], tensor: { operator: { name: 'Gemm' } } });
  });

  it('needs the sizes of named dimensions', () => {
    const program = graph({ outputs: { y: row('N').tanh() } });
    expect(memoryNeed(program)).toBeUndefined();
    expect(memoryNeed(program, new Map([['N', 10]]))?.bytes).toBe(40);
  });
});

describe('checkMemory', () => {
  const product = (n: number | string) => {
    const x = row(n);
    return graph({ outputs: { y: matmul(x.transpose([1, 0]), x).sum() } });
  };

  it('refuses a tensor of 100 GB before anything is computed', () => {
    expect(() => checkMemory(product(160_000), 16 * 2 ** 30, 'ort on cpu')).toThrow(
      expect.objectContaining({
        code: 'GANYMEDE_BACKEND_MEMORY',
        message: expect.stringMatching(
          /^ort on cpu has 16 GiB of memory, and the graph needs at least 95 GiB at once; its largest tensor is Gemm.*160000.*95 GiB/,
        ),
        data: expect.objectContaining({ operator: 'Gemm', shape: [160_000, 160_000], limit: 16 * 2 ** 30 }),
      }),
    );
    expect(() => checkMemory(product(160_000), 100 * 2 ** 30, 'ort on cpu')).not.toThrow();
  });

  it('checks named dimensions when their sizes come', () => {
    const check = checkMemory(product('N'), 2 ** 20, 'ort on cpu');
    const feeds = (n: number) => ({ x: valueOf(new Float32Array(n), [1, n]) });
    expect(() => check(feeds(100))).not.toThrow();
    expect(() => check(feeds(1000))).toThrow(expect.objectContaining({ code: 'GANYMEDE_BACKEND_MEMORY' }));
    expect(() => check(feeds(100))).not.toThrow();
  });
});

it('knows how much memory there is', () => {
  expect(availableMemory()).toBeGreaterThan(2 ** 28);
  expect(availableMemory()).toBeLessThanOrEqual(os.totalmem());
});
