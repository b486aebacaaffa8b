import { GanymedeError } from '@ganymede/core';

/** What `onnxruntime-node` exports. */
export type Runtime = typeof import('onnxruntime-node');

/**
 * Loads `onnxruntime-node` on first use; programs that never compile a graph never pay for it. Throws
 * `GANYMEDE_BACKEND_UNAVAILABLE` where the package or its native part is missing.
 */
export async function loadRuntime(
  load: () => Promise<unknown> = () => import('onnxruntime-node'),
): Promise<Runtime> {
  try {
    return runtimeIn(await load());
  } catch (cause) {
    throw unavailable(cause);
  }
}

/** The package is CommonJS: depending on the loader its exports are the namespace or `default`. */
function runtimeIn(module: unknown): Runtime {
  const { default: inner } = module as { default?: Runtime };
  return inner?.InferenceSession === undefined ? (module as Runtime) : inner;
}

function unavailable(cause: unknown): GanymedeError {
  const missing = (cause as { code?: string } | null)?.code?.endsWith('MODULE_NOT_FOUND') ?? false;
  const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
  return new GanymedeError('GANYMEDE_BACKEND_UNAVAILABLE', {
    message: missing
      ? 'the ort backend needs the package "onnxruntime-node", which is not installed'
      : `the package "onnxruntime-node" is installed but does not load: ${reason}`,
    hint: 'install it with `npm install onnxruntime-node --ignore-scripts` (its script only fetches CUDA libraries)',
    data: { package: 'onnxruntime-node' },
    cause,
  });
}
