import { testBackend } from '@ganymede/testing';
import { ortBackend } from './ort-backend.js';

testBackend(() => ortBackend({ device: 'cpu', threads: 2 }));
