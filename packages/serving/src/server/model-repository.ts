import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { GanymedeError } from '@ganymede/tensor';
import { type Artifact, openArtifact } from '../artifact/open-artifact.js';

/** A model as the server offers it. */
export interface ServedModel {
  readonly name: string;
  readonly version: string;
  readonly artifact: Artifact;
}

/** Names that need no quoting in a URL and cannot leave a folder. */
const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const versionPattern = /^[1-9][0-9]{0,17}$/;

/**
 * Finds and checks the models at each of `paths`:
 *
 * - an ONNX file: one model, named as the file, version 1;
 * - a folder: one model per sub-folder, named as it. Of numbered sub-folders (`faces/1/`, `faces/2/`) the highest is served;
 *   otherwise the sub-folder itself holds the ONNX file. Each holds exactly one.
 *
 * Throws `GANYMEDE_MODEL_REPOSITORY` for a path that is missing, empty, ambiguous or leaves its folder, a name that cannot be
 * served, or one that comes twice, and what {@link openArtifact} throws for a bad artifact.
 */
export async function loadModels(paths: readonly string[]): Promise<ServedModel[]> {
  const models: ServedModel[] = [];
  for (const place of paths) {
    for (const { name, version, file } of await findModels(place)) {
      if (!namePattern.test(name)) {
        throw problem(
          `'${name}' cannot be a model's name`,
          'use letters, digits, dots, dashes and underscores',
          file,
        );
      }
      const twice = models.find((model) => model.name === name);
      if (twice) {
        throw problem(
          `two models are named '${name}': ${twice.artifact.file} and ${file}`,
          'rename one of them',
          file,
        );
      }
      models.push({ name, version, artifact: await openArtifact(file) });
    }
  }
  if (models.length === 0)
    throw problem(`no model in ${paths.join(', ')}`, 'export one: ganymede export <run>');
  return models;
}

const problem = (message: string, hint: string, file?: string) =>
  new GanymedeError('GANYMEDE_MODEL_REPOSITORY', { message, hint, ...(file ? { data: { file } } : {}) });

interface Found {
  readonly name: string;
  readonly version: string;
  readonly file: string;
}

async function findModels(place: string): Promise<Found[]> {
  const info = await stat(place).catch(() => undefined);
  if (!info)
    throw problem(
      `there is no file or folder ${place}`,
      'name an exported .onnx file or a folder of models',
      place,
    );
  if (!info.isDirectory()) return [{ name: path.basename(place, '.onnx'), version: '1', file: place }];
  const root = await realpath(place);
  const folders = await foldersIn(root);
  return Promise.all(folders.map((name) => findInFolder(root, name)));
}

async function findInFolder(root: string, name: string): Promise<Found> {
  const folder = await contained(root, path.join(root, name));
  const versions = (await foldersIn(folder)).filter((entry) => versionPattern.test(entry));
  const newest = versions.sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)).at(-1);
  const place = newest === undefined ? folder : await contained(root, path.join(folder, newest));
  const files = (await readdir(place)).filter((entry) => entry.endsWith('.onnx'));
  if (files.length !== 1) {
    throw problem(
      `expected one .onnx file in ${place}, found ${files.length}`,
      'a model is <folder>/<name>/<version>/<file>.onnx with its .json beside it',
      place,
    );
  }
  return { name, version: newest ?? '1', file: await contained(root, path.join(place, files[0] as string)) };
}

/** Names of the folders in `folder`, links to folders included, hidden ones left out. */
async function foldersIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  const infos = await Promise.all(names.map((name) => stat(path.join(folder, name)).catch(() => undefined)));
  return names.filter((_, i) => infos[i]?.isDirectory());
}

/** The real path of `file`, which must be inside `root`: a link must not lead out of the folder served. */
async function contained(root: string, file: string): Promise<string> {
  const real = await realpath(file);
  if (!real.startsWith(root + path.sep)) {
    throw problem(`${file} leads out of ${root}`, 'copy the model into the folder', file);
  }
  return real;
}
