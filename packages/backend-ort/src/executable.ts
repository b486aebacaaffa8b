import { checkFeeds, type Executable, type FeedSignature, GanymedeError, type Held } from '@ganymede/core';
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { deviceValue, runError, tensorOf, valueOfTensor } from '@ganymede/ort-session';
import type { Runtime } from './load-runtime.js';
import type { Reader } from './read-back.js';

export interface ExecutableParts {
  readonly runtime: Runtime;
  readonly session: InferenceSession;
  readonly signature: FeedSignature;
  /** Refuses feeds of sizes that do not fit in memory. */
  readonly checkSizes: (feeds: Readonly<Record<string, Held>>) => void;
  readonly outputs: readonly string[];
  readonly nodes: number;
  readonly reader: Reader;
  readonly device: string;
  /** Called once, when the session is closed. */
  readonly onDispose: () => Promise<void>;
}

/** Runs a session with values instead of the runtime's tensors. Host arrays go in and come out without a copy. */
export function createExecutable(parts: ExecutableParts): Executable {
  const { runtime, session, signature, outputs, reader, device } = parts;
  let disposed = false;
  return {
    inputs: [...signature.keys()],
    outputs,
    nodes: parts.nodes,
    async run(feeds) {
      if (disposed) throw alreadyDisposed();
      checkFeeds(signature, feeds);
      parts.checkSizes(feeds);
      const tensors: Record<string, OrtTensor> = {};
      for (const name of signature.keys()) tensors[name] = tensorOf(runtime, feeds[name] as Held);
      let results: InferenceSession.ReturnType;
      try {
        results = await session.run(tensors);
      } catch (cause) {
        throw runError(cause, device);
      }
      const held: Record<string, Held> = {};
      for (const name of outputs) {
        const tensor = results[name] as OrtTensor;
        held[name] =
          tensor.location === 'gpu-buffer' ? deviceValue(tensor, reader.read) : valueOfTensor(tensor);
      }
      return held;
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      await session.release();
      await parts.onDispose();
    },
  };
}

const alreadyDisposed = (): GanymedeError =>
  new GanymedeError('GANYMEDE_BACKEND_RUN', {
    message: 'this executable was disposed and cannot run any more',
    hint: 'compile the graph again, or dispose later',
  });
