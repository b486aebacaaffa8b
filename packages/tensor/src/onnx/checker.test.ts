import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { operatorCases } from '../operators/operators.table.js';
import { optimize } from '../passes/optimize.js';
import { caseGraph } from '../../test/operator-case.js';
import { encodeOnnx } from './encode.js';

const PYTHON = process.env.GANYMEDE_PYTHON ?? '/usr/bin/python3';

const CHECK = `
import sys, onnx
for path in sys.argv[1:]:
    try:
        onnx.checker.check_model(onnx.load(path), full_check=True)
    except Exception as error:
        print(path, error)
`;

const hasOnnx = spawnSync(PYTHON, ['-c', 'import onnx']).status === 0;

it('writes files that the reference checker accepts', ({ skip }) => {
  if (!hasOnnx) skip(`${PYTHON} has no onnx (Debian: apt-get install python3-onnx; or set GANYMEDE_PYTHON)`);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ganymede-onnx-'));
  try {
    const files = operatorCases.flatMap((row, i) => {
      const { program } = caseGraph(row, 'float32');
      return [program, optimize(program)].map((graph, k) => {
        const file = path.join(folder, `${i}-${k}.onnx`);
        fs.writeFileSync(file, encodeOnnx(graph));
        return file;
      });
    });
    const { stdout, status } = spawnSync(PYTHON, ['-c', CHECK, ...files], { encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
