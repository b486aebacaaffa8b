import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as language from '../../packages/tensor/src/index.js';
import { operatorCases } from '../../packages/tensor/src/operators/operators.table.js';
import type { OperatorCase } from '../../packages/testing/src/operator/operator-case.js';
import { acceptedDtypes } from './accepted-dtypes.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const folder = path.join(root, 'packages/tensor/src/operators');

/** A function of the language, as the table of operators tells of it. */
export interface DescribedOperator {
  readonly name: string;
  /** First sentence of its doc comment. */
  readonly summary: string;
  /** The ONNX operator that it is, undefined for a composite. */
  readonly onnx: string | undefined;
  /** What its rows give it without an error. */
  readonly dtypes: readonly language.Dtype[];
  readonly rows: readonly OperatorCase[];
  /** Why it has no derivative, where no row checks one. */
  readonly notDifferentiable: readonly string[];
}

/** Functions beside operators: what a graph begins with is given, not computed, and two tell what a tensor is. */
const notOperators = new Set(['input', 'inputName', 'constantValue']);

/** The functions that a row is about: the names at its beginning, unless it says so itself. */
export const functionsOf = ({ name, of }: OperatorCase): readonly string[] =>
  of ?? (/^\w+(, \w+)*/.exec(name)?.[0] ?? '').split(', ').filter((word) => word in language);

/** The first sentence of the doc comment before the export of `name`, on one line. */
function summaryOf(source: string, name: string): string {
  const at = source.search(new RegExp(`^export (const|function) ${name}\\b`, 'm'));
  const comment = source.slice(source.lastIndexOf('/**', at), at);
  const text = comment
    .replace(/^\s*(\/\*\*|\*\/|\*)? ?/gm, ' ')
    .replace(/\*\/|\s+/g, ' ')
    .trim();
  return (/^.*?(?<!\bal)[.](?=\s|$)/.exec(text)?.[0] ?? text)
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .replaceAll('|', '\\|');
}

const isRecord = (x: unknown): x is language.Operator =>
  typeof x === 'object' && x !== null && 'infer' in x && 'onnx' in x;

function describe(name: string, source: string, record: language.Operator | undefined): DescribedOperator {
  const rows = operatorCases.filter((row) => functionsOf(row).includes(name));
  const accepted = new Set(rows.flatMap(acceptedDtypes));
  const smooth = rows.some((row) => row.notDifferentiable === undefined);
  return {
    name,
    summary: summaryOf(source, name),
    onnx: record && (record.onnx.opType ?? record.name),
    dtypes: [...accepted],
    rows,
    notDifferentiable: smooth ? [] : [...new Set(rows.flatMap((row) => row.notDifferentiable ?? []))],
  };
}

/** Every function of the language that makes a tensor of tensors, in alphabetical order, from the source and the rows. */
export async function describedOperators(): Promise<DescribedOperator[]> {
  const files = fs.readdirSync(folder).filter((file) => /^[\w-]+\.ts$/.test(file));
  const exported: Readonly<Record<string, unknown>> = language;
  const all: DescribedOperator[] = [];
  for (const file of files) {
    const full = path.join(folder, file);
    const module = (await import(pathToFileURL(full).href)) as Readonly<Record<string, unknown>>;
    const source = fs.readFileSync(full, 'utf8');
    const record = Object.values(module).find(isRecord);
    for (const [name, x] of Object.entries(module)) {
      if (typeof x !== 'function' || exported[name] !== x || notOperators.has(name)) continue;
      all.push(describe(name, source, record));
    }
  }
  return all.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}
