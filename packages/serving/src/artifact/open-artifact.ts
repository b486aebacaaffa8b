import { readFile } from 'node:fs/promises';
import { formatShape, GanymedeError } from '@ganymede/tensor';
import { type Manifest, manifestChecksum, manifestPath, manifestSchema, sha256 } from './manifest.js';
import { refuseExternalData } from './external-data.js';
import { type OnnxSignature, readSignature, type TensorSignature } from './onnx-signature.js';

/** An exported generator as read from disk, unaltered and described by its manifest. */
export interface Artifact {
  /** The ONNX file. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly manifest: Manifest;
}

/**
 * Reads an artifact and checks it without running it: the manifest is whole and unedited, the ONNX file is the one that was
 * verified, it is an ONNX model, keeps all its weights inside, and has the inputs and outputs of the manifest.
 *
 * Throws `GANYMEDE_ARTIFACT_MISSING`, `GANYMEDE_ARTIFACT_MANIFEST` (no valid manifest beside it), `GANYMEDE_ARTIFACT_TAMPERED`,
 * `GANYMEDE_ONNX_INVALID`, `GANYMEDE_ONNX_EXTERNAL_DATA`.
 */
export async function openArtifact(file: string): Promise<Artifact> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new GanymedeError('GANYMEDE_ARTIFACT_MISSING', {
      message: `cannot read ${file}`,
      hint: 'name the .onnx file that `ganymede export <run>` wrote',
      data: { file },
      cause,
    });
  });
  const manifest = await readManifest(file, bytes);
  if (manifest.onnx.sha256 !== sha256(bytes))
    throw tampered(file, 'its SHA-256 is not the one in its manifest');
  refuseExternalData(file, bytes);
  const difference = disagreement(manifest, readSignature(file, bytes));
  if (difference !== undefined) throw tampered(file, difference);
  return { file, bytes, manifest };
}

const tampered = (file: string, what: string): GanymedeError =>
  new GanymedeError('GANYMEDE_ARTIFACT_TAMPERED', {
    message: `${file} is not the file that was exported and verified: ${what}`,
    hint: 'export the generator again, or copy the .onnx and .onnx.json together from a good source',
    data: { file },
  });

async function readManifest(file: string, bytes: Uint8Array): Promise<Manifest> {
  const text = await readFile(manifestPath(file), 'utf8').catch(() => undefined);
  if (text === undefined) {
    // A file that is no ONNX at all is the likelier mistake, and the better message.
    readSignature(file, bytes);
    throw invalidManifest(file, 'does not exist');
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw invalidManifest(file, 'is not JSON', cause);
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalidManifest(
      file,
      `is not a Ganymede manifest (${issue?.path.join('.') || 'the file'}: ${issue?.message})`,
    );
  }
  // The text as read, not as parsed: parsing must not hide a difference.
  if (parsed.data.checksum !== manifestChecksum(json as Manifest)) {
    throw tampered(manifestPath(file), 'its text does not have the checksum it states');
  }
  return parsed.data;
}

const invalidManifest = (file: string, what: string, cause?: unknown): GanymedeError =>
  new GanymedeError('GANYMEDE_ARTIFACT_MANIFEST', {
    message: `the manifest ${manifestPath(file)} ${what}`,
    hint: 'an artifact is two files: <name>.onnx and <name>.onnx.json; keep them together or export again',
    data: { file },
    cause,
  });

/** How a model differs from its manifest, or undefined. */
const disagreement = (manifest: Manifest, model: OnnxSignature): string | undefined =>
  differentTensors('inputs', manifest.inputs, model.inputs) ??
  differentTensors('outputs', manifest.outputs, model.outputs);

function differentTensors(
  what: string,
  described: readonly TensorSignature[],
  found: readonly TensorSignature[],
): string | undefined {
  const list = (tensors: readonly TensorSignature[]) =>
    tensors
      .map(({ name, dtype, shape }) => `${name} ${dtype} ${formatShape(shape)}`)
      .sort()
      .join(', ');
  return list(described) === list(found)
    ? undefined
    : `its ${what} are ${list(found)}, its manifest says ${list(described)}`;
}
