import { testBackend } from '@ganymede/testing';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { createTfjsBackend } from './create-tfjs-backend.js';

testBackend(() => createTfjsBackend({ tf, backendName: 'cpu' }));
