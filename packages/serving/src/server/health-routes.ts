import type { FastifyInstance } from 'fastify';
import type { ServerContext } from './create-server.js';
import { findModel, type ModelPath, modelPaths } from './find-model.js';
import { RequestError } from './request-error.js';

/** Live, ready, and ready of one model: 200 with a small body, or 503 while shutting down. */
export function addHealthRoutes(app: FastifyInstance, { models, ready }: ServerContext): void {
  const checkReady = () => {
    if (!ready()) throw new RequestError(503, 'the server is shutting down');
  };
  app.get('/v2/health/live', async () => ({ live: true }));
  app.get('/v2/health/ready', async () => {
    checkReady();
    return { ready: true };
  });
  for (const path of modelPaths('/ready')) {
    app.get<{ Params: ModelPath }>(path, async ({ params }) => {
      const { name } = findModel(models, params);
      checkReady();
      return { name, ready: true };
    });
  }
}
