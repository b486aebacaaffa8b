import { type Backend, type Rng, toHost, unflattenTree } from '@ganymede/core';
import type { OracleParameters } from '@ganymede/metrics';
import { graph, input, type Tensor, type Value, value } from '@ganymede/tensor';
import { sampleSequences } from '../sequence/sample-sequences.js';
import { sequenceVariables } from '../sequence/sequence-variables.js';

const rowsPerCall = 64;

/**
 * Sequences drawn from an oracle on a backend: many times faster than `sampleOracle` for a large vocabulary. From the same
 * generator both draw the same sequences, but for tokens within rounding of a boundary. int32 `[count, length]`.
 */
export async function drawOracleSequences(
  oracle: OracleParameters,
  count: number,
  length: number,
  rng: Rng,
  backend: Backend,
): Promise<Value<'int32'>> {
  const symbols = Object.entries(oracle.variables).map(([name, { shape, dtype }]): [string, Tensor] => [
    name,
    input(name, shape, dtype),
  ]);
  const variables = sequenceVariables(unflattenTree(Object.fromEntries(symbols)));
  const tokens = sampleSequences(variables, input('uniform', ['N', length], 'float32'));
  const sampler = await backend.compile(graph({ outputs: { tokens } }), { constants: oracle.variables });
  const uniform = rng.draw([count, length], { kind: 'uniform' }).data as Float32Array;
  const drawn = new Int32Array(count * length);
  for (let row = 0; row < count; row += rowsPerCall) {
    const end = Math.min(row + rowsPerCall, count);
    const noise = value('float32', [end - row, length], uniform.slice(row * length, end * length));
    const { tokens: rows } = await sampler.run({ uniform: noise });
    drawn.set((await toHost(rows as Value)).data as Int32Array, row * length);
  }
  await sampler.dispose();
  return value('int32', [count, length], drawn);
}
