import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { EventSink, RunEvent } from './run-event.js';
import { writeDurably } from './write-durably.js';

/** The events of a log, without a last line that a kill cut short. */
export async function readEvents(file: string): Promise<RunEvent[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as RunEvent];
    } catch {
      return [];
    }
  });
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
      const events = await readEvents(file);
      if (events.length === 0) return;
      const kept = events.filter((event) => event.iteration <= iteration);
      await writeDurably(file, [kept.map((event) => `${JSON.stringify(event)}\n`).join('')]);
    },
    close,
  };
}
