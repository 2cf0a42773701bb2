import { z } from 'zod';
import { recordCounts } from './imports';
import { eventKind, findingStatus, isoTime, severity, stageState } from './scalars';

/** The one document `npm run -s analyze -- FILE… --json` prints. */
export const analyzeDocument = z.object({
  imports: z.array(
    z.object({
      file: z.string(),
      sha256: z.string(),
      format: z.string().nullable(),
      records: recordCounts,
      hosts: z.array(z.string()),
      from: isoTime.nullable(),
      to: isoTime.nullable(),
    }),
  ),
  findings: z.array(
    z.object({
      id: z.string(),
      analytic: z.string(),
      status: findingStatus,
      severity,
      score: z.number(),
      host: z.string(),
      user: z.string().nullable(),
      anchor: z.object({
        entityId: z.string().nullable(),
        pid: z.int().nullable(),
        image: z.string().nullable(),
        commandLine: z.string().nullable(),
        startedAt: isoTime.nullable(),
      }),
      stages: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          required: z.boolean(),
          state: stageState,
          events: z.array(
            z.object({
              time: isoTime,
              kind: eventKind,
              image: z.string().nullable(),
              commandLine: z.string().nullable(),
              path: z.string().nullable(),
              destination: z.string().nullable(),
              query: z.string().nullable(),
              record: z.object({ file: z.string(), index: z.int() }).nullable(),
            }),
          ),
        }),
      ),
      reasons: z.array(
        z.object({
          effect: z.enum(['raises', 'lowers', 'suppresses']),
          points: z.number(),
          text: z.string(),
        }),
      ),
      /** What would change the result, computed by the engine. */
      counterfactuals: z.array(z.object({ kind: z.string(), text: z.string() })),
      suppressed: z.boolean(),
      from: isoTime,
      to: isoTime,
      headline: z.string(),
    }),
  ),
  coverage: z.array(
    z.object({
      host: z.string(),
      stage: z.string(),
      state: z.enum(['visible', 'partial', 'blind']),
      why: z.string(),
    }),
  ),
});
export type AnalyzeDocument = z.infer<typeof analyzeDocument>;
