import { z } from 'zod';
import type { Route } from './route';
import { analyticRoutes } from './routes/analytics';
import { attackRoutes } from './routes/attack';
import { auditRoutes } from './routes/audit';
import { baselineRoutes } from './routes/baselines';
import { caseRoutes } from './routes/cases';
import { coverageRoutes } from './routes/coverage';
import { eventRoutes } from './routes/events';
import { evidenceRoutes } from './routes/evidence';
import { findingRoutes } from './routes/findings';
import { hostRoutes } from './routes/hosts';
import { importRoutes } from './routes/imports';
import { mappingRoutes } from './routes/mappings';
import { metricRoutes } from './routes/metrics';
import { notificationRoutes } from './routes/notifications';
import { peopleRoutes } from './routes/people';
import { reviewRoutes } from './routes/reviews';
import { sigmaRoutes } from './routes/sigma';
import { triageRoutes } from './routes/triage';
import { validationRoutes } from './routes/validation';

export type { Route } from './route';

/** Every operation of the API, by name. */
export const routes = {
  ...importRoutes,
  ...findingRoutes,
  ...eventRoutes,
  ...hostRoutes,
  ...analyticRoutes,
  ...baselineRoutes,
  ...mappingRoutes,
  ...auditRoutes,
  ...evidenceRoutes,
  ...notificationRoutes,
  ...peopleRoutes,
  ...triageRoutes,
  ...caseRoutes,
  ...reviewRoutes,
  ...coverageRoutes,
  ...validationRoutes,
  ...attackRoutes,
  ...metricRoutes,
  ...sigmaRoutes,
  describeApi: {
    method: 'GET',
    path: '/api/v1/openapi.json',
    summary: 'This description',
    permit: 'description.read',
    answer: z.record(z.string(), z.unknown()),
  },
} as const satisfies Record<string, Route>;
