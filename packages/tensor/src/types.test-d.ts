import { expectTypeOf, it } from 'vitest';
import * as t from './index.js';

it('pairs a dtype with its array', () => {
  expectTypeOf(t.value('int64', [1], new BigInt64Array(1)).data).toEqualTypeOf<
    BigInt64Array<ArrayBufferLike>
  >();
  // @ts-expect-error a float32 value is no BigInt64Array
  t.value('float32', [1], new BigInt64Array(1));
  // @ts-expect-error there is no such dtype
  t.input('x', [1], 'float16');
});

it('takes tensors and numbers where arithmetic is meant', () => {
  expectTypeOf(t.add(t.constant(1), 2)).toEqualTypeOf<t.Tensor>();
  // @ts-expect-error a string is no operand
  t.add(t.constant(1), 'x');
  // @ts-expect-error the condition is a tensor
  t.where(true, 1, 2);
});

it('checks operators against their inputs and attributes', () => {
  const scale = t.defineOperator<{ readonly factor: number }, t.Unary>({
    name: 'Scale',
    infer: ([x]) => ({ dtype: x.dtype, shape: x.shape }),
    evaluate: ([x]) => x.data,
    onnx: {},
  });
  expectTypeOf(t.makeTensor(scale, [t.constant(1)], { factor: 2 })).toEqualTypeOf<t.Tensor>();
  // @ts-expect-error the factor is missing
  t.makeTensor(scale, [t.constant(1)], {});
  // @ts-expect-error one input, not two
  t.makeTensor(scale, [t.constant(1), t.constant(2)], { factor: 2 });
});

it('returns what graphs and gradients are made of', () => {
  const [x, list] = [t.constant(1), [t.constant(1)]];
  expectTypeOf(t.grad(x, [x, x])).toEqualTypeOf<[t.Tensor, t.Tensor]>();
  expectTypeOf(t.grad(x, list)).toEqualTypeOf<t.Tensor[]>();
  expectTypeOf(t.evaluate({ a: x, b: x })).toEqualTypeOf<{ a: t.Value; b: t.Value }>();
  expectTypeOf(t.evaluate(t.graph({ outputs: { x } }))).toEqualTypeOf<Record<string, t.Value>>();
  // @ts-expect-error there is no such output
  t.evaluate({ a: x }).b;
  expectTypeOf(t.optimize).toBeCallableWith(t.graph({ outputs: {} }));
  // @ts-expect-error outputs are required
  t.graph({});
});
