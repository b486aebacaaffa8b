import type { Loss } from '@ganymede/core';
import { grad, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose } from '@ganymede/testing';
import { describe, it } from 'vitest';
import { generalForm } from './general-form.js';
import { leastSquares } from './least-squares.js';
import { nonSaturating } from './non-saturating.js';
import { wasserstein } from './wasserstein.js';

/** Both losses, and their gradients. */
function measure({ discriminator, generator }: Loss): readonly Value[] {
  const bench = createWorkbench();
  const real = bench.symbol('real', valueOf([-3, 0.2, 1.5, 7], [4, 1]));
  const fake = bench.symbol('fake', valueOf([2, -0.5, -9, 0.1], [4, 1]));
  const [d, g] = [discriminator(real, fake), generator(fake, real)];
  return bench.evaluate([d, g, ...grad(d, [real, fake]), ...grad(g, [fake])]);
}

describe('generalForm', () => {
  const alpha = 0.7;
  const square = (x: Tensor) => x.add(alpha).square();
  it.each([
    ['the non-saturating loss', { phi: (x: Tensor) => x.softplus() }, nonSaturating(), 1],
    ['the Wasserstein loss', { phi: (x: Tensor) => x }, wasserstein(), 1],
    // ½ E(D − b)² with b = α, a = −α, c = α is half of it.
    ['least squares', { phi: square }, leastSquares({ a: -alpha, b: alpha, c: alpha }), 2],
  ] as const)('has the losses and gradients of %s', (_, form, dedicated, factor) => {
    const expected = measure(dedicated);
    measure(generalForm(form)).forEach((value, i) => {
      const wanted = Array.from(expected[i]?.data as Float64Array, (x) => factor * x);
      expectClose(value, wanted, 1e-12, `result ${i}`);
    });
  });

  it('takes three functions of their own', () => {
    const loss = generalForm({ phi: (x) => x.mul(2), varphi: (x) => x.mul(3), psi: (x) => x.mul(5) });
    const [d, g] = measure(loss) as [Value, Value];
    expectClose(d, (2 * -7.4 + 3 * 5.7) / 4, 1e-6, 'discriminator');
    expectClose(g, (5 * -7.4) / 4, 1e-6, 'generator');
  });
});
