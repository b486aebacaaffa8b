import type { FastifyInstance } from 'fastify';
import { RequestError } from './request-error.js';

/**
 * Reads every body as JSON, whatever its content type says or does not say: common clients of the protocol send none.
 * An empty body is `undefined`.
 */
export function acceptJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer' },
    async (request: { headers: Record<string, unknown> }, body: Buffer) => {
      if (request.headers['content-encoding'] !== undefined) {
        throw new RequestError(415, 'compressed bodies are not supported; send plain JSON');
      }
      if (request.headers['inference-header-content-length'] !== undefined) {
        throw new RequestError(400, 'binary tensor data is not supported; send tensors as JSON "data"');
      }
      if (body.length === 0) return undefined;
      try {
        return JSON.parse(body.toString('utf8')) as unknown;
      } catch {
        throw new RequestError(400, 'the body is not JSON');
      }
    },
  );
}
