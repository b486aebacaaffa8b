import { z } from 'zod';

/** In what numbers matrix products are computed: float64 where the backend can, or float32, about three times as fast. */
export const precisionSchema = z.enum(['float64', 'float32']).default('float64');
