import { type Bindings, bindShape, formatShape, GanymedeError, type Value } from '@ganymede/tensor';
import type { Sampler } from './algorithm.js';
import { type Backend, type Held, toHost } from './backend.js';
import { joinRows, rowsOf } from './batch-rows.js';
import { buildSampler, drawNoise, type SamplerProgram } from './build-sampler.js';
import type { Rng } from './rng.js';
import type { StateTypes } from './state-reader.js';

/** What a compiled sampler draws from. */
export interface SampleCall {
  readonly state: ReadonlyMap<string, Held>;
  readonly count: number;
  /** Noise input `name` is drawn from its child `name`. */
  readonly rng: Rng;
  /** Values of the sampler's further inputs, `count` rows each; those that it knows how to draw may be missing. */
  readonly inputs?: Readonly<Record<string, Value>>;
}

/** A sampler compiled for a fixed batch. */
export interface CompiledSampler {
  readonly program: SamplerProgram;
  readonly nodes: number;
  /** Batches of outputs, the last one cut to what is left. Throws `GANYMEDE_SAMPLE_INPUT`. */
  batches(call: SampleCall): AsyncGenerator<Record<string, Value>>;
  /** All `count` samples at once, by output name; the first output is the samples. */
  sample(call: SampleCall): Promise<Record<string, Value>>;
  dispose(): Promise<void>;
}

/** The inputs given, and draws of those that are missing and can be drawn: input `name` from the child `batch/<name>`. */
function completed(program: SamplerProgram, { count, inputs = {}, rng }: SampleCall): Record<string, Value> {
  const missing = Object.entries(program.inputs).filter(([name]) => inputs[name] === undefined);
  const drawn = missing.flatMap(([name, { drawn: from, shape }]) =>
    from === undefined
      ? []
      : [[name, rng.child(`batch/${name}`).draw([count, ...shape.slice(1).map(Number)], from)] as const],
  );
  return { ...inputs, ...Object.fromEntries(drawn) };
}

/** Refuses inputs that do not fit, and returns what their named dimensions (of an image's height, say) stand for. */
function checkInputs(program: SamplerProgram, { count, inputs = {} }: SampleCall): Bindings {
  const sizes: Bindings = new Map();
  for (const [name, { dtype, shape }] of Object.entries(program.inputs)) {
    const want = [count, ...shape.slice(1)];
    const got = inputs[name];
    if (got !== undefined && got.dtype === dtype && bindShape(want, got.shape, sizes) === undefined) continue;
    const came = got === undefined ? 'nothing' : `${got.dtype} ${formatShape(got.shape)}`;
    throw new GanymedeError('GANYMEDE_SAMPLE_INPUT', {
      message: `sampling ${count}: expected input "${name}" ${dtype} ${formatShape(want)}, received ${came}`,
      hint: `this generator is conditional: pass \`inputs: { ${name}: … }\``,
    });
  }
  return sizes;
}

/** Compiles a sampler for batches of `batch` on a backend. Errors: those of {@link buildSampler} and of the backend. */
export async function compileSampler(
  sampler: Sampler,
  types: StateTypes,
  backend: Backend,
  batch: number,
): Promise<CompiledSampler> {
  const program = buildSampler(sampler, types, batch);
  const executable = await backend.compile(program.graph);
  const perSample = new Set(program.noise.filter(({ shape }) => shape[0] === batch).map(({ name }) => name));

  async function* batches(asked: SampleCall): AsyncGenerator<Record<string, Value>> {
    const call = { ...asked, inputs: completed(program, asked) };
    const noise = drawNoise(program, call.rng, call.count, checkInputs(program, call));
    const feedOf = (name: string, start: number): Held => {
      const drawn = noise[name];
      if (drawn !== undefined) return perSample.has(name) ? rowsOf(drawn, start, batch) : drawn;
      if (!name.startsWith('batch/')) return call.state.get(name) as Held;
      return rowsOf(call.inputs[name.slice('batch/'.length)] as Value, start, batch);
    };
    for (let start = 0; start < call.count; start += batch) {
      const feeds = Object.fromEntries(executable.inputs.map((name) => [name, feedOf(name, start)]));
      const results = await executable.run(feeds);
      const rows = Math.min(batch, call.count - start);
      const outputs: Record<string, Value> = {};
      for (const name of program.outputs)
        outputs[name] = joinRows([await toHost(results[name] as Held)], rows);
      yield outputs;
    }
  }
  return {
    program,
    nodes: executable.nodes,
    batches,
    async sample(call) {
      const parts: Record<string, Value>[] = [];
      for await (const part of batches(call)) parts.push(part);
      return Object.fromEntries(
        program.outputs.map((name) => [
          name,
          joinRows(
            parts.map((part) => part[name] as Value),
            call.count,
          ),
        ]),
      );
    },
    dispose: () => executable.dispose(),
  };
}
