import { currentOrigin, currentScope } from './scope.js';
import { captureSource } from './user-source.js';

/** Faults of the program being built: their messages say where in it, by layer and by line of the user's code. */
const ofPrograms = new Set([
  'GANYMEDE_SHAPE',
  'GANYMEDE_DTYPE',
  'GANYMEDE_AXIS',
  'GANYMEDE_NAMED_DIMENSION',
  'GANYMEDE_NO_GRADIENT',
  'GANYMEDE_DUPLICATE_INPUT',
  'GANYMEDE_VARIABLE_MISSING',
  'GANYMEDE_UNKNOWN_STATE',
  'GANYMEDE_STATE_TYPE',
]);

/** Where a program was at fault. */
export interface Place {
  /** Path of the layer being built. */
  readonly scope?: string;
  /** `file:line:column` of the call in the user's code. */
  readonly source?: string;
  /** `file:line:column` where the user made the layer. */
  readonly madeAt?: string;
}

/** The place, for the codes that concern a program; nothing for others. */
export function placeOf(code: string): Place {
  if (!ofPrograms.has(code)) return {};
  const [source, madeAt] = [captureSource(placeOf)(), currentOrigin()];
  const scope = currentScope().replace(/^(?:gradient\/|gradient$)+/, '');
  return {
    ...(scope !== '' && { scope }),
    ...(source !== undefined && { source }),
    ...(madeAt !== undefined && madeAt !== source && { madeAt }),
  };
}

/** The lines that a message ends in. */
export function describePlace({ scope, source, madeAt }: Place, message: string): string[] {
  const layer = scope !== undefined && (madeAt !== undefined || !message.includes(scope));
  return [
    ...(source === undefined ? [] : [`at ${source}`]),
    ...(layer ? [`in layer ${scope}${madeAt === undefined ? '' : `, made at ${madeAt}`}`] : []),
  ];
}
