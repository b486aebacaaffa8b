import os from 'node:os';
import { GanymedeError } from '@ganymede/tensor';
import fastify, { type FastifyInstance } from 'fastify';
import { answerErrors } from './error-answers.js';
import { addHealthRoutes } from './health-routes.js';
import { addImageRoute } from './image-route.js';
import { addInferRoute } from './infer-route.js';
import { type InferencePool, startPool } from './inference-pool.js';
import { acceptJsonBodies } from './json-body.js';
import { addMetadataRoutes } from './metadata-routes.js';
import { loadModels, type ServedModel } from './model-repository.js';

/** Options of {@link createServer}. */
export interface ServerOptions {
  /** Exported ONNX files, and folders with one model in each sub-folder. */
  readonly models: readonly string[];
  /** Address to listen on. Default 127.0.0.1: this machine only. There is no authentication: put a proxy before any other. */
  readonly host?: string;
  /** 0 picks a free one. Default 8080. */
  readonly port?: number;
  /** Threads that run models. Default: as many as cores, at most 2. */
  readonly workers?: number;
  /** Largest batch of one request. Default 256. */
  readonly maxBatch?: number;
  /** Largest request body in bytes. Default 8 MiB. */
  readonly bodyLimit?: number;
  /** Requests that may wait for a worker before more are refused with 503. Default 64. */
  readonly maxQueue?: number;
  /** Hears of failures inside, which clients are told nothing about. Default: standard error. */
  readonly onFailure?: (error: unknown) => void;
}

/** An inference server, made and checked but not yet listening. */
export interface Server {
  readonly models: readonly ServedModel[];
  /** Starts listening; resolves to the address, such as `http://127.0.0.1:8080`. Throws `GANYMEDE_LISTEN`. */
  listen(): Promise<string>;
  /** Not ready from now on; answers what was accepted, then ends the workers. */
  close(): Promise<void>;
}

/** What every route works with. */
export interface ServerContext {
  readonly models: readonly ServedModel[];
  readonly maxBatch: number;
  readonly ready: () => boolean;
  readonly infer: InferencePool['infer'];
}

/**
 * A server of exported generators: Open Inference Protocol V2 (health, metadata, infer) in JSON, and sample grids as PNG.
 * Every artifact is checked before anything starts; models run in worker threads.
 *
 * Throws what `loadModels` and `openArtifact` throw for a bad model.
 */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { host = '127.0.0.1', port = 8080, maxBatch = 256, bodyLimit = 8 * 2 ** 20, maxQueue = 64 } = options;
  const workers = options.workers ?? Math.min(2, os.availableParallelism());
  const onFailure = options.onFailure ?? ((error: unknown) => console.error(error));
  const models = await loadModels(options.models);
  const bytes = Object.fromEntries(models.map(({ name, artifact }) => [name, artifact.bytes]));
  const pool = await startPool(bytes, { workers, maxQueue });
  let closing = false;

  const app = createApp(bodyLimit);
  acceptJsonBodies(app);
  answerErrors(app, onFailure);
  // Kept open, a connection that carries the last answer would hold up the end by its keep-alive time.
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
  const context: ServerContext = { models, maxBatch, ready: () => !closing, infer: pool.infer };
  for (const add of [addHealthRoutes, addMetadataRoutes, addInferRoute, addImageRoute]) add(app, context);

  let closed: Promise<void> | undefined;
  return {
    models,
    async listen() {
      try {
        return await app.listen({ host, port });
      } catch (cause) {
        await app.close();
        await pool.close();
        throw new GanymedeError('GANYMEDE_LISTEN', {
          message: `cannot listen on ${host}:${port}: ${cause instanceof Error ? cause.message : String(cause)}`,
          hint: 'choose another port with --port; 0 picks a free one',
          cause,
        });
      }
    },
    close() {
      closing = true;
      closed ??= app.close().then(() => pool.close());
      return closed;
    },
  };
}

/** Every limit is set here: the library's defaults leave several open. */
const createApp = (bodyLimit: number): FastifyInstance =>
  fastify({
    bodyLimit,
    requestTimeout: 60_000,
    connectionTimeout: 120_000,
    keepAliveTimeout: 5_000,
    routerOptions: { maxParamLength: 128 },
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    onProtoPoisoning: 'error',
  });
