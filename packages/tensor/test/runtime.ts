import type * as OnnxRuntime from 'onnxruntime-node';
import type { Value } from '../src/value.js';

/** Runs an ONNX file in ONNX Runtime: shape and elements of each output. */
export async function runInRuntime(
  { InferenceSession, Tensor }: typeof OnnxRuntime,
  bytes: Uint8Array,
  feeds: Readonly<Record<string, Value>>,
): Promise<Record<string, { readonly shape: readonly number[]; readonly numbers: number[] }>> {
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 3, intraOpNumThreads: 1 });
  const given: Record<string, OnnxRuntime.Tensor> = {};
  for (const name of session.inputNames) {
    const { dtype, data, shape } = feeds[name] as Value;
    // The runtime's constructor is overloaded by dtype; a Value pairs dtype and data as it asks.
    given[name] = new Tensor(dtype as 'float32', data as Float32Array, shape);
  }
  const results = await session.run(given);
  return Object.fromEntries(
    Object.entries(results).map(([name, x]) => [
      name,
      { shape: x.dims, numbers: Array.from(x.data as Float32Array, Number) },
    ]),
  );
}
