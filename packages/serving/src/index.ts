export type { Comparison, Manifest, ManifestInput, ManifestOutput } from './artifact/manifest.js';
export { type Artifact, openArtifact } from './artifact/open-artifact.js';
export { type ArtifactSamples, sampleArtifact } from './artifact/sample-artifact.js';
export { sampleInputs, type SampleRequest } from './artifact/sample-inputs.js';
export { toNchw } from './artifact/to-nchw.js';
export { verifyArtifact } from './artifact/verify-artifact.js';
export { exportGenerator, type RunOpener, type SavedRun } from './export/export-generator.js';
export {
  type Exported,
  type ExportOptions,
  exportSampler,
  type ExportSource,
} from './export/export-sampler.js';
export { createServer, type Server, type ServerOptions } from './server/create-server.js';
export { loadModels, type ServedModel } from './server/model-repository.js';
