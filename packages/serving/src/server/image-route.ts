import { imageGrid } from '@ganymede/data';
import type { Value } from '@ganymede/tensor';
import type { FastifyInstance } from 'fastify';
import { toNchw } from '../artifact/to-nchw.js';
import { sampleInputs } from '../artifact/sample-inputs.js';
import type { ServerContext } from './create-server.js';
import { findModel, type ModelPath, modelPaths } from './find-model.js';
import { RequestError } from './request-error.js';

type Query = Readonly<Record<string, string | string[] | undefined>>;

/** A whole number of the query, within bounds. Throws a 400. */
function wholeNumber(query: Query, name: string, fallback: number, low: number, high: number): number {
  const text = query[name];
  if (text === undefined) return fallback;
  const number = typeof text === 'string' && /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= low && number <= high) return number;
  throw new RequestError(400, `"${name}" must be a whole number from ${low} to ${high}`);
}

const known = ['seed', 'count', 'columns'];

/**
 * `GET /v2/models/{model}/image?seed=&count=&columns=`: a PNG grid of the samples that `run.sample({ count, seed })` draws.
 * 404 for models that make no images.
 */
export function addImageRoute(app: FastifyInstance, { models, maxBatch, infer }: ServerContext): void {
  for (const path of modelPaths('/image')) {
    app.get<{ Params: ModelPath; Querystring: Query }>(path, async ({ params, query }, reply) => {
      const { name, artifact } = findModel(models, params);
      const { manifest } = artifact;
      if (manifest.kind !== 'images')
        throw new RequestError(404, `model '${name}' makes ${manifest.kind}, not images`);
      const stranger = Object.keys(query).find((key) => !known.includes(key));
      if (stranger !== undefined)
        throw new RequestError(400, `unknown query parameter; known: ${known.join(', ')}`);
      const seed = wholeNumber(query, 'seed', 0, 0, Number.MAX_SAFE_INTEGER);
      const count = wholeNumber(query, 'count', 16, 1, maxBatch);
      const columns = wholeNumber(query, 'columns', Math.ceil(Math.sqrt(count)), 1, maxBatch);
      const outputs = await infer(name, sampleInputs(manifest, { count, seed }));
      const images = toNchw(outputs[manifest.outputs[0]?.name as string] as Value, manifest.layout);
      const png = await imageGrid(images, { columns });
      return reply.type('image/png').send(png);
    });
  }
}
