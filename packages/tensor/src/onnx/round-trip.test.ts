import { describe, expect, it } from 'vitest';
import { evaluate } from '../evaluate.js';
import { operatorCases } from '../operators/operators.table.js';
import { caseGraph } from '../../test/operator-case.js';
import { decodeOnnx } from './decode.js';
import { encodeOnnx } from './encode.js';

describe.each(operatorCases.map((row) => [row.name, row] as const))('%s', (_, row) => {
  const { program, feeds } = caseGraph(row, 'float32');

  it('computes the same after encoding and decoding', () => {
    const decoded = decodeOnnx(encodeOnnx(program));
    expect(evaluate(decoded.graph, feeds)).toEqual(evaluate(program, feeds));
  });

  it('is encoded to the same bytes again', () => {
    const bytes = encodeOnnx(program);
    expect(encodeOnnx(program)).toEqual(bytes);
  });
});
