import { expect, it } from 'vitest';
import { expectSameResults } from '../../test/same-results.js';
import { isSubprogram } from '../graph/subprogram.js';
import * as t from '../index.js';

const sizes = (program: t.Graph): number[] =>
  program.nodes.flatMap(({ attributes: { body } }) =>
    isSubprogram(body) ? [body.program.nodes.length] : [],
  );

it('simplifies what a loop computes, and keeps its results those of one node', () => {
  const x = t.input('x', [4, 3]);
  const w = t.input('w', [3, 3]);
  const { outputs, state } = t.scan({ init: [t.zeros([1, 3])], sequences: [x] }, ([h], [now]) => {
    const next = t.tanh(t.add(t.mul(t.matmul(h as t.Tensor, w), 1), t.neg(t.neg(now as t.Tensor))));
    return { state: [next], outputs: [t.add(next, 0)] };
  });
  const loss = t.add(t.sum(t.square(outputs[0] as t.Tensor)), t.sum(state[0] as t.Tensor));
  const [dx, dw] = t.grad(loss, [x, w]);
  const program = t.graph({ outputs: { loss, dx, dw } });
  const better = t.optimize(program);
  const [before, after] = [sizes(program), sizes(better)];
  expect(Math.max(...after)).toBeLessThan(Math.max(...before));
  expect(Math.min(...after)).toBeLessThan(Math.min(...before));
  const nodes = new TextDecoder('latin1').decode(t.encodeOnnx(better)).match(/(gradient\/)?Scan_\d+/g);
  expect(new Set(nodes)).toEqual(new Set(['Scan_1', 'gradient/Scan_1']));
  expect(t.optimize(better)).toBe(better);
  const numbers = (n: number): number[] => Array.from({ length: n }, (_, i) => Math.sin(1.3 * i + 1));
  expectSameResults(better, program, {
    x: t.valueOf(numbers(12), [4, 3]),
    w: t.valueOf(numbers(9), [3, 3]),
  });
});
