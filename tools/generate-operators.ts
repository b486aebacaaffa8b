/**
 * Writes docs/operators.md from the operators' source, the rows of their tests and what was measured of backends:
 *
 *     npm run docs:operators
 */
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Dtype } from '../packages/tensor/src/index.js';
import { isKnownOperator } from '../packages/tensor/src/onnx/decode-node.js';
import { NOT_FINITE } from '../packages/testing/src/operator/operator-case.js';
import { type DescribedOperator, describedOperators } from './operators/described-operators.js';
import { leftOut, written } from './operators/left-out.js';
import { type OperatorSupport, operatorSupport } from './operators/operator-support.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Where the table is. */
export const operatorsPage: string = path.join(root, 'docs/operators.md');

const NUMBERS: readonly Dtype[] = ['float32', 'float64', 'int32', 'int64', 'uint8'];

function dtypesText(dtypes: readonly Dtype[]): string {
  if (dtypes.length === 6) return 'any';
  if (dtypes.length === 5 && !dtypes.includes('bool')) return 'numbers';
  if (dtypes.length === 2 && dtypes.every((dtype) => dtype.startsWith('float'))) return 'floating';
  return [...NUMBERS, 'bool' as const].filter((dtype) => dtypes.includes(dtype)).join(', ');
}

/** What ONNX Runtime computes on the CPU: its tests run every row, but for those that say why not. */
function runtimeSupport(operators: readonly DescribedOperator[]): OperatorSupport {
  const verdict = ({ rows }: DescribedOperator): string => {
    const missing = rows.filter((row) => row.notInRuntime !== undefined);
    if (missing.length === 0) return 'all';
    return `not: ${missing.map((row) => row.notInRuntime).join(', ')}`;
  };
  return {
    title: 'ort cpu',
    measured: 'every row in every run of the tests (`packages/tensor/src/onnx/runtime.test.ts`)',
    functions: Object.fromEntries(operators.map((one) => [one.name, verdict(one)])),
  };
}

const mark = (verdict: string | undefined): string =>
  verdict === undefined ? '' : verdict === 'all' ? '✓' : verdict.startsWith('not') ? '(✓)' : '–';

/** Why an operator has no derivative: the reason that says most. */
const reasonOf = ({ notDifferentiable }: DescribedOperator): string =>
  notDifferentiable.find((reason) => reason !== NOT_FINITE && reason !== 'integers') ??
  notDifferentiable[0] ??
  '';

function tableRow(one: DescribedOperator, backends: readonly OperatorSupport[]): string {
  const smooth = one.notDifferentiable.length === 0 && one.rows.length > 0;
  const cells = [
    `\`${one.name}\``,
    one.summary,
    one.onnx === undefined ? 'composite' : one.onnx,
    dtypesText(one.dtypes),
    one.rows.length > 0 ? '✓' : '',
    smooth ? '✓' : '–',
    smooth ? '✓' : '–',
    ...backends.map(({ functions }) => mark(functions[one.name])),
    reasonOf(one),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** What a backend does not compute: functions it has not at all, then those of which it lacks something. */
function gaps({ title, measured, functions }: OperatorSupport): string {
  const entries = Object.entries(functions);
  const none = entries.filter(([, verdict]) => verdict.startsWith('none')).map(([name]) => `\`${name}\``);
  const some = entries.filter(([, verdict]) => verdict.startsWith('not'));
  const texts = [
    ...(none.length === 0 ? [] : [`- not at all: ${none.join(', ')}`]),
    ...some.map(([name, verdict]) => `- \`${name}\`: ${verdict.replace('not: ', '')}`),
  ];
  return `**${title}**: ${measured}.${texts.length === 0 ? '' : `\n\n${texts.join('\n')}`}`;
}

const listing = (entries: Readonly<Record<string, string>>): string =>
  Object.entries(entries)
    .map(([name, text]) => `| ${name} | ${text} |`)
    .join('\n');

/** Operators left out, those of one reason together. */
function byReason(entries: Readonly<Record<string, string>>): string {
  const reasons = [...new Set(Object.values(entries))];
  const names = (reason: string): string =>
    Object.keys(entries)
      .filter((name) => entries[name] === reason)
      .join(', ');
  return reasons.map((reason) => `| ${names(reason)} | ${reason} |`).join('\n');
}

/** Names of ONNX's operators in opset 17. */
export const onnxOperators = (): string[] =>
  Object.keys(JSON.parse(fs.readFileSync(path.join(root, 'tools/operators/onnx-opset-17.json'), 'utf8')));

/** ONNX's operators that are neither the language's, nor read from files, nor explained. */
export const unexplained = (operators: readonly DescribedOperator[]): string[] =>
  onnxOperators().filter(
    (name) =>
      !operators.some(({ onnx }) => onnx === name) &&
      !isKnownOperator(name) &&
      !(name in written) &&
      !(name in leftOut),
  );

/** The page docs/operators.md. */
export async function operatorsMarkdown(): Promise<string> {
  const operators = await describedOperators();
  const backends = [runtimeSupport(operators), ...operatorSupport()];
  const own = new Set(operators.flatMap(({ onnx }) => onnx ?? [])).size;
  const heads = [
    'operator',
    '',
    'ONNX',
    'dtypes',
    'value',
    '1st',
    '2nd',
    ...backends.map(({ title }) => title),
    'notes',
  ];
  return `# Operators

Written by \`npm run docs:operators\` from the source and the tests; a test fails when it is stale. ${operators.length} functions:
${own} operators are ONNX's own (opset 17), the others composites of them.

- **dtypes**: what it takes without an error. *floating*: float32, float64; *numbers*: all but bool; *any*: bool, too.
- **value**, **1st**, **2nd**: the value is checked against a closed form in float64 (or PyTorch), the first and the second derivative
  against finite differences in float64. –: there is none, the notes say why.
- **backends**: ✓ it computes every row of the tests, value and derivatives, as the reference does; (✓) all but what is listed below;
  – it does not; blank: not measured. \`tools/measure-operators.ts\` measures a backend.

| ${heads.join(' | ')} |
|${heads.map(() => '---').join('|')}|
${operators.map((one) => tableRow(one, backends)).join('\n')}

## What was run, and what backends lack

${backends.map(gaps).join('\n\n')}

## Under another name

Operators of ONNX that are written with others here, or that take their randomness as an input:

| ONNX | here |
|---|---|
${listing(written)}

\`decodeOnnx\` also reads BatchNormalization (in inference), Dropout (as nothing), GroupNormalization, InstanceNormalization,
LayerNormalization and others that files of other tools contain, as composites that can be differentiated.

## Left out

| ONNX | why |
|---|---|
${byReason(leftOut)}

Complex numbers, float16 and bfloat16 are left out, too: reference and gradient checks are in float64, training in float32.
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  fs.writeFileSync(operatorsPage, await operatorsMarkdown());
