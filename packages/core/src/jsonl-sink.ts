import { nodeModule } from './node-module.js';
import type { EventSink, RunEvent } from './run-event.js';
import { writeFileDurably } from './write-file-durably.js';

const { closeSync, mkdirSync, openSync, writeSync } = nodeModule('node:fs');
const { readFile } = nodeModule('node:fs/promises');
const { dirname } = nodeModule('node:path');

/** The events of a log, in order, without a last line that a kill cut short; none where the file does not exist. */
export async function* readEvents(file: string): AsyncGenerator<RunEvent> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  for (const line of text.split('\n')) {
    const event = parseLine(line);
    if (event !== undefined) yield event;
  }
}

function parseLine(line: string): RunEvent | undefined {
  try {
    return line === '' ? undefined : (JSON.parse(line) as RunEvent);
  } catch {
    return undefined;
  }
}

/**
 * Appends one JSON line per event to `file`. A resumed run first drops the lines after its checkpoint, so that no iteration
 * is logged twice.
 */
export function jsonlSink(file: string): EventSink {
  let descriptor: number | undefined;
  const close = (): void => {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  };
  return {
    write: (event) => {
      if (descriptor === undefined) {
        mkdirSync(dirname(file), { recursive: true });
        descriptor = openSync(file, 'a');
      }
      // Synchronous on purpose: a line of 150 bytes takes microseconds, and a killed process has lost none.
      writeSync(descriptor, `${JSON.stringify(event)}\n`);
    },
    rewind: async (iteration) => {
      close();
      let kept = '';
      let dropped = false;
      for await (const event of readEvents(file)) {
        if (event.iteration <= iteration) kept += `${JSON.stringify(event)}\n`;
        else dropped = true;
      }
      // Also ends a line that was cut short, which would swallow the next one.
      if (dropped || kept !== '') await writeFileDurably(file, kept);
    },
    close,
  };
}
