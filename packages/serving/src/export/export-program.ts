import {
  createStateReader,
  createStepContext,
  type NoiseSpec,
  type Sampler,
  type State,
  type StepContext,
} from '@ganymede/core';
import {
  constant,
  GanymedeError,
  type Graph,
  graph,
  input,
  inputName,
  optimize,
  type Tensor,
  transpose,
} from '@ganymede/tensor';
import { latentNames } from './latent-names.js';

export type Layout = 'NCHW' | 'NHWC';

/** A sampler as a graph for other programs: readable names, inference mode, any batch size `N`. */
export interface ExportProgram {
  /** Outputs: the samples, named by their kind (`images`), then whatever else the sampler returns. */
  readonly graph: Graph;
  /** Noise inputs that the graph reads: its name of each, and what the sampler declared. */
  readonly latents: readonly { readonly name: string; readonly spec: NoiseSpec }[];
  /** The sampler's further inputs that the graph reads, such as `labels`. */
  readonly conditions: readonly string[];
  /** State entries that the graph reads: its initializers. */
  readonly weights: State;
}

/** The name of an input of a graph. */
export const nameOf = (x: Tensor): string => inputName(x) as string;

/**
 * Builds the graph of `sampler` over `state`, twice: the first time tells which noise it asks for, so that the second can give
 * it readable names.
 *
 * Throws `GANYMEDE_EXPORT_SCALAR` where the sampler reads a number that changes over time, and what the sampler throws.
 */
export function exportProgram(sampler: Sampler, state: State, layout: Layout = 'NCHW'): ExportProgram {
  const declared = createStepContext({ training: false });
  apply(sampler, state, declared.ctx);
  const conditions = Object.keys(sampler.inputs ?? {});
  const taken = new Set([...conditions, ...Object.keys(state), sampler.kind]);
  const names = latentNames(
    declared.noise.map(({ name }) => name),
    taken,
  );
  const latents = declared.noise.map((spec, i) => ({ name: names[i] as string, spec }));

  const [first, ...others] = Object.entries(apply(sampler, state, withNames(declared.ctx, latents)));
  const samples = first?.[1] as Tensor;
  const shown = sampler.kind === 'images' && layout === 'NHWC' ? transpose(samples, [0, 2, 3, 1]) : samples;
  const outputs = { [sampler.kind]: shown, ...Object.fromEntries(others) };
  const program = optimize(graph({ outputs, name: 'generator' }));
  const read = new Set(program.inputs.map(nameOf));
  return {
    graph: program,
    latents: latents.filter(({ name }) => read.has(name)),
    conditions: conditions.filter((name) => read.has(name)),
    weights: Object.fromEntries(Object.entries(state).filter(([path]) => read.has(path))),
  };
}

function apply(sampler: Sampler, state: State, ctx: StepContext): Readonly<Record<string, Tensor>> {
  const inputs = Object.fromEntries(
    Object.entries(sampler.inputs ?? {}).map(([name, { shape, dtype }]) => [name, input(name, shape, dtype)]),
  );
  return sampler.program(createStateReader(state, 'the sampler'), inputs, ctx, 'N');
}

/** `ctx` whose noise inputs, in the order they are asked for, are `latents`, and whose scalars are constants. */
function withNames(ctx: StepContext, latents: readonly { name: string; spec: NoiseSpec }[]): StepContext {
  let next = 0;
  const wrap = (inner: StepContext): StepContext => ({
    training: false,
    path: inner.path,
    conditions: inner.conditions,
    child: (name) => wrap(inner.child(name)),
    updateBuffer: () => {},
    noise() {
      const { name, spec } = latents[next++] as (typeof latents)[number];
      return input(name, spec.shape, spec.dtype);
    },
    scalar(name, value) {
      if (typeof value === 'number') return constant(value);
      throw new GanymedeError('GANYMEDE_EXPORT_SCALAR', {
        message: `the sampler reads "${name}", a number that changes over time, which an exported file cannot follow`,
        hint: 'keep the number in the state (a step writes it), or give the sampler a constant',
        data: { name },
      });
    },
  });
  return wrap(ctx);
}
