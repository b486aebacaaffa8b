import * as t from '../index.js';
import type { OperatorCase } from '../../test/operator-case.js';
import { torchCase } from '../../test/torch-case.js';

const gridCases: readonly OperatorCase[] = [false, true].flatMap((alignCorners) => {
  const corners = alignCorners ? 'True' : 'False';
  return [
    torchCase(`affine grid ${corners}`, 'y', ({ theta }) =>
      t.affineGrid(theta as t.Tensor, [3, 4], { alignCorners }),
    ),
    ...(['bilinear', 'nearest', 'bicubic'] as const).flatMap((mode) =>
      (['zeros', 'border', 'reflection'] as const).flatMap((padding) =>
        // Each pair of cubic taps is a product of its own: half of the rows are enough.
        mode === 'bicubic' && (padding === 'zeros') === alignCorners
          ? []
          : torchCase(`grid sample ${mode} ${padding} ${corners}`, 'y', ({ x, grid }) =>
              t.gridSample(x as t.Tensor, grid as t.Tensor, { mode, padding, alignCorners }),
            ),
      ),
    ),
    torchCase(`roi align ${corners}`, 'y', ({ x, rois }) =>
      t.roiAlign(x as t.Tensor, rois as t.Tensor, t.constant([0, 1], 'int64'), {
        size: [1, 2],
        scale: 0.5,
        halfPixel: alignCorners,
      }),
    ),
  ];
});

/** Images read at places that are computed. */
export const samplingCases: readonly OperatorCase[] = [...gridCases];
