import type { Network } from '@ganymede/core';
import { concat, formatShape, GanymedeError } from '@ganymede/tensor';
import { requireCount } from './argument.js';
import { stateless } from './stateless.js';

/** Options of {@link minibatchStd}. */
export interface MinibatchStdOptions {
  /** Samples per group; must divide the batch. @defaultValue 4, or the whole batch where it is smaller */
  readonly group?: number;
  /** Maps that are added, each of its own share of the channels. @defaultValue 1 */
  readonly maps?: number;
  /** Added to the variance. @defaultValue 1e-8 */
  readonly epsilon?: number;
}

/**
 * Minibatch standard deviation (Karras et al. 2018, section 3): the standard deviation of each feature over groups of samples,
 * averaged over features and positions, as `maps` further channels that are the same everywhere: a discriminator then sees how
 * varied its batch is. `[N, C, …]` to `[N, C + maps, …]`. Sample i belongs to group i mod (N / group). Without variables. The batch
 * must be known when it is applied.
 *
 * Samples meet in it: gradient penalties, which look at each sample on its own, do not fit.
 */
export function minibatchStd({ group, maps = 1, epsilon = 1e-8 }: MinibatchStdOptions = {}): Network {
  if (group !== undefined) requireCount('minibatchStd', 'group', group);
  requireCount('minibatchStd', 'maps', maps);
  return stateless('minibatchStd', (x) => {
    const [batch, channels, ...rest] = x.shape;
    const size = group ?? Math.min(4, Number(batch));
    if (
      typeof batch !== 'number' ||
      typeof channels !== 'number' ||
      batch % size !== 0 ||
      channels % maps !== 0
    ) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `minibatchStd: expected [batch, channels, …] with a batch that ${size} divides and channels that ${maps} divides, got ${formatShape(x.shape)}`,
        hint: 'choose another group, or a batch that it divides',
      });
    }
    const groups = batch / size;
    const grouped = x.reshape([size, groups, maps, channels / maps, ...rest]);
    const centred = grouped.sub(grouped.mean(0, true));
    const deviation = centred.square().mean(0).add(epsilon).sqrt();
    const axes = deviation.shape.map((_, i) => i).slice(2);
    const one = deviation.mean(axes).reshape([1, groups, maps, ...rest.map(() => 1)]);
    const map = one.expand([size, groups, maps, ...rest]).reshape([batch, maps, ...rest]);
    return concat([x, map], 1);
  });
}
