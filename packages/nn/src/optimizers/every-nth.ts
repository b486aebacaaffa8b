import type { StepContext } from '@ganymede/core';
import { greater, type Tensor } from '@ganymede/tensor';

/**
 * Whether this call of the step is the last of `count`: calls `count` − 1, 2·`count` − 1 and so on, from 0. A boolean scalar, fed as
 * the number `scalar/<path>/<name>`, so that a resumed run counts on.
 */
export const everyNth = (ctx: StepContext, name: string, count: number): Tensor =>
  greater(
    ctx.scalar(name, (call) => ((call + 1) % count === 0 ? 1 : 0)),
    0.5,
  );
