import { sub, type Tensor } from '@ganymede/tensor';

/** What is paid for a logit that should be large, by name. */
export const margins = {
  'cross-entropy': (x: Tensor): Tensor => x.neg().softplus(),
  hinge: (x: Tensor): Tensor => sub(1, x).relu(),
  'least-squares': (x: Tensor): Tensor => x.sub(1).square(),
} as const;
