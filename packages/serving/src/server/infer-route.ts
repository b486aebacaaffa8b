import type { FastifyInstance } from 'fastify';
import type { ServerContext } from './create-server.js';
import { findModel, type ModelPath, modelPaths } from './find-model.js';
import { readInferRequest } from './infer-request.js';
import { inferResponse } from './infer-response.js';

/** Inference in JSON. */
export function addInferRoute(app: FastifyInstance, { models, maxBatch, infer }: ServerContext): void {
  for (const path of modelPaths('/infer')) {
    app.post<{ Params: ModelPath }>(path, async ({ params, body }) => {
      const model = findModel(models, params);
      const request = readInferRequest(body, model.artifact.manifest, maxBatch);
      const outputs = await infer(model.name, request.inputs);
      return inferResponse(model, request.id, request.outputs, outputs);
    });
  }
}
