import { describe, expect, it } from 'vitest';
import { compileError, nodeIn, runError } from './runtime-error.js';

describe('messages of ONNX Runtime', () => {
  it('lose the source file and keep node and operator', () => {
    const text = "Could not find an implementation for Conv(11) node with name 'generator/conv1/Conv'";
    expect(compileError(new Error(text), 'cpu')).toMatchObject({
      code: 'GANYMEDE_BACKEND_OPERATOR',
      message: expect.stringMatching(
        /^ort on cpu has no kernel for operator "Conv" at node "generator\/conv1\/Conv"\n/,
      ),
      data: { operators: ['Conv'], node: 'generator/conv1/Conv', device: 'cpu' },
    });
  });

  it('name the node in every form they take', () => {
    expect(nodeIn("Non-zero status code returned while running Gather node. Name:'a/Gather' Status")).toBe(
      'a/Gather',
    );
    expect(nodeIn('Node (b/Add) Op (Add) [ShapeInferenceError]')).toBe('b/Add');
    expect(nodeIn('nothing of the kind')).toBeUndefined();
  });

  it('tell a lack of memory', () => {
    const cause = new Error('Failed to allocate memory for requested buffer of size 1');
    expect(runError(cause, 'cpu')).toMatchObject({
      code: 'GANYMEDE_BACKEND_MEMORY',
      hint: expect.stringMatching(/smaller batch/),
      cause,
    });
    expect(compileError(new Error('std::bad_alloc'), 'wasm', 'web')).toMatchObject({
      code: 'GANYMEDE_BACKEND_MEMORY',
      message: expect.stringMatching(
        /^web on wasm ran out of memory while preparing the graph: std::bad_alloc/,
      ),
    });
  });
});
