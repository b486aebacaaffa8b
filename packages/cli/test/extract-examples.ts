/** A piece of TypeScript in the documentation. */
export interface Example {
  readonly file: string;
  readonly line: number;
  /** The code with `expression; // => value` turned into an assertion. */
  readonly code: string;
}

/**
 * The ```ts fences of a Markdown file or of doc comments that are to run: all but those marked `ts no-run`. A trailing
 * `// => value` claims what the expression before it gives.
 */
export function extractExamples(text: string, file: string): Example[] {
  const lines = text.split('\n');
  const examples: Example[] = [];
  for (let i = 0; i < lines.length; i++) {
    const opening = /^(\s*(?:\* )?)```ts\s*$/.exec(lines[i] ?? '');
    if (opening === null) continue;
    const start = i + 1;
    const prefix = (opening[1] ?? '').trimEnd();
    const body: string[] = [];
    for (i = start; i < lines.length && !/^\s*(?:\* )?```\s*$/.test(lines[i] ?? ''); i++) {
      const line = lines[i] ?? '';
      body.push(prefix.endsWith('*') ? line.replace(/^\s*\* ?/, '') : line);
    }
    examples.push({ file, line: start, code: assertions(body) });
  }
  return examples;
}

function assertions(body: readonly string[]): string {
  let claims = false;
  const code = body.map((line) => {
    const claim = /^(\s*)(?!\s*\/\/)(.+?);?\s*\/\/ => (.+)$/.exec(line);
    if (claim === null) return line;
    claims = true;
    return `${claim[1]}__expect(${claim[2]}).toEqual(${claim[3]});`;
  });
  return [
    ...(claims ? ["import { expect as __expect } from 'vitest';"] : []),
    ...code,
    'export {};',
    '',
  ].join('\n');
}
