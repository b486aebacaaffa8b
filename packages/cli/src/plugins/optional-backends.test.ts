import { definePlugin, type Module, referenceBackend } from '@ganymede/core';
import { expect, it } from 'vitest';
import { optionalBackends } from './optional-backends.js';

const one = { package: '@acme/backend-x', id: '@acme/backend-x/x', summary: 'runs on an x' } as const;

const missing = (name: string) => () =>
  Promise.reject(
    Object.assign(new Error(`Cannot find package '${name}' imported from here`), {
      code: 'ERR_MODULE_NOT_FOUND',
    }),
  );
const reportOf = async ([plugin]: readonly { readonly modules: readonly Module[] }[]) => ({
  id: plugin?.modules[0]?.id,
  devices: await plugin?.modules[0]?.devices?.(),
});

it('takes a backend that is installed', async () => {
  const plugin = definePlugin({ name: '@acme/backend-x', apiVersion: 1, modules: [referenceBackend] });
  const [found] = await optionalBackends([one], async () => ({ default: plugin }));
  expect(found).toBe(plugin);
});

it('says of a backend that is not installed what to install, when it is listed and when it is used', async () => {
  const plugins = await optionalBackends([one], missing(one.package));
  expect(await reportOf(plugins)).toEqual({
    id: one.id,
    devices: [{ device: 'none', usable: false, detail: 'not installed; npm install @acme/backend-x' }],
  });
  await expect(plugins[0]?.modules[0]?.['~make']({ device: 'gpu' }, undefined)).rejects.toMatchObject({
    code: 'GANYMEDE_BACKEND_UNAVAILABLE',
    message: expect.stringContaining('"@acme/backend-x" is not installed'),
    hint: 'install it: npm install @acme/backend-x',
  });
});

it('says of a backend that lacks something of its own what that is', async () => {
  const plugins = await optionalBackends([one], missing('its-dependency'));
  const { devices } = await reportOf(plugins);
  expect(devices?.[0]?.detail).toMatch(
    /^Cannot find package 'its-dependency'.*; npm install @acme\/backend-x$/,
  );
});
