import { type ExternalData, GanymedeError, type OnnxModel, openOnnx } from '@ganymede/tensor';
import { nodeModule } from './node-module.js';

const { closeSync, fstatSync, openSync, readSync, realpathSync, statSync } = nodeModule('node:fs');
const { readFile } = nodeModule('node:fs/promises');
const { dirname, join, relative, resolve, sep, isAbsolute } = nodeModule('node:path');

/**
 * Opens an ONNX file (opset 13 to 21), with the weights that it keeps in other files of its folder.
 *
 * A name of such a file comes from the model, whoever made it: one that leads out of the model's folder, by `..`, as an absolute
 * path or through a symbolic link, is refused, and nothing is allocated before the file has shown that it is long enough.
 *
 * Throws `GANYMEDE_ONNX_MISSING` where there is no such file, `GANYMEDE_ONNX_EXTERNAL_DATA`, and what `openOnnx` throws.
 */
export async function readOnnx(file: string): Promise<OnnxModel> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new GanymedeError('GANYMEDE_ONNX_MISSING', {
      message: `cannot read "${file}" (${(cause as NodeJS.ErrnoException).code ?? String(cause)})`,
      hint: 'name an .onnx file that exists and may be read',
      data: { file },
      cause,
    });
  });
  return openOnnx(bytes, { external: (data) => readBeside(file, data) });
}

/** The bytes of one tensor from a file in the model's folder. */
function readBeside(file: string, data: ExternalData): Uint8Array {
  const { offset, length } = data;
  const path = placeOf(file, data);
  const refuse = (problem: string, cause?: unknown) => refusal(file, data, problem, cause);
  // Looked at before it is opened: opening a pipe would wait for somebody to write to it.
  if (!statSync(path).isFile()) throw refuse('which is no ordinary file');
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    if (offset + length > size) throw refuse(`whose ${size} bytes end before byte ${offset + length}`);
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const read = readSync(descriptor, bytes, done, Math.min(length - done, 2 ** 30), offset + done);
      if (read === 0) throw refuse('which ended while it was read');
      done += read;
    }
    return bytes;
  } catch (cause) {
    if (GanymedeError.is(cause)) throw cause;
    throw refuse('which cannot be read', cause);
  } finally {
    closeSync(descriptor);
  }
}

/** Where external data really lies: inside the model's folder, links followed. */
function placeOf(file: string, data: ExternalData): string {
  const { location } = data;
  // A path that is absolute on any system is nobody's honest neighbour.
  if (location.includes('\0') || /^([a-z]:|[\\/])/i.test(location))
    throw refusal(file, data, 'by an absolute path');
  const folder = resolve(dirname(file));
  const within = (from: string, to: string): boolean => {
    const path = relative(from, to);
    return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
  };
  const path = join(folder, location.replaceAll('\\', '/'));
  if (!within(folder, path)) throw refusal(file, data, 'outside its folder');
  try {
    const real = realpathSync(path);
    if (within(realpathSync(folder), real)) return real;
  } catch (cause) {
    throw refusal(file, data, 'which does not exist', cause);
  }
  throw refusal(file, data, 'which is a link that leads out of its folder');
}

const refusal = (
  file: string,
  { tensor, location }: ExternalData,
  problem: string,
  cause?: unknown,
): GanymedeError =>
  new GanymedeError('GANYMEDE_ONNX_EXTERNAL_DATA', {
    message: `"${file}" keeps the tensor "${tensor}" in "${location}", ${problem}`,
    hint: 'use models from people you trust, keep their files together in one folder, or save the model as one file',
    data: { file, tensor, location },
    cause,
  });
