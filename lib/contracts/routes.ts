import { z } from 'zod';
import type { Route } from './route';
import { analyticRoutes } from './routes/analytics';
import { eventRoutes } from './routes/events';
import { findingRoutes } from './routes/findings';
import { hostRoutes } from './routes/hosts';
import { importRoutes } from './routes/imports';
import { mappingRoutes } from './routes/mappings';

export type { Route } from './route';

/** Every operation of the API, by name. */
export const routes = {
  ...importRoutes,
  ...findingRoutes,
  ...eventRoutes,
  ...hostRoutes,
  ...analyticRoutes,
  ...mappingRoutes,
  describeApi: {
    method: 'GET',
    path: '/api/v1/openapi.json',
    summary: 'This description',
    permit: 'description.read',
    answer: z.record(z.string(), z.unknown()),
  },
} as const satisfies Record<string, Route>;
