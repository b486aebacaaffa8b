import { describePlace, placeOf } from './program-place.js';

const brand = Symbol.for('@ganymede/tensor/error');

/** What a {@link GanymedeError} carries besides its code. */
export interface ErrorDetails {
  /** One sentence: what was expected and what came, names quoted. */
  readonly message: string;
  /** What the reader can do next. */
  readonly hint?: string;
  /** Structured facts for machines (`--json`), such as `{ known: ['dcgan'] }`. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * The one error type of Ganymede. `code` is stable and documented in `docs/errors.md`; the text may change.
 * Recognise it with {@link GanymedeError.is}, never with `instanceof`: two copies of a package may be loaded.
 *
 * Errors of programs (shapes, dtypes, axes, state) say where they happened too: `data.scope` is the path of the layer being
 * built, `data.source` the first line of the trace outside Ganymede, `data.madeAt` the line that made the layer.
 */
export class GanymedeError extends Error {
  override readonly name = 'GanymedeError';
  readonly hint: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(
    readonly code: `GANYMEDE_${string}`,
    { message, hint, data, cause }: ErrorDetails,
  ) {
    const place = placeOf(code);
    const lines = [message, ...(hint === undefined ? [] : [hint]), ...describePlace(place, message)];
    super(lines.join('\n  '), cause === undefined ? undefined : { cause });
    this.hint = hint;
    this.data = { ...place, ...data };
    Object.defineProperty(this, brand, { value: true });
  }

  /** Whether `error` is a GanymedeError (of any loaded copy), optionally with the given code. */
  static is(error: unknown, code?: string): error is GanymedeError {
    if (typeof error !== 'object' || error === null || !(brand in error)) return false;
    return code === undefined || ('code' in error && error.code === code);
  }
}
