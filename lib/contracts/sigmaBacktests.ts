import { z } from 'zod';
import { isoTime } from './scalars';
import { sigmaMatchedPart } from './sigmaHits';
import { sigmaLevel } from './sigmaRules';
import { sigmaFiles, sigmaRefusal } from './sigmaSets';

/** Rules to try on what is stored: texts, or a set by its id. */
export const sigmaBacktestBody = z
  .strictObject({
    files: sigmaFiles.optional(),
    set: z.string().max(20).optional(),
    /** Texts of rules that are stored, by id. */
    rules: z.array(z.string().max(20)).max(1000).optional(),
    /** Empty: all. */
    imports: z.array(z.string().max(20)).max(1000).default([]),
  })
  .refine(
    ({ files, set, rules }) => [files, set, rules].filter((one) => one !== undefined).length === 1,
    'names exactly one of files, set and rules',
  );
export const sigmaBacktest = z.object({
  id: z.string(),
  askedBy: z.string(),
  askedAt: isoTime,
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  progress: z.object({ imports: z.int(), of: z.int(), records: z.int() }).nullable(),
  error: z.string().nullable(),
  result: z
    .object({
      records: z.int(),
      imports: z.int(),
      refused: z.array(sigmaRefusal),
      /** Most hits first; rules without any too. */
      rules: z.array(
        z.object({
          ruleId: z.string(),
          title: z.string(),
          level: sigmaLevel,
          hits: z.int(),
          hosts: z.array(z.object({ host: z.string(), hits: z.int() })),
          /** Of all hits: on true positives' processes, as people decided. */
          onTruePositives: z.int(),
          /** Hosts where it could not be decided. */
          blind: z.int(),
          examples: z.array(
            z.object({
              host: z.string(),
              time: isoTime.nullable(),
              source: z.string(),
              image: z.string().nullable(),
              commandLine: z.string().nullable(),
              matched: z.array(sigmaMatchedPart),
            }),
          ),
        }),
      ),
    })
    .nullable(),
});
export type SigmaBacktestView = z.infer<typeof sigmaBacktest>;
