import { GanymedeError } from '@ganymede/core';

/** Where `--set` puts a value: `data.size=32` on the data, `backend.threads=1` on the backend, `width=32` on the algorithm. */
export interface Assignments {
  readonly algorithm: Record<string, unknown>;
  readonly data: Record<string, unknown>;
  readonly backend: Record<string, unknown>;
}

/**
 * Reads `a.b=c` assignments; values are JSON where they parse as such, text otherwise.
 *
 * @throws `GANYMEDE_USAGE` for text without a key and an equals sign.
 */
export function parseAssignments(assignments: readonly string[]): Assignments {
  const result: Assignments = { algorithm: {}, data: {}, backend: {} };
  for (const assignment of assignments) {
    const equals = assignment.indexOf('=');
    const keys = assignment.slice(0, Math.max(equals, 0)).split('.');
    if (equals < 1 || keys.some((key) => key === '' || key === '__proto__')) {
      throw new GanymedeError('GANYMEDE_USAGE', {
        message: `--set expects key=value or group.key=value, got "${assignment}"`,
        hint: 'for example --set width=32, --set data.size=64, --set backend.threads=1',
      });
    }
    const [head = '', ...tail] = keys;
    const scoped = tail.length > 0 && (head === 'data' || head === 'backend');
    assign(
      scoped ? result[head] : result.algorithm,
      scoped ? tail : keys,
      parseValue(assignment.slice(equals + 1)),
    );
  }
  return result;
}

function assign(target: Record<string, unknown>, keys: readonly string[], value: unknown): void {
  const [key = '', ...rest] = keys;
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const inner = target[key];
  const next: Record<string, unknown> = typeof inner === 'object' && inner !== null ? { ...inner } : {};
  target[key] = next;
  assign(next, rest, value);
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
