/**
 * Runs every row of the operators' tables on a backend, value and derivatives, and writes which functions it computes to
 * `tools/operators/backends/<name>.json`, from which the table in docs/operators.md is made.
 *
 *     node --conditions=@ganymede/source --import tsx tools/measure-operators.ts tfjs
 */
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { type Backend, toHost } from '../packages/core/src/index.js';
import { evaluate, GanymedeError, type Value } from '../packages/tensor/src/index.js';
import { operatorCases } from '../packages/tensor/src/operators/operators.table.js';
import { caseGraph } from '../packages/testing/src/operator/case-graph.js';
import type { OperatorCase } from '../packages/testing/src/operator/operator-case.js';
import { functionsOf } from './operators/described-operators.js';
import { measuredBackends } from './operators/measured-backends.js';
import { type OperatorSupport, supportFolder } from './operators/operator-support.js';

function differs(got: Value | undefined, wanted: Value, tolerance: number, relative: boolean): boolean {
  if (got === undefined || got.data.length !== wanted.data.length) return true;
  const numbers = Array.from(wanted.data as Float32Array, Number);
  const largest = Math.max(1, ...numbers.filter(Number.isFinite).map(Math.abs));
  return numbers.some((want, i) => {
    const x = Number(got.data[i]);
    if (x === want || (Number.isNaN(x) && Number.isNaN(want))) return false;
    return !(Math.abs(x - want) <= tolerance * (relative ? Math.max(1, Math.abs(want)) : largest));
  });
}

/** The first line of a message, without the names of nodes and the signatures of a runtime's functions. */
function shortened(message: string): string {
  const [line = ''] = message.split('\n');
  return (/Status Message: (.*)$/.exec(line)?.[1] ?? line)
    .replace(/^.*\bCheckInput\(.*?\] /, '')
    .slice(0, 100)
    .replaceAll('|', ' ');
}

/** What is wrong with a row on the backend, undefined if nothing. */
async function problemOf(
  row: OperatorCase,
  backend: Backend,
  tolerance: number,
): Promise<string | undefined> {
  const { program, feeds } = caseGraph(row, 'float32');
  const wanted = evaluate(program, feeds);
  try {
    const executable = await backend.compile(program, {});
    try {
      const used = Object.fromEntries(executable.inputs.map((name) => [name, feeds[name] as Value]));
      const results = await executable.run(used);
      for (const [name, value] of Object.entries(wanted)) {
        const result = results[name];
        const got = result && (await toHost(result));
        if (differs(got, value, tolerance, row.relative === true)) return 'other numbers';
      }
      return undefined;
    } finally {
      await executable.dispose();
    }
  } catch (error) {
    if (!GanymedeError.is(error)) throw error;
    const { operators } = error.data;
    return Array.isArray(operators) ? `no ${operators.join(', ')}` : shortened(error.message);
  }
}

/** `all`, or the rows that a function fails, by reason. */
function verdict(rows: readonly OperatorCase[], problems: ReadonlyMap<OperatorCase, string>): string {
  const failed = rows.filter((row) => problems.has(row));
  if (failed.length === 0) return 'all';
  const reasons = new Map<string, OperatorCase[]>();
  for (const row of failed) {
    const reason = problems.get(row) as string;
    reasons.set(reason, [...(reasons.get(reason) ?? []), row]);
  }
  const texts = [...reasons].map(([reason, list]) => {
    const [first, second] = list.map((row) => row.name);
    if (list.length === rows.length) return reason;
    const more = list.length > 2 ? ` and ${list.length - 2} more` : '';
    return `${reason} (${first}${second === undefined ? '' : `; ${second}`}${more})`;
  });
  return `${failed.length === rows.length ? 'none' : 'not'}: ${texts.join(', ')}`;
}

const [name = ''] = process.argv.slice(2);
const measuredBackend = measuredBackends[name];
if (measuredBackend === undefined) {
  console.error(`name a backend: ${Object.keys(measuredBackends).join(', ')}`);
  process.exit(1);
}
const { backend, measured } = await measuredBackend.make();
const problems = new Map<OperatorCase, string>();
for (const row of operatorCases) {
  const problem = await problemOf(row, backend, measuredBackend.tolerance);
  if (problem === undefined) continue;
  problems.set(row, problem);
  console.log(`${row.name}: ${problem}`);
}
await backend.dispose();
const functions = [...new Set(operatorCases.flatMap(functionsOf))].sort();
const support: OperatorSupport = {
  title: measuredBackend.title,
  measured,
  functions: Object.fromEntries(
    functions.map((one) => [
      one,
      verdict(
        operatorCases.filter((row) => functionsOf(row).includes(one)),
        problems,
      ),
    ]),
  ),
};
fs.mkdirSync(supportFolder, { recursive: true });
fs.writeFileSync(path.join(supportFolder, `${name}.json`), `${JSON.stringify(support, null, 2)}\n`);
console.log(`${operatorCases.length - problems.size} of ${operatorCases.length} rows`);
