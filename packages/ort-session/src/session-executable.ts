import { checkFeeds, type Executable, type FeedSignature, GanymedeError, type Held } from '@ganymede/core';
import type { Tensor as OrtTensor } from 'onnxruntime-common';
import { tensorOf } from './held.js';
import { runError } from './runtime-error.js';

/** The runtime's tensors by the names of a graph's inputs or outputs. */
export type OrtTensors = Readonly<Record<string, OrtTensor>>;

/** What {@link sessionExecutable} is made of. */
export interface SessionParts {
  /** What the runtime's package exports. */
  readonly runtime: { readonly Tensor: unknown };
  readonly signature: FeedSignature;
  /** Refuses feeds of sizes that do not fit in memory. */
  readonly checkSizes: (feeds: Readonly<Record<string, Held>>) => void;
  readonly outputs: readonly string[];
  readonly nodes: number;
  /** For messages: the device, and the backend's name. */
  readonly device: string;
  readonly backend: string;
  /** Runs the session, when it is its turn. */
  readonly run: (feeds: OrtTensors) => Promise<OrtTensors>;
  /** What an output is returned as. */
  readonly hold: (output: OrtTensor) => Held;
  /** Called once, by the first `dispose`. */
  readonly onDispose: () => Promise<void>;
}

/** Runs a session with values instead of the runtime's tensors: `GANYMEDE_FEED` and `GANYMEDE_BACKEND_RUN` from running. */
export function sessionExecutable(parts: SessionParts): Executable {
  const { runtime, signature, outputs, nodes } = parts;
  let disposed = false;
  return {
    inputs: [...signature.keys()],
    outputs,
    nodes,
    async run(feeds) {
      if (disposed) throw alreadyDisposed();
      checkFeeds(signature, feeds);
      parts.checkSizes(feeds);
      const tensors: Record<string, OrtTensor> = {};
      for (const name of signature.keys()) tensors[name] = tensorOf(runtime, feeds[name] as Held);
      let results: OrtTensors;
      try {
        results = await parts.run(tensors);
      } catch (cause) {
        throw runError(cause, parts.device, parts.backend);
      }
      return Object.fromEntries(outputs.map((name) => [name, parts.hold(results[name] as OrtTensor)]));
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      await parts.onDispose();
    },
  };
}

const alreadyDisposed = (): GanymedeError =>
  new GanymedeError('GANYMEDE_BACKEND_RUN', {
    message: 'this executable was disposed and cannot run any more',
    hint: 'compile the graph again, or dispose later',
  });
