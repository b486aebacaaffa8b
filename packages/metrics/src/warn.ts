import { type ErrorDetails, GanymedeError } from '@ganymede/tensor';

/** Says something that is no error, as a process warning with a code. */
export function warn(code: `GANYMEDE_${string}`, details: ErrorDetails): void {
  const { message } = new GanymedeError(code, details);
  if (typeof process === 'object') process.emitWarning(message, { type: 'GanymedeWarning', code });
  else console.warn(message);
}
