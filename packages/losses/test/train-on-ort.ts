import { ortBackend } from '@ganymede/backend-ort';
import {
  compileStep,
  createRng,
  flattenTree,
  type Held,
  type Loss,
  type Network,
  type Optimizer,
  type Regularizer,
  type StateReader,
  type StepContext,
  type StepReport,
  toHost,
  type Tree,
  unflattenTree,
  withoutBufferUpdates,
} from '@ganymede/core';
import { type Average, descend, parametersOf, replaceLeaves } from '@ganymede/nn';
import type { Shape, Tensor, TensorType, Value } from '@ganymede/tensor';

/** A network that a training moves, and how. */
export interface Player {
  readonly network: Network;
  readonly optimizer: Optimizer;
  /** Kept of its parameters. */
  readonly average?: Average;
  /** Of its input; the batch dimension may be named. */
  readonly shape: Shape;
}

/** What a step's program works with. */
export interface StepTools {
  readonly ctx: StepContext;
  readonly batch: Readonly<Record<string, Tensor>>;
  /** A player's present variables, or the average of them. */
  variables(player: string, averaged?: boolean): Tree<Tensor>;
  /** A player's network at its present variables, or at the average of them; `still` leaves its buffers alone. */
  apply(
    player: string,
    x: Tensor,
    options?: { readonly still?: boolean; readonly averaged?: boolean; readonly ctx?: StepContext },
  ): Tensor;
}

/** A step: losses of the players that move, together. */
export interface StepOptions {
  readonly name: string;
  readonly batch?: Readonly<Record<string, TensorType>>;
  program(tools: StepTools): {
    readonly losses?: Readonly<Record<string, Tensor>>;
    readonly outputs?: Readonly<Record<string, Tensor>>;
  };
  /** Applied to a player's parameters after each update. */
  project?(params: Tree<Tensor>): Tree<Tensor>;
}

/** A training on ONNX Runtime. */
export interface OrtTraining {
  add(options: StepOptions): Promise<(batch?: Readonly<Record<string, Value>>) => Promise<StepReport>>;
  /** A player's variables now. */
  variables(player: string): Promise<Tree<Value>>;
  dispose(): Promise<void>;
}

/** Networks that compiled steps move, on ONNX Runtime. Noise comes from the seed and the number of calls. */
export async function createOrtTraining(
  players: Readonly<Record<string, Player>>,
  { seed = 1, threads = 1 }: { readonly seed?: number; readonly threads?: number } = {},
): Promise<OrtTraining> {
  const backend = await ortBackend({ device: 'cpu', threads });
  const state = new Map<string, Held>();
  for (const [name, { network, optimizer, average, shape }] of Object.entries(players)) {
    const variables = network.init(createRng(seed).child(name), shape);
    const slots = optimizer.init(parametersOf(network, variables));
    for (const [path, x] of Object.entries(flattenTree<Value>(variables, name))) state.set(path, x);
    for (const [path, x] of Object.entries(flattenTree<Value>(slots, `optimizer/${name}`)))
      state.set(path, x);
    const first = average?.init(parametersOf(network, variables)) ?? {};
    for (const [path, x] of Object.entries(flattenTree<Value>(first, `average/${name}`))) state.set(path, x);
  }
  const types = Object.fromEntries(
    [...state].map(([path, { dtype, shape }]) => [path, { dtype, shape }] as const),
  );

  function move(
    name: string,
    loss: Tensor,
    reader: StateReader,
    ctx: StepContext,
    project: StepOptions['project'],
  ) {
    const { network, optimizer, average } = players[name] as Player;
    const params = parametersOf(network, reader.tree(name));
    const slots = reader.has(`optimizer/${name}/`) ? reader.tree(`optimizer/${name}`) : {};
    const next = descend(optimizer, loss, params, slots, ctx.child(`optimizer/${name}`));
    const moved = project?.(next.params) ?? next.params;
    const averaged =
      average?.update(reader.tree(`average/${name}`), moved, ctx.child(`average/${name}`)) ?? {};
    return {
      ...flattenTree(moved, name),
      ...flattenTree(next.slots, `optimizer/${name}`),
      ...flattenTree(averaged, `average/${name}`),
    };
  }

  return {
    async add({ name, batch = {}, program, project }) {
      const step = await compileStep(
        {
          name,
          batch,
          program(reader, entries, ctx) {
            const variables = (player: string, averaged = false): Tree<Tensor> =>
              averaged
                ? replaceLeaves(reader.tree(player), reader.tree(`average/${player}`))
                : reader.tree(player);
            const { losses = {}, outputs = {} } = program({
              ctx,
              batch: entries,
              variables,
              apply(player, x, { still = false, averaged = false, ctx: own = ctx } = {}) {
                const here = still ? withoutBufferUpdates(own) : own;
                const { network } = players[player] as Player;
                return network.apply(variables(player, averaged), x, here.child(player));
              },
            });
            const moved = Object.entries(losses).map(([player, loss]) =>
              move(player, loss, reader, ctx, project),
            );
            return {
              state: Object.assign({}, ...moved) as Record<string, Tensor>,
              outputs: { ...losses, ...outputs },
            };
          },
        },
        types,
        backend,
      );
      const rng = createRng(seed).child(`step/${name}`);
      let call = 0;
      return async (feeds = {}) => {
        const { updates, report } = await step.run({ state, batch: feeds, rng, call });
        call += 1;
        for (const [path, next] of updates) state.set(path, next);
        return report;
      };
    },
    async variables(player) {
      const own = [...state].filter(([path]) => path.startsWith(`${player}/`));
      const entries = await Promise.all(
        own.map(async ([path, x]) => {
          const { dtype, shape, data } = await toHost(x);
          // The backend may write later values into the same memory.
          return [path.slice(player.length + 1), { dtype, shape, data: data.slice() } as Value] as const;
        }),
      );
      return unflattenTree(Object.fromEntries(entries));
    },
    dispose: () => backend.dispose(),
  };
}

/** Both losses of a GAN between `real` and `fake` samples, with a discriminator `d`: penalties are added to the first. */
export function lossesOf(
  { apply, ctx }: StepTools,
  {
    real,
    fake,
    loss,
    regularizers = [],
  }: {
    readonly real: Tensor;
    readonly fake: Tensor;
    readonly loss: Loss;
    readonly regularizers?: readonly Regularizer[];
  },
): { readonly discriminator: Tensor; readonly realLogits: Tensor; readonly fakeLogits: Tensor } {
  const fixed = fake.stopGradient();
  const realLogits = apply('d', real);
  const fakeLogits = apply('d', fixed, { still: true });
  const discriminate = (x: Tensor) => apply('d', x, { still: true });
  const input = { discriminate, real, fake: fixed, realLogits, fakeLogits, ctx: withoutBufferUpdates(ctx) };
  const discriminator = regularizers.reduce(
    (sum, regularizer) => sum.add(regularizer.penalty(input)),
    loss.discriminator(realLogits, fakeLogits, { samples: { real, fake: fixed } }),
  );
  return { discriminator, realLogits, fakeLogits };
}
