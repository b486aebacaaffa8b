import { checkFeeds, type Executable, type FeedSignature, GanymedeError, type Held } from '@ganymede/core';
import { deviceValue, runError, tensorOf, valueOfTensor } from '@ganymede/ort-session';
import type { DataOf, Dtype, Value } from '@ganymede/tensor';
import type { InferenceSession, Tensor } from 'onnxruntime-web';
import type { Runtime } from './load-runtime.js';

export interface ExecutableParts {
  readonly runtime: Runtime;
  readonly session: InferenceSession;
  readonly signature: FeedSignature;
  readonly outputs: readonly string[];
  readonly nodes: number;
  readonly device: string;
}

/** Runs a session with values instead of the runtime's tensors, when it is its turn. */
export function createExecutable({ runtime, session, device, ...parts }: ExecutableParts): Executable {
  const { signature, outputs, nodes } = parts;
  let disposed = false;

  async function read(tensor: Tensor, dtype: Dtype): Promise<Value> {
    try {
      const data = await runtime.exclusive(() => tensor.getData());
      return { dtype, shape: tensor.dims, data: data as DataOf[Dtype] };
    } catch (cause) {
      throw runError(cause, device, 'web');
    }
  }

  return {
    inputs: [...signature.keys()],
    outputs,
    nodes,
    async run(feeds) {
      if (disposed) throw alreadyDisposed();
      checkFeeds(signature, feeds);
      const tensors: Record<string, Tensor> = {};
      for (const name of signature.keys()) tensors[name] = tensorOf(runtime, feeds[name] as Held);
      let results: InferenceSession.ReturnType;
      try {
        results = await runtime.exclusive(() => session.run(tensors));
      } catch (cause) {
        throw runError(cause, device, 'web');
      }
      const held: Record<string, Held> = {};
      for (const name of outputs) {
        const tensor = results[name] as Tensor;
        held[name] = tensor.location === 'gpu-buffer' ? deviceValue(tensor, read) : valueOfTensor(tensor);
      }
      return held;
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      await runtime.exclusive(() => session.release());
    },
  };
}

const alreadyDisposed = (): GanymedeError =>
  new GanymedeError('GANYMEDE_BACKEND_RUN', {
    message: 'this executable was disposed and cannot run any more',
    hint: 'compile the graph again, or dispose later',
  });
