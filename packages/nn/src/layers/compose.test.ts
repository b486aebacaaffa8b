import { createRng, type Tree, treePaths } from '@ganymede/core';
import { concat, GanymedeError, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, testNetwork } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { relu } from './activations.js';
import { batchNorm } from './batch-norm.js';
import { compose } from './compose.js';
import { conv2d } from './conv2d.js';
import { dense } from './dense.js';
import { embedding } from './embedding.js';

const residual = () =>
  compose({ conv: conv2d(2, { kernel: 3 }), norm: batchNorm(), relu: relu() }, (parts, x) =>
    parts.relu(parts.norm(parts.conv(x))).add(x),
  );
const shared = () =>
  compose({ tower: dense(3), head: dense(1) }, (parts, x) =>
    parts.head(concat([parts.tower(x.slice(1, 0, 2)), parts.tower(x.slice(1, 2, 4))], 1)),
  );

testNetwork({
  name: 'compose, residual',
  create: residual,
  input: [2, 4, 4],
  output: [2, 4, 4],
  // Normalization takes a convolution's bias away again.
  still: ['conv/bias'],
});
testNetwork({ name: 'compose, shared weights', create: shared, input: [4], output: [1] });
testNetwork({
  name: 'compose, of ids',
  create: () => compose({ table: embedding(5, 2), out: dense(1) }, (parts, x) => parts.out(parts.table(x))),
  input: [3],
  output: [3, 1],
  classes: 5,
});

describe('compose', () => {
  it('names variables, buffers, noise and graph nodes by part', () => {
    const network = compose({ block: residual(), skip: conv2d(2, { kernel: 1, bias: false }) }, (parts, x) =>
      parts.block(x).add(parts.skip(x)),
    );
    const variables = network.init(createRng(1), ['N', 2, 4, 4]);
    expect(treePaths(variables)).toEqual([
      'block/conv/kernel',
      'block/conv/bias',
      'block/norm/scale',
      'block/norm/bias',
      'block/norm/mean',
      'block/norm/variance',
      'skip/kernel',
    ]);
    expect(network.buffers).toEqual(['block/norm/mean', 'block/norm/variance']);
    const bench = createWorkbench({ training: true });
    const x = bench.symbol('x', valueOf(new Array<number>(64).fill(1), [2, 2, 4, 4]));
    const y = network.apply(bench.symbols(variables, 'g'), x, bench.ctx);
    expect([...bench.bufferUpdates.keys()]).toEqual(['block/norm/mean', 'block/norm/variance']);
    expect(y.inputs[0]?.inputs[0]?.scope).toBe('block/relu');
  });

  it('initialises a part by its name, whatever parts there are', () => {
    const alone = compose({ out: dense(3) }, (parts, x) => parts.out(x)).init(createRng(1), [2, 4]);
    const beside = compose({ extra: dense(4), out: dense(3) }, (parts, x) => parts.out(parts.extra(x)));
    expect(beside.init(createRng(1), [2, 4]).out).toEqual(alone.out);
  });

  it('uses one set of weights where a part is called twice', () => {
    const variables = shared().init(createRng(1), [1, 4]);
    expect(treePaths(variables)).toEqual(['tower/kernel', 'tower/bias', 'head/kernel', 'head/bias']);
    const bench = createWorkbench();
    const symbols = bench.symbols(variables, 'v');
    const [x, tower] = [bench.symbol('x', valueOf([1, 2, 3, 4], [1, 4])), symbols.tower as Tree<Tensor>];
    const half = (from: number) => dense(3).apply(tower, x.slice(1, from, from + 2), bench.ctx);
    const byHand = dense(1).apply(symbols.head as Tree<Tensor>, concat([half(0), half(2)], 1), bench.ctx);
    const [composed, expected] = bench.evaluate([shared().apply(symbols, x, bench.ctx), byHand]);
    expectClose(composed as Value, expected as Value, 0);
  });

  it('refuses a part that is never called', () => {
    const network = compose({ used: dense(1), forgotten: dense(1) }, (parts, x) => parts.used(x));
    expect(() => network.init(createRng(1), [1, 2])).toThrow(
      expect.toSatisfy((e) => GanymedeError.is(e, 'GANYMEDE_PART_UNUSED') && /"forgotten"/.test(e.message)),
    );
  });
});
