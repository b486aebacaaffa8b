import { createHash } from 'node:crypto';
import { z } from 'zod';

const dim = z.union([z.number().int().nonnegative(), z.string().min(1)]);
const dtype = z.enum(['float32', 'float64', 'int32', 'int64', 'bool', 'uint8']);

const distribution = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('normal'), mean: z.number().optional(), std: z.number().optional() }),
  z.strictObject({
    kind: z.literal('truncated-normal'),
    mean: z.number().optional(),
    std: z.number().optional(),
  }),
  z.strictObject({ kind: z.literal('uniform'), low: z.number().optional(), high: z.number().optional() }),
  z.strictObject({ kind: z.literal('gumbel') }),
  z.strictObject({ kind: z.literal('integers'), low: z.number().optional(), high: z.number() }),
]);

const input = z.strictObject({
  name: z.string().min(1),
  dtype,
  /** The batch dimension is `N`; of a fully convolutional network other dimensions have names, too. */
  shape: z.array(dim),
  /** `latent`: random numbers; `condition`: what the caller asks for, such as class labels. */
  role: z.enum(['latent', 'condition']),
  /** Latents: how their elements are distributed. */
  distribution: distribution.optional(),
  /** Latents: the random stream they are drawn from, so that a seed gives the samples that the run gives. */
  stream: z.string().optional(),
  /** Conditions of whole numbers: they are 0 … classes - 1. */
  classes: z.number().int().positive().optional(),
});

const output = z.strictObject({
  name: z.string().min(1),
  dtype,
  shape: z.array(dim),
  /** Smallest and largest value that can come, where known. */
  range: z.tuple([z.number(), z.number()]).optional(),
});

const comparison = z.strictObject({
  /** What the ONNX file's outputs were compared with, for people: `ort · cpu · 2 threads`. */
  against: z.string(),
  batch: z.number().int().positive(),
  /** What other named dimensions stood for, where there are any. */
  sizes: z.record(z.string(), z.number().int().positive()).optional(),
  maxAbsolute: z.number().nonnegative(),
  /** Largest |difference| / max(|expected|, 1e-3). */
  maxRelative: z.number().nonnegative(),
});

const body = z.strictObject({
  format: z.literal('ganymede-artifact'),
  formatVersion: z.literal(1),
  kind: z.enum(['images', 'tokens', 'points']),
  /** Images only: order of the dimensions of the output. */
  layout: z.enum(['NCHW', 'NHWC']).optional(),
  inputs: z.array(input),
  outputs: z.array(output).min(1),
  onnx: z.strictObject({
    bytes: z.number().int().positive(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    opset: z.number().int().positive(),
    irVersion: z.number().int().positive(),
  }),
  provenance: z.strictObject({
    algorithm: z.string(),
    options: z.unknown(),
    seed: z.number(),
    iteration: z.number().int().nonnegative(),
    /** Name and SHA-256 of the checkpoint's weights; absent when a live run was exported before its first checkpoint. */
    checkpoint: z.strictObject({ name: z.string(), sha256: z.string() }).optional(),
    /** SHA-256 over the state entries that the generator reads. */
    weights: z.string(),
    data: z.strictObject({ summary: z.string().optional(), hash: z.string().optional() }),
    versions: z.record(z.string(), z.string()),
  }),
  verification: z.strictObject({
    limit: z.number().positive(),
    comparisons: z.array(comparison).min(1),
    maxAbsolute: z.number().nonnegative(),
    maxRelative: z.number().nonnegative(),
  }),
});

/** {@link body} plus the SHA-256 of its own text, so that an edited manifest shows. */
export const manifestSchema = body.extend({ checksum: z.string() });

/** The description of an exported generator, written beside it as `<file>.json`. */
export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestBody = z.infer<typeof body>;
/** An input of an artifact, as its manifest describes it. */
export type ManifestInput = z.infer<typeof input>;
/** An output of an artifact, as its manifest describes it. */
export type ManifestOutput = z.infer<typeof output>;
/** One comparison of the exported file with another way to compute the same. */
export type Comparison = z.infer<typeof comparison>;

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Path of the manifest that belongs to an ONNX file. */
export const manifestPath = (file: string): string => `${file}.json`;

/** A value's JSON with keys in order: equal values, equal text. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, child: unknown) =>
    typeof child === 'object' && child !== null && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
      : child,
  );

/** The checksum that belongs to a manifest, whether or not it carries one. */
export function manifestChecksum(manifest: ManifestBody): string {
  const { checksum: _, ...rest } = manifest as Manifest;
  return sha256(canonical(rest));
}

/** A manifest with its checksum, as it is written. */
export const sealManifest = (manifest: ManifestBody): Manifest => ({
  ...manifest,
  checksum: manifestChecksum(manifest),
});
