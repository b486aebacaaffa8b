import ts from 'typescript';

/** One wrong version of a source file: the text between two places replaced. */
export interface Mutant {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

const swaps: Readonly<Record<string, readonly string[]>> = {
  add: ['sub'],
  sub: ['add'],
  mul: ['div'],
  div: ['mul'],
  mean: ['sum'],
  sum: ['mean'],
  max: ['min'],
  min: ['max'],
  less: ['greater'],
  greater: ['less'],
  greaterOrEqual: ['less'],
  and: ['or'],
  or: ['and'],
};
/** Methods that can be left out: what they are called on, or their first argument, stands in their place. */
const droppable = new Set(
  'neg square relu exp log softplus abs sqrt tanh mul add sub div clip sign pow mean sum max safeSqrt'.split(
    ' ',
  ),
);
const operators: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '===': '!==',
  '!==': '===',
  '<': '>',
  '>': '<',
};
/** Words that are confused. */
const confused: Readonly<Record<string, string>> = {
  real: 'fake',
  fake: 'real',
  realLogits: 'fakeLogits',
  fakeLogits: 'realLogits',
  realTerm: 'fakeTerm',
};

/** What is text, types or a check of options rather than mathematics. */
function isOutside(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isThrowStatement(node)) return true;
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (ts.isPropertyAssignment(node))
    return ['reference', 'id', 'summary', 'range'].includes(node.name.getText());
  return false;
}

const isZod = (node: ts.Node): boolean => /^\s*z\b|^\s*target\(\)/.test(node.getText());

/** Whether the node is an element of a list given to `reshape`. */
function isShape({ parent }: ts.Node): boolean {
  const call = ts.isArrayLiteralExpression(parent) ? parent.parent : undefined;
  return call !== undefined && ts.isCallExpression(call) && /reshape$/.test(call.expression.getText());
}

/** All mutants of a source file of losses, in the order of the text. */
export function mutantsOf(text: string): readonly Mutant[] {
  const file = ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true);
  const found: Mutant[] = [];
  const replace = (node: ts.Node, replacement: string) =>
    found.push({ start: node.getStart(), end: node.getEnd(), replacement });

  function visitCall(node: ts.CallExpression): void {
    const { expression, arguments: given } = node;
    const method = ts.isPropertyAccessExpression(expression) ? expression : undefined;
    const name = (method?.name ?? expression).getText();
    for (const other of swaps[name] ?? []) replace(method?.name ?? expression, other);
    const [first] = given;
    if (droppable.has(name)) {
      const instead = method === undefined ? first : method.expression;
      if (instead !== undefined) replace(node, instead.getText());
    }
    if (name === 'mean' && given.length === 0 && method)
      replace(node, `${method.expression.getText()}.reshape([-1]).slice(0, 0, 1).sum()`);
  }

  function visit(node: ts.Node): void {
    if (isOutside(node)) return;
    if (ts.isCallExpression(node)) {
      if (isZod(node)) {
        // Of an option's schema only the default is mathematics.
        if (ts.isPropertyAccessExpression(node.expression)) {
          if (node.expression.name.getText() === 'default') node.arguments.forEach(visit);
          visit(node.expression.expression);
        } else node.arguments.forEach(visit);
        return;
      }
      visitCall(node);
    }
    if (ts.isNumericLiteral(node)) {
      replace(node, `(${node.getText()} + 1)`);
      // In the shape of a reshape −1 stands for what 1 is: the same program.
      if (Number(node.getText()) !== 0 && !isShape(node)) replace(node, `(-${node.getText()})`);
    }
    if (ts.isBinaryExpression(node)) {
      const other = operators[node.operatorToken.getText()];
      if (other !== undefined) replace(node.operatorToken, other);
    }
    if (ts.isConditionalExpression(node)) {
      const [no, yes] = [node.whenFalse.getText(), node.whenTrue.getText()];
      replace(node, `(${node.condition.getText()} ? ${no} : ${yes})`);
    }
    if (node.kind === ts.SyntaxKind.TrueKeyword) replace(node, 'false');
    if (node.kind === ts.SyntaxKind.FalseKeyword) replace(node, 'true');
    if (ts.isIdentifier(node)) {
      const other = confused[node.text];
      const { parent } = node;
      const isUse =
        (ts.isCallExpression(parent) && parent.arguments.includes(node)) ||
        (ts.isPropertyAccessExpression(parent) && parent.expression === node);
      const declared = new RegExp(`\\b${other}\\b`).test(enclosingFunctions(node));
      if (other !== undefined && isUse && declared) replace(node, other);
    }
    ts.forEachChild(node, visit);
  }
  ts.forEachChild(file, visit);
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The parameter lists and variables of the functions around a node. */
function enclosingFunctions(node: ts.Node): string {
  let text = '';
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    if (ts.isFunctionLike(at)) text += ` ${at.parameters.map((p) => p.getText()).join(' ')}`;
    if (ts.isBlock(at)) {
      for (const s of at.statements)
        if (ts.isVariableStatement(s))
          text += ` ${s.declarationList.declarations.map((d) => d.name.getText()).join(' ')}`;
    }
  }
  return text;
}

/** The source with one mutant in it. */
export const apply = (text: string, { start, end, replacement }: Mutant): string =>
  text.slice(0, start) + replacement + text.slice(end);

/** Place and change of a mutant for people. */
export function describeMutant(text: string, { start, end, replacement }: Mutant): string {
  const line = text.slice(0, start).split('\n').length;
  const short = (s: string) => s.replace(/\s+/g, ' ').slice(0, 60);
  return `${line}: ${short(text.slice(start, end))} -> ${short(replacement)}`;
}
