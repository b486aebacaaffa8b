import { checkFeeds, type Executable, type FeedSignature, GanymedeError, type Held } from '@ganymede/core';
import { deviceValue, runError, tensorOf, valueOfTensor } from '@ganymede/ort-session';
import type { DataOf, Dtype, Value } from '@ganymede/tensor';
import type { InferenceSession, Tensor } from 'onnxruntime-web';
import type { Runtime } from './load-runtime.js';

export interface ExecutableParts {
  readonly runtime: Runtime;
  readonly session: InferenceSession;
  readonly signature: FeedSignature;
  /** Refuses feeds of sizes that do not fit in memory. */
  readonly checkSizes: (feeds: Readonly<Record<string, Held>>) => void;
  readonly outputs: readonly string[];
  readonly nodes: number;
  readonly device: string;
}

/** An executable that can also be closed at once, with all device values that it made. */
export interface WebExecutable extends Executable {
  close(): Promise<void>;
}

/**
 * Runs a session with values instead of the runtime's tensors, when it is its turn. `dispose` keeps the session until the last
 * device value that it made is disposed too: onnxruntime-web 1.30 cannot free a buffer whose session is gone.
 */
export function createExecutable({ runtime, session, device, ...parts }: ExecutableParts): WebExecutable {
  const { signature, outputs, nodes } = parts;
  const live = new Set<Tensor>();
  let disposed = false;
  let released: Promise<void> | undefined;

  const release = (): Promise<void> => (released ??= runtime.exclusive(() => session.release()));

  function free(tensor: Tensor): void {
    if (!live.delete(tensor)) return;
    tensor.dispose();
    if (disposed && live.size === 0) void release();
  }

  async function read(tensor: Tensor, dtype: Dtype): Promise<Value> {
    try {
      const data = await runtime.exclusive(() => tensor.getData());
      return { dtype, shape: tensor.dims, data: data as DataOf[Dtype] };
    } catch (cause) {
      throw runError(cause, device, 'web');
    }
  }

  function held(tensor: Tensor): Held {
    if (tensor.location !== 'gpu-buffer') return valueOfTensor(tensor);
    live.add(tensor);
    return deviceValue(tensor, read, free);
  }

  return {
    inputs: [...signature.keys()],
    outputs,
    nodes,
    async run(feeds) {
      if (disposed) throw alreadyDisposed();
      checkFeeds(signature, feeds);
      parts.checkSizes(feeds);
      const tensors: Record<string, Tensor> = {};
      for (const name of signature.keys()) tensors[name] = tensorOf(runtime, feeds[name] as Held);
      let results: InferenceSession.ReturnType;
      try {
        results = await runtime.exclusive(() => session.run(tensors));
      } catch (cause) {
        throw runError(cause, device, 'web');
      }
      return Object.fromEntries(outputs.map((name) => [name, held(results[name] as Tensor)]));
    },
    async dispose() {
      disposed = true;
      if (live.size === 0) await release();
    },
    close() {
      disposed = true;
      for (const tensor of [...live]) free(tensor);
      return release();
    },
  };
}

const alreadyDisposed = (): GanymedeError =>
  new GanymedeError('GANYMEDE_BACKEND_RUN', {
    message: 'this executable was disposed and cannot run any more',
    hint: 'compile the graph again, or dispose later',
  });
