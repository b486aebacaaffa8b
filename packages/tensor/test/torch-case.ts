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

/** The function that a fixture's output is of, by the beginning of `fixture output`. Others are named after it. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  'affine grid': 'affineGrid',
  'batch norm': 'batchNormalization',
  'grid sample': 'gridSample',
  'group norm': 'groupNormalization',
  'instance norm': 'instanceNormalization',
  'layer norm': 'layerNormalization',
  'local response norm': 'localResponseNormalization',
  'matrices cholesky': 'cholesky',
  'matrices inverse': 'solveTriangular',
  'matrices inverseRoot': 'matrixInverseSquareRoot',
  'matrices logDeterminant': 'cholesky',
  'matrices root': 'matrixSquareRoot',
  'roi align': 'roiAlign',
  'spectral norm': 'spectralNorm',
  'triangular solved': 'solveTriangular',
};

/** The entry of {@link FUNCTIONS} for a row, the longest that fits. */
function functionOf(row: string): string | undefined {
  const keys = Object.keys(FUNCTIONS).filter((key) => row.startsWith(key));
  return FUNCTIONS[keys.sort((a, b) => b.length - a.length)[0] ?? ''];
}

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
  const of = functionOf(`${fixture} ${output}`);
  return {
    name: `${fixture} ${name}${name === '' ? '' : ' '}${output} as PyTorch`,
    inputs: Object.fromEntries(
      Object.entries(inputs)
        .filter(([key]) => !without.includes(key))
        .map(([key, packed]) => [key, unpacked(packed)]),
    ),
    build,
    expected: () => torchOutput(fixture, output),
    ...(of !== undefined && { of: [of] }),
    ...rest,
  };
}
