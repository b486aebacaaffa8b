import type { FastifyInstance } from 'fastify';
import packageJson from '../../package.json' with { type: 'json' };
import type { ServerContext } from './create-server.js';
import { datatypeOf, protocolShape } from './datatype.js';
import { findModel, type ModelPath, modelPaths } from './find-model.js';
import type { ServedModel } from './model-repository.js';

type TensorSpec = ServedModel['artifact']['manifest']['inputs' | 'outputs'][number];

const tensorMetadata = ({ name, dtype, shape }: TensorSpec) => ({
  name,
  datatype: datatypeOf(dtype),
  shape: protocolShape(shape),
});

/** Metadata of the server and of each model, and the list of models. A dimension that varies is -1. */
export function addMetadataRoutes(app: FastifyInstance, { models }: ServerContext): void {
  app.get('/v2', async () => ({
    name: 'ganymede',
    version: packageJson.version,
    extensions: ['parameters'],
  }));
  app.get('/v2/models', async () => ({ models: models.map(({ name }) => name) }));
  for (const path of modelPaths()) {
    app.get<{ Params: ModelPath }>(path, async ({ params }) => {
      const { name, version, artifact } = findModel(models, params);
      return {
        name,
        versions: [version],
        platform: 'onnxruntime_onnx',
        inputs: artifact.manifest.inputs.map(tensorMetadata),
        outputs: artifact.manifest.outputs.map(tensorMetadata),
      };
    });
  }
}
