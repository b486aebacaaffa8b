import { type DeviceValue, GanymedeError, type Held, isOnDevice } from '@ganymede/core';
import type { SessionRun } from '@ganymede/ort-session';
import { type Graph, sizeOf, type Value } from '@ganymede/tensor';
import type { ArrayPool } from './array-pool.js';
import type { NativeSession } from './native-session.js';

/** Memory of values that are read and written in place, until they are disposed. */
const held = new WeakMap<DeviceValue, Value>();

const copyOf = (x: Value): Value => ({ ...x, data: x.data.slice() }) as Value;

function valueOf(x: Held): Value {
  if (!isOnDevice(x)) return x;
  const value = held.get(x);
  if (value !== undefined) return value;
  throw new GanymedeError('GANYMEDE_FEED', {
    message: 'a device value was used after it was disposed, or it belongs to another backend',
    hint: 'keep a value until nothing reads it; take values from another backend to the host with `read()`',
  });
}

/** A value in memory of the pool, which gets it back from `dispose`. */
function kept(value: Value, pool: ArrayPool): DeviceValue {
  const result: DeviceValue = {
    dtype: value.dtype,
    shape: value.shape,
    location: 'device',
    read: async () => copyOf(valueOf(result)),
    dispose() {
      if (held.delete(result)) pool.give(value.dtype, value.data);
    },
  };
  held.set(result, value);
  return result;
}

/** Lets timers and signals in between two runs. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Runs a session whose sizes are all known: outputs are written where they stay, `resident` ones into memory of the pool.
 */
export function nativeRun(
  session: NativeSession,
  { outputs }: Graph,
  resident: readonly string[],
  pool: ArrayPool,
): SessionRun {
  const plan = Object.entries(outputs).map(([name, { dtype, shape }]) => ({
    name,
    dtype,
    shape: shape.map(Number),
    stays: resident.includes(name),
  }));
  return async (feeds) => {
    await turn();
    const inputs = Object.entries(feeds).map(([name, x]) => [name, valueOf(x)] as const);
    const made = plan.map(({ name, dtype, shape }) => {
      const data = pool.take(dtype, Number(sizeOf(shape)));
      return [name, { dtype, shape, data } as Value] as const;
    });
    try {
      session.run(inputs, made);
    } catch (cause) {
      for (const [, { dtype, data }] of made) pool.give(dtype, data);
      throw cause;
    }
    return Object.fromEntries(
      made.map(([name, value], i) => [name, plan[i]?.stays ? kept(value, pool) : value]),
    );
  };
}
