import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A Python process that answers one JSON line per request. */
export interface TorchPeer {
  ask<Reply>(request: Readonly<Record<string, unknown>>): Promise<Reply>;
  stop(): Promise<void>;
}

const python = (): string => process.env.GANYMEDE_PYTHON ?? 'python3';

/** Starts `benchmarks/torch/serve.py` with the Python of `GANYMEDE_PYTHON` (default `python3`). */
export function startTorch(): TorchPeer {
  const path = fileURLToPath(new URL('torch/serve.py', import.meta.url));
  const child = spawn(python(), ['-u', path], { stdio: ['pipe', 'pipe', 'pipe'] });
  let problem = '';
  child.stderr.on('data', (chunk) => {
    problem = (problem + String(chunk)).slice(-2000);
  });
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = Promise.race([once(child, 'exit'), once(child, 'error')]).catch(() => {});
  return {
    async ask<Reply>(request: Readonly<Record<string, unknown>>): Promise<Reply> {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await lines.next();
      if (done === true)
        throw new Error(`${python()} serve.py ended: ${problem.trim().split('\n').at(-1) ?? ''}`);
      return JSON.parse(value) as Reply;
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
