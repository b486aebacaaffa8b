import type { Network } from '@ganymede/core';
import { tensorAt } from '@ganymede/nn';
import { filled, variance } from '@ganymede/tensor';

/** Group normalization (Wu & He 2018): each sample's channels in `groups`, each group to mean 0 and variance 1. `[N, C, H, W]`. */
export const groupNormalization = (groups: number): Network => ({
  name: 'groupNorm',
  buffers: [],
  init: (_, shape) => ({ scale: filled([Number(shape[1])], 1), shift: filled([Number(shape[1])], 0) }),
  apply(variables, x, ctx) {
    const [n = 1, c, h, w] = x.shape.map((d, i) => (i === 0 ? d : Number(d)));
    const each = (Number(c) * Number(h) * Number(w)) / groups;
    const grouped = x.reshape([n, groups, each]);
    const centred = grouped.sub(grouped.mean(2, true));
    const normal = centred.div(variance(grouped, 2, true).add(1e-5).sqrt()).reshape(x.shape);
    const perChannel = (name: string) => tensorAt(variables, name, ctx).reshape([Number(c), 1, 1]);
    return normal.mul(perChannel('scale')).add(perChannel('shift'));
  },
});
