import type { FastifyInstance, FastifyReply } from 'fastify';
import { RequestError } from './request-error.js';

const statusTexts: Readonly<Record<number, string>> = {
  400: 'malformed request',
  413: 'the body is larger than this server accepts',
  414: 'the URL is too long',
  415: 'unsupported content type',
  503: 'the server is shutting down',
};

/** What a client is told about `error`: texts of our own, never native messages or paths. */
function answerTo(error: unknown): { status: number; message: string } {
  if (error instanceof RequestError) return { status: error.status, message: error.message };
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { status, message: statusTexts[status] ?? 'bad request' };
  }
  if (status === 503) return { status, message: statusTexts[503] as string };
  return { status: 500, message: 'the model failed on this request' };
}

const send = (reply: FastifyReply, status: number, message: string) => {
  if (status === 503) reply.header('retry-after', '1');
  return reply.code(status).type('application/json').send({ error: message });
};

/**
 * Every failing request is answered with `{"error": …}` and its status; a known path with the wrong verb with 405 and `Allow`.
 * `onFailure` hears of what went wrong inside.
 */
export function answerErrors(app: FastifyInstance, onFailure: (error: unknown) => void): void {
  app.setErrorHandler((error, _request, reply) => {
    const { status, message } = answerTo(error);
    if (status === 500) onFailure(error);
    return send(reply, status, message);
  });
  app.setNotFoundHandler((request, reply) => {
    const url = request.url.split('?', 1)[0] as string;
    const allowed = (['GET', 'POST'] as const).filter(
      (method) => app.findRoute({ method, url: routeOf(url) }) !== null,
    );
    if (allowed.length === 0) return send(reply, 404, 'there is nothing at this path');
    reply.header('allow', allowed.join(', '));
    return send(reply, 405, `this path takes ${allowed.join(' or ')}`);
  });
}

/** The route pattern that a path of the protocol belongs to. */
const routeOf = (url: string): string =>
  url.replace(/^\/v2\/models\/[^/]+/, '/v2/models/:model').replace(/\/versions\/[^/]+/, '/versions/:version');
