import { testBackend } from '@ganymede/testing';
import { webBackend } from './web-backend.js';

// WebAssembly runs in Node as it does in a browser; test/browser.test.ts has the browser.
testBackend(() => webBackend({ device: 'wasm' }));
