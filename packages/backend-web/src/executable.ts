import type { Executable, Held } from '@ganymede/core';
import {
  deviceValue,
  runError,
  runOfTensors,
  type SessionParts,
  sessionExecutable,
  valueOfTensor,
} from '@ganymede/ort-session';
import type { DataOf, Dtype, Value } from '@ganymede/tensor';
import type { InferenceSession, Tensor } from 'onnxruntime-web';
import type { Runtime } from './load-runtime.js';

export interface ExecutableParts extends Omit<SessionParts, 'backend' | 'run' | 'onDispose'> {
  readonly runtime: Runtime;
  readonly session: InferenceSession;
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

  const executable = sessionExecutable({
    ...parts,
    device,
    backend: 'web',
    run: runOfTensors(runtime, (feeds) => runtime.exclusive(() => session.run(feeds)), held),
    async onDispose() {
      disposed = true;
      if (live.size === 0) await release();
    },
  });
  return {
    ...executable,
    async close() {
      await executable.dispose();
      for (const tensor of [...live]) free(tensor);
      await release();
    },
  };
}
