// A program of its own, to be killed: trains or resumes the toy run in the folder given.
import process from 'node:process';
import { createGanymede } from '../src/create-ganymede.js';
import { line, reference, toys } from './toy.js';

const [out = '', mode] = process.argv.slice(2);
const ganymede = createGanymede({ plugins: [reference, toys] });
const settings = { data: line(), batch: 4, seed: 7, steps: 300, checkpointEvery: 1, out };
const run = await (mode === 'resume' ? ganymede.resume(out) : ganymede.start('@acme/toy/gan', settings));
await run.complete();
await run.dispose();
