import { RequestError } from './request-error.js';
import type { ServedModel } from './model-repository.js';

/** Path parameters of a model's routes. */
export interface ModelPath {
  readonly model: string;
  readonly version?: string;
}

/** Both paths of a model's route: with and without a version. */
export const modelPaths = (rest = ''): string[] => [
  `/v2/models/:model${rest}`,
  `/v2/models/:model/versions/:version${rest}`,
];

/** The model a path names. Throws a 404 for one that is not served. */
export function findModel(models: readonly ServedModel[], { model: name, version }: ModelPath): ServedModel {
  const found = models.find((model) => model.name === name);
  if (!found)
    throw new RequestError(404, 'there is no model of this name; GET /v2/models lists those there are');
  if (version !== undefined && version !== found.version) {
    throw new RequestError(404, `model '${found.name}' has version ${found.version} only`);
  }
  return found;
}
