import type { Network } from '@ganymede/core';
import { compose, dense } from '@ganymede/nn';
import type { Tensor } from '@ganymede/tensor';

/** Options of {@link dgm}. */
export interface DgmOptions {
  /** Units of each layer. @defaultValue 32 */
  readonly units?: number;
  /** Gated layers after the first. @defaultValue 2 */
  readonly layers?: number;
}

/**
 * The network of the deep Galerkin method, `[N, features]` to `[N, 1]` (Sirignano and Spiliopoulos 2018, eq. 4.2), all
 * activations tanh: S¹ = σ(W x + b), then for each gated layer
 * Z = σ(U x + W S + b), G = σ(U x + W S¹ + b), R = σ(U x + W S + b), C = σ(U x + W (S ⊙ R) + b), S' = (1 − G) ⊙ C + Z ⊙ S,
 * and a linear layer. The kernels of one input are kept side by side, so that a layer is four matrix products.
 */
export function dgm({ units = 32, layers = 2 }: DgmOptions = {}): Network {
  const gated = Object.fromEntries(
    Array.from(
      { length: layers },
      (_, i) =>
        [
          [`input${i + 1}`, dense(4 * units)],
          [`state${i + 1}`, dense(2 * units, { bias: false })],
          [`first${i + 1}`, dense(units, { bias: false })],
          [`candidate${i + 1}`, dense(units, { bias: false })],
        ] as const,
    ).flat(),
  );
  return compose(
    { first: dense(units), ...gated, last: dense(1) },
    (parts: Readonly<Record<string, (x: Tensor) => Tensor>>, x) => {
      const call = (name: string, h: Tensor): Tensor => (parts[name] as (x: Tensor) => Tensor)(h);
      const gate = (h: Tensor, i: number): Tensor => h.slice(1, i * units, (i + 1) * units);
      const s1 = call('first', x).tanh();
      let s = s1;
      for (let i = 1; i <= layers; i++) {
        const fromInput = call(`input${i}`, x);
        const fromState = call(`state${i}`, s);
        const z = gate(fromInput, 0).add(gate(fromState, 0)).tanh();
        const r = gate(fromInput, 1).add(gate(fromState, 1)).tanh();
        const g = gate(fromInput, 2)
          .add(call(`first${i}`, s1))
          .tanh();
        const c = gate(fromInput, 3)
          .add(call(`candidate${i}`, s.mul(r)))
          .tanh();
        s = c.sub(g.mul(c)).add(z.mul(s));
      }
      return call('last', s);
    },
    { name: 'dgm' },
  );
}
