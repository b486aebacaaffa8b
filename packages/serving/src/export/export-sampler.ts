import {
  type Backend,
  type Dataset,
  type NoiseSpec,
  type Sampler,
  type State,
  writeFilesDurably,
} from '@ganymede/core';
import { encodeOnnx, type Tensor } from '@ganymede/tensor';
import {
  type Manifest,
  type ManifestBody,
  manifestPath,
  sealManifest,
  sha256,
  type ManifestInput,
  type ManifestOutput,
} from '../artifact/manifest.js';
import { type ExportProgram, exportProgram, type Layout, nameOf } from './export-program.js';
import { verifyExport } from './verify-export.js';
import { versions } from './versions.js';

/** A trained sampler and where it comes from. */
export interface ExportSource {
  readonly sampler: Sampler;
  readonly state: State;
  /** What trained it: the exported file is compared with it. */
  readonly backend: Backend;
  /** Fields of the data, which tell how many classes a label has. */
  readonly fields?: Dataset['fields'];
  readonly provenance: Omit<ManifestBody['provenance'], 'weights' | 'versions'> & {
    readonly versions?: Readonly<Record<string, string>>;
  };
}

/** Options of an export. */
export interface ExportOptions {
  /** Order of the dimensions of images: NCHW as trained, or NHWC through a Transpose at the end. @defaultValue 'NCHW' */
  readonly layout?: Layout;
  /** Largest absolute difference to the trainer allowed. @defaultValue 1e-5 */
  readonly limit?: number;
}

/** What an export wrote. */
export interface Exported {
  readonly file: string;
  readonly manifestFile: string;
  readonly manifest: Manifest;
}

/**
 * Writes a sampler as an ONNX file with its manifest `<file>.json`. Nothing is written that was not verified first, and both
 * files appear whole or not at all. The same weights give the same bytes.
 *
 * Throws `GANYMEDE_EXPORT_MISMATCH`, `GANYMEDE_EXPORT_SCALAR`, `GANYMEDE_WRITE`, `GANYMEDE_DISK_FULL`.
 */
export async function exportSampler(
  source: ExportSource,
  file: string,
  options: ExportOptions = {},
): Promise<Exported> {
  const { layout = 'NCHW', limit = 1e-5 } = options;
  const { sampler, state, backend } = source;
  const program = exportProgram(sampler, state, layout);
  const description = describe(source, program, layout);
  const weights = hashState(program.weights);
  const bytes = encodeOnnx(program.graph, {
    initializers: program.weights,
    metadata: metadataOf(source, description, weights),
  });
  const comparisons = await verifyExport({
    sampler,
    state,
    backend,
    program,
    manifest: description,
    bytes,
    limit,
  });
  const manifest = sealManifest({
    ...description,
    onnx: { bytes: bytes.length, sha256: sha256(bytes), opset: 17, irVersion: 8 },
    provenance: { ...source.provenance, weights, versions: { ...versions, ...source.provenance.versions } },
    verification: {
      limit,
      comparisons,
      maxAbsolute: Math.max(...comparisons.map((c) => c.maxAbsolute)),
      maxRelative: Math.max(...comparisons.map((c) => c.maxRelative)),
    },
  });
  await writeFilesDurably([
    [file, bytes],
    [manifestPath(file), `${JSON.stringify(manifest, null, 2)}\n`],
  ]);
  return { file, manifestFile: manifestPath(file), manifest };
}

type Description = Pick<ManifestBody, 'format' | 'formatVersion' | 'kind' | 'layout' | 'inputs' | 'outputs'>;

function describe({ sampler, fields }: ExportSource, program: ExportProgram, layout: Layout): Description {
  const types = new Map(program.graph.inputs.map((x) => [nameOf(x), x]));
  const conditions = program.conditions.map((name): ManifestInput => {
    const { dtype, shape } = types.get(name) as Tensor;
    const classes = fields?.[name]?.classes;
    return {
      name,
      dtype,
      shape: [...shape],
      role: 'condition',
      ...(classes === undefined ? {} : { classes }),
    };
  });
  return {
    format: 'ganymede-artifact',
    formatVersion: 1,
    kind: sampler.kind,
    ...(sampler.kind === 'images' ? { layout } : {}),
    inputs: [...program.latents.map(latentInput), ...conditions],
    outputs: Object.entries(program.graph.outputs).map(
      ([name, { dtype, shape }]): ManifestOutput => ({
        name,
        dtype,
        shape: [...shape],
        ...(name === 'images' ? { range: [-1, 1] as [number, number] } : {}),
      }),
    ),
  };
}

const latentInput = ({ name, spec }: { name: string; spec: NoiseSpec }): ManifestInput => ({
  name,
  dtype: spec.dtype,
  shape: [...spec.shape],
  role: 'latent',
  distribution: spec.distribution,
  stream: spec.name,
});

/** SHA-256 over names, types and contents of state entries, in order of their names. */
export function hashState(state: State): string {
  const parts = Object.keys(state)
    .sort()
    .map((path) => {
      const { dtype, shape, data } = state[path] as State[string];
      return `${path} ${dtype} ${shape.join(',')} ${sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))}`;
    });
  return sha256(parts.join('\n'));
}

/** What the ONNX file says of itself, for those who find it without its manifest. */
function metadataOf(
  { provenance }: ExportSource,
  description: Description,
  weights: string,
): Record<string, string> {
  return {
    'ganymede.kind': description.kind,
    ...(description.layout ? { 'ganymede.layout': description.layout, 'ganymede.range': '[-1, 1]' } : {}),
    'ganymede.inputs': JSON.stringify(description.inputs),
    'ganymede.algorithm': provenance.algorithm,
    'ganymede.seed': String(provenance.seed),
    'ganymede.iteration': String(provenance.iteration),
    'ganymede.weights': weights,
  };
}
