import { GanymedeError } from '@ganymede/core';
import { CommanderError } from 'commander';
import { createProgram } from './create-program.js';
import { exitStatusOf } from './exit-status.js';
import { createOutput, type Output } from './terminal/output.js';

/** Runs the `ganymede` command with `args` (without node and script) and returns its exit status. */
export async function main(args: readonly string[]): Promise<0 | 1 | 2> {
  let output: Output = createOutput({ json: args.includes('--json'), quiet: args.includes('--quiet') });
  try {
    await createProgram((made) => {
      output = made;
    }).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return answerMisuse(error, output);
    output.error(error);
    return exitStatusOf(error);
  }
}

/** What commander refused, as any other error; after `--help` and `--version` there is nothing to say. */
function answerMisuse({ exitCode, code, message }: CommanderError, output: Output): 0 | 2 {
  if (exitCode === 0) return 0;
  // `ganymede` alone has shown the help.
  if (code === 'commander.help') return 2;
  output.error(
    new GanymedeError('GANYMEDE_USAGE', {
      message: message
        .replace(/^error: /, '')
        .replace(/\n\(Did you mean ([^?]*)\?\)/, '\n  did you mean $1?'),
      hint: '`ganymede --help` lists the commands, `ganymede <command> --help` their options',
    }),
  );
  return 2;
}
