import type { Value } from '@ganymede/tensor';
import { joinRows, rowsOf } from '@ganymede/core';
import { type OnnxSession, openOnnx } from './onnx-session.js';
import { type Artifact, openArtifact } from './open-artifact.js';
import { sampleInputs, type SampleRequest } from './sample-inputs.js';

/** Samples of an artifact. */
export interface ArtifactSamples {
  /** The samples: the first output. Images are NCHW or NHWC, as the manifest's `layout` says. */
  readonly samples: Value;
  /** Every output by name. */
  readonly outputs: Readonly<Record<string, Value>>;
  readonly artifact: Artifact;
}

const batch = 64;

/**
 * Draws samples from an exported generator: for one seed those of `run.sample({ count, seed })`, up to the rounding recorded in
 * the manifest's verification.
 *
 * Throws what {@link openArtifact} and {@link sampleInputs} throw.
 */
export async function sampleArtifact(file: string, request: SampleRequest): Promise<ArtifactSamples> {
  const artifact = await openArtifact(file);
  const inputs = sampleInputs(artifact.manifest, request);
  const session = await openOnnx(artifact.bytes);
  try {
    const outputs = await runInBatches(session, inputs, artifact, request.count);
    const [first] = artifact.manifest.outputs;
    return { samples: outputs[first?.name as string] as Value, outputs, artifact };
  } finally {
    await session.close();
  }
}

/** Runs `count` samples in batches: memory for activations does not grow with their number. */
async function runInBatches(
  session: OnnxSession,
  inputs: Readonly<Record<string, Value>>,
  { manifest }: Artifact,
  count: number,
): Promise<Record<string, Value>> {
  const parts: Record<string, Value>[] = [];
  const batched = new Set(manifest.inputs.filter(({ shape }) => shape[0] === 'N').map(({ name }) => name));
  for (let from = 0; from < count; from += batch) {
    const rows = Math.min(batch, count - from);
    const feeds = Object.entries(inputs).map(([name, x]) => [
      name,
      batched.has(name) ? rowsOf(x, from, rows) : x,
    ]);
    parts.push(await session.run(Object.fromEntries(feeds) as Record<string, Value>));
  }
  return Object.fromEntries(
    manifest.outputs.map(({ name }) => [
      name,
      joinRows(
        parts.map((part) => part[name] as Value),
        count,
      ),
    ]),
  );
}
