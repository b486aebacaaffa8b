import process from 'node:process';
import type { Output } from '../terminal/output.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const showCursor = '\u001b[?25h';

/**
 * Runs `work` with a signal that Ctrl-C, a polite kill or a closed terminal raises; a second one ends the process at once.
 */
export async function interruptible<T>(
  output: Output,
  work: (signal: AbortSignal) => Promise<T>,
  word = 'stopping after this iteration; press Ctrl-C again to stop at once',
): Promise<T> {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) {
      // The progress bar hides the cursor.
      if (process.stderr.isTTY) process.stderr.write(showCursor);
      process.exit(130);
    }
    controller.abort();
    output.note(`\n${word}`);
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
