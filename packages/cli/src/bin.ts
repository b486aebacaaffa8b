#!/usr/bin/env node
import process from 'node:process';
import { main } from './main.js';

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader is gone: `ganymede list | head`, or a terminal that was closed. Nobody is left to be told.
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
}

process.exitCode = await main(process.argv.slice(2));
