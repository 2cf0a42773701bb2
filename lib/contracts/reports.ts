import { z } from 'zod';
import { isoTime, storableText } from './scalars';

export const REPORTS = ['board', 'validation'] as const;
export const EVERY = ['day', 'week', 'month'] as const;

const schedule = {
  what: z
    .enum(REPORTS)
    .meta({ description: '`board`: the coverage report; `validation`: a run of all recordings' }),
  every: z.enum(EVERY),
  /** `week`: Monday is 1; `month`: a day up to 28; `day`: 1. */
  dayOf: z.int().min(1).max(28).default(1),
  /** UTC. */
  hour: z.int().min(0).max(23).default(6),
  mailTo: z.array(z.email().max(300)).max(50).default([]),
  webhooks: z
    .array(z.string().regex(/^\d{1,9}$/))
    .max(50)
    .default([]),
  enabled: z.boolean().default(true),
};
export const reportScheduleBody = z
  .object(schedule)
  .refine(({ every, dayOf }) => every !== 'week' || dayOf <= 7, {
    path: ['dayOf'],
    error: 'a week has 7 days',
  });
export const changeScheduleBody = z
  .object({ ...schedule, revision: z.int() })
  .refine(({ every, dayOf }) => every !== 'week' || dayOf <= 7, {
    path: ['dayOf'],
    error: 'a week has 7 days',
  });
export const reportSchedule = z.object({
  id: z.string(),
  what: z.enum(REPORTS),
  every: z.enum(EVERY),
  dayOf: z.int(),
  hour: z.int(),
  mailTo: z.array(z.string()),
  webhooks: z.array(z.string()),
  enabled: z.boolean(),
  nextAt: isoTime,
  lastAt: isoTime.nullable(),
  lastError: z.string().nullable(),
  createdBy: z.string(),
  revision: z.int(),
});
export type ReportSchedule = z.infer<typeof reportSchedule>;
export const reportScheduleList = z.object({
  items: z.array(reportSchedule),
  /** Whether this server can send mail at all. */
  mail: z.boolean(),
  /** Webhooks a report can go to. */
  webhooks: z.array(z.object({ id: z.string(), name: storableText })),
});
