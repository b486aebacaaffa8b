/** A piece of TypeScript in the documentation. */
export interface Example {
  readonly file: string;
  readonly line: number;
  /**
   * `run` is the rule. Marked `ts no-run`: it needs a file, a server or minutes; its types are checked all the same. Marked
   * `ts suite`: it declares tests of its own.
   */
  readonly mode: 'run' | 'no-run' | 'suite';
  /** The code, its claims turned into assertions; line n of it is line n of the fence. */
  readonly code: string;
}

const opening = /^(?<prefix>\s*(?:\* )?)```ts(?: (?<mode>no-run|suite))?\s*$/;
const closing = /^\s*(?:\* )?```\s*$/;

/**
 * The ```ts fences of a Markdown file or of doc comments. In them a trailing comment claims what its line gives, and the claim is
 * checked: `expression; // => value` and `expression; // throws GANYMEDE_CODE`.
 */
export function extractExamples(text: string, file: string): Example[] {
  const lines = text.split('\n');
  const examples: Example[] = [];
  for (let i = 0; i < lines.length; i++) {
    const { prefix, mode = 'run' } = opening.exec(lines[i] ?? '')?.groups ?? {};
    if (prefix === undefined) continue;
    const start = i + 1;
    const body: string[] = [];
    for (i = start; i < lines.length && !closing.test(lines[i] ?? ''); i++) {
      const line = lines[i] ?? '';
      body.push(prefix.trim() === '*' ? line.replace(/^\s*\* ?/, '') : line);
    }
    examples.push({ file, line: start, mode: mode as Example['mode'], code: withAssertions(body) });
  }
  return examples;
}

const claim = /^(?<indent>\s*)(?!\/\/)(?<expression>.+?);?\s*\/\/ (?<kind>=>|throws) (?<expected>.+)$/;

function withAssertions(body: readonly string[]): string {
  let claims = false;
  const code = body.map((line) => {
    const { indent, expression, kind, expected } = claim.exec(line)?.groups ?? {};
    if (expression === undefined) return line;
    claims = true;
    return kind === '=>'
      ? `${indent}expectClaim(${expression}, ${expected});`
      : `${indent}await expectThrows(async () => ${expression}, '${expected}');`;
  });
  // At the end, so that line numbers stay those of the fence.
  const last = claims ? "import { expectClaim, expectThrows } from '#claims';" : 'export {};';
  return [...code, last, ''].join('\n');
}
