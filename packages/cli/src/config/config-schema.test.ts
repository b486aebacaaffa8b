import { describe, expect, it } from 'vitest';
import { defineConfig, parseConfig } from './config-schema.js';

describe('parseConfig', () => {
  it('takes what defineConfig types', () => {
    const config = defineConfig({
      algorithm: 'dcgan',
      data: { id: 'folder', options: { directory: './faces', size: 64 } },
      options: { width: 32 },
      steps: 10,
      seed: 0,
      plugins: ['./tiny.js'],
    });
    expect(parseConfig(config, 'a test')).toEqual(config);
    expect(parseConfig({}, 'a test')).toEqual({});
  });

  it.each([
    [{ stepz: 3 }, 'no setting "stepz"', 'did you mean "steps"?'],
    [{ checkpointevery: 3 }, 'no setting "checkpointevery"', 'did you mean "checkpointEvery"?'],
    [{ data: { id: 'glyphs', option: {} } }, 'no setting "data.option"', 'did you mean "data.options"?'],
    [{ data: 3 }, 'data: expected a name such as "glyphs"', 'ganymede train --help'],
    [{ data: {} }, 'data: expected a name such as "glyphs"', ''],
    [{ steps: '3' }, 'steps: Invalid input: expected number, received string', ''],
    [{ steps: 0 }, 'steps: Too small', ''],
    [{ batch: 1.5 }, 'batch: Invalid input: expected int', ''],
    [{ seed: -1 }, 'seed: Too small', ''],
    [{ seed: 2 ** 32 }, 'seed: Too big', ''],
    [{ plugins: 'tiny' }, 'plugins: Invalid input: expected array', ''],
    ['text', 'the configuration: Invalid input: expected object', ''],
    [undefined, 'the configuration: Invalid input', ''],
  ])('refuses %j', (config, message, hint) => {
    expect(() => parseConfig(config, 'a test')).toThrow(
      expect.objectContaining({
        code: 'GANYMEDE_CONFIG',
        message: expect.stringContaining(`a test: ${message}`),
        hint: expect.stringContaining(hint),
      }),
    );
  });
});
