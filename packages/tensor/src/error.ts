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
 */
export class GanymedeError extends Error {
  override readonly name = 'GanymedeError';
  readonly hint: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(
    readonly code: `GANYMEDE_${string}`,
    { message, hint, data, cause }: ErrorDetails,
  ) {
    super(
      hint === undefined ? message : `${message}\n  ${hint}`,
      cause === undefined ? undefined : { cause },
    );
    this.hint = hint;
    this.data = data ?? {};
    Object.defineProperty(this, brand, { value: true });
  }

  /** Whether `error` is a GanymedeError (of any loaded copy), optionally with the given code. */
  static is(error: unknown, code?: string): error is GanymedeError {
    if (typeof error !== 'object' || error === null || !(brand in error)) return false;
    return code === undefined || ('code' in error && error.code === code);
  }
}
