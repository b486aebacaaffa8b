import { type DeviceValue, GanymedeError, type Held, isOnDevice } from '@ganymede/core';
import type { DataOf, Dtype, Value } from '@ganymede/tensor';
import type { Tensor as OrtTensor } from 'onnxruntime-common';

const buffers = new WeakMap<DeviceValue, OrtTensor>();

/** Copies a tensor in device memory to the host. */
export type ReadBack = (tensor: OrtTensor, dtype: Dtype) => Promise<Value>;

/** The host value that ONNX Runtime returned; its array is the runtime's own memory, not a copy. */
export const valueOfTensor = (tensor: OrtTensor): Value => ({
  dtype: tensor.type as Dtype,
  shape: tensor.dims,
  data: tensor.data as DataOf[Dtype],
});

/**
 * Wraps an output that stayed on the device. `dispose` frees its buffer, by `free` where that is given; afterwards `read` and
 * feeding it are errors.
 */
export function deviceValue(
  tensor: OrtTensor,
  readBack: ReadBack,
  free: (tensor: OrtTensor) => void = (freed) => freed.dispose(),
): DeviceValue {
  const dtype = tensor.type as Dtype;
  const result: DeviceValue = {
    dtype,
    shape: tensor.dims,
    location: 'device',
    read: () => readBack(bufferOf(result), dtype),
    dispose() {
      const held = buffers.get(result);
      if (held !== undefined) free(held);
      buffers.delete(result);
    },
  };
  buffers.set(result, tensor);
  return result;
}

function bufferOf(held: DeviceValue): OrtTensor {
  const tensor = buffers.get(held);
  if (tensor !== undefined) return tensor;
  throw new GanymedeError('GANYMEDE_FEED', {
    message: 'a device value was used after it was disposed, or it belongs to another backend',
    hint: 'keep a value until nothing reads it; take values from another backend to the host with `read()`',
  });
}

/** The runtime's view of a value: the same array, or the same device buffer. `runtime` is what the runtime's package exports. */
export function tensorOf(runtime: { readonly Tensor: unknown }, held: Held): OrtTensor {
  if (isOnDevice(held)) return bufferOf(held);
  // One constructor for all dtypes; its overloads are per dtype.
  const Tensor = runtime.Tensor as new (
    dtype: string,
    data: ArrayBufferView,
    shape: readonly number[],
  ) => OrtTensor;
  return new Tensor(held.dtype, held.data, held.shape);
}
