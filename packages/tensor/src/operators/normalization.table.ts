import * as t from '../index.js';
import { between, elements, type Elements, type OperatorCase } from '../../test/operator-case.js';
import { torchCase } from '../../test/torch-case.js';

const learned = ({ scale, bias }: Readonly<Record<string, t.Tensor>>) => ({
  ...(scale && { scale }),
  ...(bias && { bias }),
});

/** Normalizations. */
export const normalizationCases: readonly OperatorCase[] = [
  torchCase('batch norm', 'y', (i) => t.batchNormalization(i.x as t.Tensor, learned(i))),
  torchCase('instance norm', 'y', (i) => t.instanceNormalization(i.x as t.Tensor, learned(i))),
  torchCase('group norm', 'y', (i) => t.groupNormalization(i.x as t.Tensor, 3, learned(i))),
  torchCase('layer norm', 'y', (i) => t.layerNormalization(i.x as t.Tensor, { axis: -2, ...learned(i) })),
  torchCase('local response norm', 'y', ({ x }) =>
    t.localResponseNormalization(x as t.Tensor, { size: 5, alpha: 0.2, beta: 0.6, bias: 1.5 }),
  ),
  torchCase('local response norm 3', 'y', ({ x }) =>
    t.localResponseNormalization(x as t.Tensor, { size: 3, alpha: 0.1, beta: 0.75, bias: 2 }),
  ),
  {
    name: 'standardize rows, a large epsilon',
    inputs: { x: between([2, 3]) },
    build: ({ x }) => t.standardize(x as t.Tensor, 1, 0.5),
    expected: (inputs) =>
      elements([2, 3], (i = 0, j = 0) => {
        const x = inputs.x as Elements;
        const row = [x(i, 0), x(i, 1), x(i, 2)];
        const mean = row.reduce((a, b) => a + b, 0) / 3;
        const variance = row.reduce((a, b) => a + (b - mean) ** 2, 0) / 3;
        return (x(i, j) - mean) / Math.sqrt(variance + 0.5);
      }),
  },
];
