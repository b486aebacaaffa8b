import { grad } from '../src/gradient/grad.js';
import { type Graph, graph } from '../src/graph/graph.js';
import * as t from '../src/index.js';
import { between, random, valueOfSample } from './operator-case.js';

const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

/** Rewrites of a matrix into another of the shapes below, some of which passes see through. */
const steps: readonly ((x: t.Tensor, other: t.Tensor) => t.Tensor)[] = [
  (x) => t.add(x, 0),
  (x) => t.mul(x, 1),
  (x) => t.mul(t.neg(x), 3),
  (x) => t.neg(t.neg(x)),
  (x) => t.sub(x, t.neg(x)),
  (x) => t.div(x, 1),
  (x) => t.stopGradient(x),
  (x) => t.identity(x),
  (x) => t.tap(x, 'tap'),
  (x) => t.tanh(x),
  (x) => t.leakyRelu(x, 0.2),
  (x) => t.transpose(x),
  (x) => t.transpose(t.tanh(t.transpose(x))),
  (x) => t.reshape(t.reshape(x, [x.shape[1] ?? 1, -1]), x.shape),
  (x) => t.squeeze(t.unsqueeze(x, 1), 1),
  (x) => t.mul(x, t.expand(t.constant(1), x.shape)),
  (x) => t.add(t.expand(t.sum(x, 0, true), x.shape), x),
  (x) => t.sub(x, t.mean(x, 1, true)),
  (x) => t.mul(x, t.exp(t.constant(0.25))),
  (x) => t.slice(t.concat([x, x], 0), { axes: [0], starts: [0], ends: [Number(x.shape[0])] }),
  (x) =>
    t.slice(t.pad(x, [1, 2, 0, 1]), {
      axes: [0, 1],
      starts: [1, 2],
      ends: [1 + Number(x.shape[0]), 2 + Number(x.shape[1])],
    }),
  (x) => t.sum(t.unsqueeze(x, 0), 0),
  (x) => t.matmul(t.transpose(t.transpose(x)), t.ones([x.shape[1] ?? 1, 4])),
  (x) => t.softmax(x),
  (x) => t.cast(t.cast(x, 'float64'), 'float32'),
  (x) => t.where(t.not(t.not(t.greater(x, 0))), x, t.mul(x, -1)),
  (x, other) => t.matmul(x, t.matmul(t.transpose(x), other)),
  (x, other) => t.add(x, t.mul(other, t.full(other.shape, 1))),
  (x, other) => t.add(x, t.mul(t.sum(other), 0.1)),
];

/** A program made of random steps with the gradient of its result, and values for its inputs. */
export function randomProgram(length = 12): {
  readonly program: Graph;
  readonly feeds: Record<string, t.Value>;
} {
  const x = t.input('x', [3, 4]);
  const y = t.input('y', [4, 3]);
  const pool: t.Tensor[] = [x, y];
  for (let i = 0; i < length; i++) {
    const a = pick(pool);
    const b = pick(pool.filter((other) => t.sameShape(other.shape, a.shape)));
    pool.push(t.scope(`step${i % 3}`, () => pick(steps)(a, b)));
  }
  const result = pool.slice(-4).reduce((sum, part) => t.add(sum, t.mean(t.tanh(part))), t.constant(0));
  const [dx, dy] = grad(result, [x, y]) as [t.Tensor, t.Tensor];
  return {
    program: graph({ outputs: { result, dx, dy, last: pool.at(-1) as t.Tensor } }),
    feeds: { x: valueOfSample(between([3, 4]), 'float32'), y: valueOfSample(between([4, 3]), 'float32') },
  };
}
