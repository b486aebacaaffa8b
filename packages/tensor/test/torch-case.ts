import { readFileSync } from 'node:fs';
import type { Tensor } from '../src/tensor.js';
import { type Elements, elementsOf, type OperatorCase } from './operator-case.js';

interface Packed {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface Fixture {
  readonly inputs: Readonly<Record<string, Packed>>;
  readonly outputs: Readonly<Record<string, Packed>>;
}

/** fixtures/operators.json; see operators.py. */
const fixtures = JSON.parse(
  readFileSync(new URL('../fixtures/operators.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Fixture>>;

const unpacked = ({ shape, data }: Packed) => ({ shape, numbers: data });

/** What PyTorch computed from some of the inputs of a fixture. */
export function torchOutput(fixture: string, output: string): Elements {
  return elementsOf(unpacked(fixtures[fixture]?.outputs[output] as Packed));
}

/** A row whose inputs and expected values PyTorch gave. */
export function torchCase(
  fixture: string,
  output: string,
  build: (inputs: Readonly<Record<string, Tensor>>) => Tensor,
  more: {
    readonly name?: string;
    readonly notDifferentiable?: string;
    readonly without?: readonly string[];
  } = {},
): OperatorCase {
  const { inputs } = fixtures[fixture] as Fixture;
  const { name = '', without = [], ...rest } = more;
  return {
    name: `${fixture} ${name}${name === '' ? '' : ' '}${output} as PyTorch`,
    inputs: Object.fromEntries(
      Object.entries(inputs)
        .filter(([key]) => !without.includes(key))
        .map(([key, packed]) => [key, unpacked(packed)]),
    ),
    build,
    expected: () => torchOutput(fixture, output),
    ...rest,
  };
}
