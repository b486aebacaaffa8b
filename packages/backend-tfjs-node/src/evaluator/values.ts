import { type DeviceValue, GanymedeError, type Held, isOnDevice } from '@ganymede/core';
import type { DataOf, Dtype, Value } from '@ganymede/tensor';
import type { FedTensor } from './run-plan.js';
import { held, type Tfjs, type TfTensor } from './tfjs.js';

const LARGEST = 2n ** 31n - 1n;
const SMALLEST = -(2n ** 31n);

/** int64 elements as int32. Throws `GANYMEDE_FEED` for one that int32 cannot hold. */
function narrowed(data: BigInt64Array, name: string): Int32Array {
  const result = new Int32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const element = data[i] as bigint;
    if (element > LARGEST || element < SMALLEST) {
      throw new GanymedeError('GANYMEDE_FEED', {
        message: `"${name}"[${i}] is ${element}: TensorFlow.js holds int64 as int32, from ${SMALLEST} to ${LARGEST}`,
        hint: 'use smaller whole numbers, or another backend, such as ort',
        data: { input: name, index: i },
      });
    }
    result[i] = Number(element);
  }
  return result;
}

/** A tensor of TensorFlow.js with the elements of a value; some backends keep the value's array. */
export function upload(tf: Tfjs, { dtype, shape, data }: Value, name: string): TfTensor {
  if (dtype === 'float64') throw noFloat64(name);
  const elements =
    data instanceof BigInt64Array
      ? narrowed(data, name)
      : dtype === 'uint8'
        ? Int32Array.from(data as Uint8Array)
        : (data as Float32Array);
  return tf.tensor(elements as Float32Array, [...shape], held[dtype]);
}

const noFloat64 = (name: string): GanymedeError =>
  new GanymedeError('GANYMEDE_FEED', {
    message: `"${name}" is float64, which TensorFlow.js does not have`,
    hint: 'feed float32',
    data: { input: name },
  });

/** The elements of a tensor as a value of `dtype`. The array may be the tensor's own. */
export async function download(tensor: TfTensor, dtype: Dtype): Promise<Value> {
  const data = await tensor.data();
  return { dtype, shape: tensor.shape, data: elementsAs(data, dtype) };
}

function elementsAs(data: ArrayLike<number>, dtype: Dtype): DataOf[Dtype] {
  if (dtype === 'int64') return BigInt64Array.from(data as Int32Array, BigInt);
  if (dtype === 'uint8' || dtype === 'bool') return Uint8Array.from(data);
  if (dtype === 'int32') return data instanceof Int32Array ? data : Int32Array.from(data);
  return data instanceof Float32Array ? data : Float32Array.from(data);
}

const tensors = new WeakMap<DeviceValue, TfTensor>();

/** Wraps a tensor that stays where TensorFlow.js has it; whoever got it disposes it. */
export function deviceValue(tensor: TfTensor, dtype: Dtype): DeviceValue {
  const result: DeviceValue = {
    dtype,
    shape: tensor.shape,
    location: 'device',
    read: () => download(tensorIn(result), dtype),
    dispose() {
      tensors.get(result)?.dispose();
      tensors.delete(result);
    },
  };
  tensors.set(result, tensor);
  return result;
}

/** The tensor behind a device value. Throws `GANYMEDE_FEED` for one that was disposed or belongs to another backend. */
function tensorIn(value: DeviceValue): TfTensor {
  const tensor = tensors.get(value);
  if (tensor !== undefined) return tensor;
  throw new GanymedeError('GANYMEDE_FEED', {
    message: 'a device value was used after it was disposed, or it belongs to another backend',
    hint: 'keep a value until nothing reads it; take values from another backend to the host with `read()`',
  });
}

/** A fed value as a tensor, and whether it was made here and has to be freed. */
export function tensorFor(tf: Tfjs, value: Held, name: string): FedTensor {
  return isOnDevice(value)
    ? { tensor: tensorIn(value), owned: false }
    : { tensor: upload(tf, value, name), owned: true };
}
