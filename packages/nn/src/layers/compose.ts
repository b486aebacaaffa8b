import type { Conditions, ConditionTypes, Network, StepContext, Tree } from '@ganymede/core';
import { mapTree, withConditions } from '@ganymede/core';
import { captureSource, GanymedeError, input, scope, type Tensor, type Value } from '@ganymede/tensor';
import { treeAt } from '../variables.js';

/**
 * The parts of a composition as functions: calling one applies its network. It is told the conditions of the composition, and those
 * given here besides or in their place.
 */
export type Parts<Networks extends Readonly<Record<string, Network>>> = {
  readonly [Name in keyof Networks]: (x: Tensor, conditions?: Conditions) => Tensor;
};

/** Options of {@link compose}. */
export interface ComposeOptions {
  /** Short kind name, by which an enclosing `sequential` numbers this network. @defaultValue 'block' */
  readonly name?: string;
}

/** Stands in for a step while `init` traces shapes: declared inputs lead nowhere, buffers are not updated. */
const tracing = (conditions: Conditions): StepContext => ({
  training: false,
  path: '',
  conditions,
  child: () => tracing(conditions),
  noise: (name, shape, { kind }) => input(`trace/${name}`, shape, kind === 'integers' ? 'int32' : 'float32'),
  scalar: (name) => input(`trace/${name}`, [], 'float32'),
  updateBuffer: () => {},
});

const typesOf = (conditions: Conditions): ConditionTypes =>
  Object.fromEntries(Object.entries(conditions).map(([name, { dtype, shape }]) => [name, { dtype, shape }]));

/**
 * A network of named networks, wired by a function: skip connections, several heads, shared weights.
 *
 * ```ts
 * import { batchNorm, compose, conv2d } from '@ganymede/nn';
 *
 * const residual = compose({ conv: conv2d(64, { kernel: 3 }), norm: batchNorm() }, (parts, x) =>
 *   parts.norm(parts.conv(x)).add(x),
 * );
 * residual.buffers; // => ['norm/mean', 'norm/variance']
 * ```
 *
 * `init` traces `program` once and initialises each part for the shape it is first called with; a part may be called again
 * (shared weights) but must be called (`GANYMEDE_PART_UNUSED`). Variables are `<part>/<variable>`; each part draws from the
 * stream of its name, so adding one does not change the others. The input is traced as float32. Conditions reach every part;
 * `program` reads them by `conditionAt(ctx, 'label')` and may give a part others: `parts.synthesis(x, { style })`.
 */
export function compose<const Networks extends Readonly<Record<string, Network>>>(
  networks: Networks,
  program: (parts: Parts<Networks>, x: Tensor, ctx: StepContext) => Tensor,
  { name = 'block' }: ComposeOptions = {},
): Network {
  const entries = Object.entries(networks);
  const madeAt = captureSource(compose);
  const bind = (
    ctx: StepContext,
    call: (part: string, network: Network, x: Tensor, told: StepContext) => Tensor,
  ): Parts<Networks> =>
    Object.fromEntries(
      entries.map(([part, network]) => [
        part,
        (x: Tensor, conditions: Conditions = {}) =>
          scope(part, () => call(part, network, x, withConditions(ctx.child(part), conditions)), madeAt),
      ]),
    ) as Parts<Networks>;

  return {
    name,
    buffers: entries.flatMap(([part, network]) => network.buffers.map((path) => `${part}/${path}`)),
    init(rng, shape, conditions = {}) {
      const made = new Map<string, Tree<Value>>();
      const told = Object.entries(conditions).map(
        ([condition, type]) =>
          [condition, input(`trace/condition/${condition}`, type.shape, type.dtype)] as const,
      );
      const ctx = tracing(Object.fromEntries(told));
      const parts = bind(ctx, (part, network, x, here) => {
        const variables = made.get(part) ?? network.init(rng.child(part), x.shape, typesOf(here.conditions));
        made.set(part, variables);
        const symbols = mapTree(variables, (v: Value, path: string) =>
          input(`trace/${path}`, v.shape, v.dtype),
        );
        return network.apply(symbols, x, here);
      });
      program(parts, input('trace/x', shape, 'float32'), ctx);
      refuseUnused(entries.map(([part]) => part).filter((part) => !made.has(part)));
      return Object.fromEntries(
        entries
          .map(([part]) => [part, made.get(part) ?? {}] as const)
          .filter(([, variables]) => Object.keys(variables).length > 0),
      );
    },
    apply(variables, x, ctx) {
      const parts = bind(ctx, (part, network, value, here) =>
        network.apply(treeAt(variables, part), value, here),
      );
      return program(parts, x, ctx);
    },
  };
}

function refuseUnused(unused: readonly string[]): void {
  if (unused.length === 0) return;
  throw new GanymedeError('GANYMEDE_PART_UNUSED', {
    message: `compose: the program never calls ${unused.map((part) => `"${part}"`).join(', ')}`,
    hint: 'call every part in the function given to compose, or leave the part out',
    data: { unused },
  });
}
