import { GanymedeError } from '../../error.js';
import { site } from '../../scope.js';
import { type Dim, formatShape } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** An equation read: one label per axis. Axes of an ellipsis are labelled `...0` (the last) upwards. */
export interface Equation {
  readonly terms: readonly (readonly string[])[];
  readonly output: readonly string[];
}

const ELLIPSIS = '...';

/** Labels of one term, its ellipsis standing for `axes` of them. */
function labelsOf(term: string, axes: number, refuse: (problem: string) => never): string[] {
  const parts = term.split(ELLIPSIS);
  if (parts.length > 2 || parts.some((part) => !/^[A-Za-z]*$/.test(part)))
    refuse(`"${term}" is no list of letters with at most one ellipsis`);
  const [before = '', after = ''] = parts;
  const middle = Array.from({ length: axes }, (_, i) => `${ELLIPSIS}${axes - 1 - i}`);
  return [...before, ...(parts.length === 2 ? middle : []), ...after];
}

/** Reads an equation for these operands. Every error is `GANYMEDE_SHAPE` and shows the equation and the shapes. */
export function readEquation(text: string, operands: readonly Tensor[]): Equation {
  const shapes = operands.map(({ shape }) => formatShape(shape)).join(', ');
  const refuse = (problem: string): never => {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${site('Einsum')}: "${text}" of ${shapes}: ${problem}`,
      hint: 'such as "bhqd,bhkd->bhqk": a letter per axis, the same letter for the same size',
    });
  };
  const [left = '', right, more] = text.replaceAll(' ', '').split('->');
  const terms = left.split(',');
  if (more !== undefined || terms.length !== operands.length)
    refuse(`there are ${operands.length} operands, and the equation is for ${terms.length}`);
  let widest = 0;
  const read = terms.map((term, i) => {
    const letters = term.replace(ELLIPSIS, '').length;
    const hidden = (operands[i]?.rank ?? 0) - letters;
    const fits = term.includes(ELLIPSIS) ? hidden >= 0 : hidden === 0;
    if (!fits) refuse(`"${term}" has ${letters} letters for an operand of rank ${operands[i]?.rank}`);
    widest = Math.max(widest, hidden);
    return labelsOf(term, hidden, refuse);
  });
  const output = labelsOf(right ?? implicitOutput(left), widest, refuse);
  checkOutput(output, read, refuse);
  return { terms: read, output };
}

/** What NumPy takes as the output if none is written: the letters that occur once, in alphabetical order, after an ellipsis. */
function implicitOutput(left: string): string {
  const letters = [...left.replace(/[^A-Za-z]/g, '')];
  const once = letters.filter((x) => letters.indexOf(x) === letters.lastIndexOf(x)).sort();
  return (left.includes(ELLIPSIS) ? ELLIPSIS : '') + once.join('');
}

function checkOutput(
  output: readonly string[],
  terms: readonly (readonly string[])[],
  refuse: (problem: string) => never,
): void {
  const known = new Set(terms.flat());
  if (new Set(output).size !== output.length) refuse('the output has a letter twice');
  const strange = output.find((label) => !known.has(label));
  if (strange !== undefined) refuse(`the output has "${strange}", which no operand has`);
  const lost = terms.flat().find((label) => label.startsWith(ELLIPSIS) && !output.includes(label));
  if (lost !== undefined) refuse('the output leaves the ellipsis out');
}

/** The size of each label. `GANYMEDE_SHAPE` if operands disagree; only an ellipsis broadcasts. */
export function sizesOf(text: string, { terms }: Equation, operands: readonly Tensor[]): Map<string, Dim> {
  const sizes = new Map<string, Dim>();
  terms.forEach((labels, i) => {
    labels.forEach((label, axis) => {
      const size = operands[i]?.shape[axis] ?? 1;
      const known = sizes.get(label);
      const stretches = label.startsWith(ELLIPSIS) && (known === 1 || size === 1);
      if (known === undefined || (stretches && known === 1)) sizes.set(label, size);
      else if (known !== size && !stretches) {
        throw new GanymedeError('GANYMEDE_SHAPE', {
          message: `${site('Einsum')}: "${text}": "${label}" is ${known} in one operand and ${size} in ${formatShape(operands[i]?.shape ?? [])}`,
        });
      }
    });
  });
  return sizes;
}
