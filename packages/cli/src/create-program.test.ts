import { describe, expect, it } from 'vitest';
import { createProgram } from './create-program.js';

const program = createProgram(() => {});
const helpOf = (name: string): string => {
  const command = program.commands.find((candidate) => candidate.name() === name);
  let text = '';
  command?.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return text;
};

describe('the command line', () => {
  it('has the commands of the manual', () => {
    expect(program.commands.map((command) => command.name())).toEqual([
      'list',
      'backends',
      'train',
      'resume',
      'profile',
      'sample',
      'evaluate',
      'export',
      'serve',
      'games',
      'demo',
    ]);
  });

  it.each(program.commands.map((command) => command.name()))('%s explains each argument and flag', (name) => {
    const command = program.commands.find((candidate) => candidate.name() === name);
    for (const argument of command?.registeredArguments ?? []) {
      expect(argument.name(), 'one word, or commander takes it for several').toMatch(/^[\w-]+$/);
      expect(argument.description).not.toBe('');
    }
    for (const option of command?.options ?? []) expect(option.description, option.flags).toMatch(/\w{3}/);
    expect(helpOf(name)).not.toContain('(default: [])');
  });

  it('tells a newcomer what data there is, how options are set and how to stop', () => {
    const help = helpOf('train');
    for (const word of ['folder:<dir>', '--set', 'ganymede list dcgan', 'defineConfig', 'Ctrl-C', 'resume']) {
      expect(help).toContain(word);
    }
  });
});
