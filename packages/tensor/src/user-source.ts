/** `/home/me/gan.ts:12:7`: where in the user's code something was asked for; undefined where that is not known. */
export type Source = string | undefined;

/** A frame of a stack trace: `at name (place:line:column)`, `at place:line:column`, or `name@place:line:column`. */
const frame =
  /^\s*(?:at )?(?:async )?(.*? \(|.*?@)??((?:file:|https?:|node:|[A-Za-z]:[\\/]|[\\/]).*):(\d+):(\d+)\)?$/;

/** A file URL as a path, anything else without what loaders put after `?`; always with forward slashes. */
function pathOf(place: string): string {
  const plain = place.replace(/\?.*$/, '').replaceAll('\\', '/');
  if (!plain.startsWith('file:')) return plain;
  const path = plain.replace(/^file:\/\//, '').replace(/^\/(?=[A-Za-z]:)/, '');
  return /%(?![\dA-Fa-f]{2})/.test(path) ? path : decodeURIComponent(path);
}

/** The folder that holds our packages, where they are not installed but lie side by side. */
const home = /^(.*\/)tensor\/(?:src|dist)\/[^/]*$/.exec(pathOf(import.meta.url))?.[1];
const test = /\.(?:test|test-d|bench)\.[cm]?[jt]sx?$/;

/** The name of our package that a file belongs to. Its tests are its users. */
function packageOf(path: string): string | undefined {
  const installed = /\/node_modules\/@ganymede\/([^/]+)\//.exec(path);
  if (installed !== null) return installed[1];
  if (home === undefined || !path.startsWith(home) || test.test(path)) return undefined;
  return /^([^/]+)\/(?:src|dist)\//.exec(path.slice(home.length))?.[1];
}

/**
 * The first frame of a stack trace outside Ganymede's packages. The command is the end of the road: what called it is no
 * user's code. Lines are those of TypeScript where something (tsx, `--enable-source-maps`) maps the trace. `until` names the
 * function of ours at which to stop looking.
 */
export function userSource(stack: unknown, until?: string): Source {
  if (typeof stack !== 'string') return undefined;
  for (const text of stack.split('\n')) {
    const found = frame.exec(text);
    if (found === null) continue;
    const [, caller, place = '', line, column] = found;
    const path = pathOf(place);
    const ours = packageOf(path);
    if (ours === 'cli' || (ours !== undefined && until !== undefined && caller?.startsWith(until)))
      return undefined;
    if (ours === undefined && !path.startsWith('node:')) return `${path}:${line}:${column}`;
  }
  return undefined;
}

/** Frames looked at: layers in layers take a few each. */
const depth = 64;

/**
 * Remembers where `below` was called from. Costs microseconds: the trace is only put into words when the result is asked,
 * which is when something went wrong.
 */
export function captureSource(below: (...args: never[]) => unknown, until?: string): () => Source {
  const trace: { stack?: unknown } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = depth;
  // Not every JavaScript engine has it; errors then do without the line.
  Error.captureStackTrace?.(trace, below);
  Error.stackTraceLimit = limit;
  let known: { readonly source: Source } | undefined;
  return () => {
    known ??= { source: userSource(trace.stack, until) };
    return known.source;
  };
}
