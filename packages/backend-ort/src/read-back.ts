import { runError, valueOfTensor } from '@ganymede/ort-session';
import { type Dtype, encodeOnnx, graph, identity, input, type Value } from '@ganymede/tensor';
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { Runtime } from './load-runtime.js';
import type { Device } from './options.js';

/** Copies device buffers to the host. */
export interface Reader {
  read(tensor: OrtTensor, dtype: Dtype): Promise<Value>;
  dispose(): Promise<void>;
}

/**
 * Reads device buffers through a session that copies its input to a host output. The tensor's own `getData()` ends the
 * whole process in onnxruntime-node 1.30 (an uncaught C++ exception), so it is never called.
 */
export function createReader(runtime: Runtime, device: Device): Reader {
  const sessions = new Map<string, Promise<InferenceSession>>();
  const sessionFor = (dtype: Dtype, rank: number): Promise<InferenceSession> => {
    const key = `${dtype}/${rank}`;
    const known = sessions.get(key);
    if (known !== undefined) return known;
    const x = input(
      'x',
      Array.from({ length: rank }, (_, axis) => `d${axis}`),
      dtype,
    );
    const created = runtime.InferenceSession.create(encodeOnnx(graph({ outputs: { y: identity(x) } })), {
      executionProviders: [device, 'cpu'],
      logSeverityLevel: 4,
    });
    sessions.set(key, created);
    return created;
  };
  return {
    async read(tensor, dtype) {
      try {
        const session = await sessionFor(dtype, tensor.dims.length);
        const { y } = await session.run({ x: tensor });
        return valueOfTensor(y as OrtTensor);
      } catch (cause) {
        throw runError(cause, device);
      }
    },
    async dispose() {
      const open = await Promise.all(sessions.values());
      sessions.clear();
      await Promise.all(open.map((session) => session.release()));
    },
  };
}
