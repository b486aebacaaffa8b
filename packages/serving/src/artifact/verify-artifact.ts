import { bindShape, firstNonFinite, formatShape, GanymedeError, type Value } from '@ganymede/tensor';
import type { ManifestOutput } from './manifest.js';
import { openOnnx } from './onnx-session.js';
import { type Artifact, openArtifact } from './open-artifact.js';
import { probeInputs, triedSizes } from './probe-inputs.js';

/**
 * Checks an artifact as {@link openArtifact} does and then runs it on two batch sizes, and two heights and widths where it takes
 * any: outputs have the shapes and dtypes of the manifest and are finite. What a server or a user should do with a file from elsewhere.
 *
 * Throws what {@link openArtifact} throws, and `GANYMEDE_ONNX_INVALID` where ONNX Runtime refuses the model or it makes something
 * else than its manifest says.
 */
export async function verifyArtifact(file: string): Promise<Artifact> {
  const artifact = await openArtifact(file);
  const session = await openOnnx(artifact.bytes);
  try {
    for (const [k, count] of [1, 3].entries()) {
      const sizes = triedSizes(artifact.manifest, k);
      const outputs = await session
        .run(probeInputs(artifact.manifest, { count, seed: 0, sizes }))
        .catch((cause: unknown) => {
          throw wrong(file, 'it does not run', cause);
        });
      for (const output of artifact.manifest.outputs) {
        const problem = problemOf(output, outputs[output.name], { N: count, ...sizes });
        if (problem !== undefined) throw wrong(file, problem);
      }
    }
    return artifact;
  } finally {
    await session.close();
  }
}

const wrong = (file: string, what: string, cause?: unknown): GanymedeError =>
  new GanymedeError('GANYMEDE_ONNX_INVALID', {
    message: `${file}: ${what}`,
    hint: 'export the generator again: ganymede export <run>',
    data: { file },
    cause,
  });

function problemOf(
  { name, dtype, shape }: ManifestOutput,
  value: Value | undefined,
  sizes: Readonly<Record<string, number>>,
): string | undefined {
  if (!value) return `it has no output "${name}"`;
  if (value.dtype !== dtype || bindShape(shape, value.shape, new Map(Object.entries(sizes))) !== undefined) {
    const expected = shape.map((d) => sizes[d] ?? d);
    return `output "${name}" is ${value.dtype} ${formatShape(value.shape)}, expected ${dtype} ${formatShape(expected)}`;
  }
  return firstNonFinite(value) < 0 ? undefined : `output "${name}" holds numbers that are not finite`;
}
