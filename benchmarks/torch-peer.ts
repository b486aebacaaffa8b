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

/**
 * Starts `benchmarks/torch/<script>` with the Python of `GANYMEDE_PYTHON` (default `python3`). Undefined, after saying so,
 * where it has no PyTorch.
 */
export async function startTorch(script: string): Promise<TorchPeer | undefined> {
  const python = process.env.GANYMEDE_PYTHON ?? 'python3';
  const path = fileURLToPath(new URL(`torch/${script}`, import.meta.url));
  const child = spawn(python, ['-u', path], { stdio: ['pipe', 'pipe', 'pipe'] });
  let problem = '';
  child.stderr.on('data', (chunk) => {
    problem = (problem + String(chunk)).slice(-2000);
  });
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = Promise.race([once(child, 'exit'), once(child, 'error')]).catch(() => {});
  const ask = async <Reply>(request: Readonly<Record<string, unknown>>): Promise<Reply> => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await lines.next();
    if (done === true)
      throw new Error(`${python} ${script} ended: ${problem.trim().split('\n').at(-1) ?? ''}`);
    return JSON.parse(value) as Reply;
  };
  try {
    // The smallest set-up there is: it fails where PyTorch is missing.
    await ask({ do: 'setup', size: 28, batch: 1, width: 1, threads: 1 });
  } catch (error) {
    console.error(`!!! PyTorch is not measured: ${error instanceof Error ? error.message : String(error)}`);
    console.error('!!! set GANYMEDE_PYTHON to a Python that has torch (`pip install torch`)');
    return undefined;
  }
  return {
    ask,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
