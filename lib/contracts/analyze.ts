import { z } from 'zod';
import { SIGMA_LEVELS } from '../sigma/rule';
import { recordCounts } from './imports';
import { eventKind, findingStatus, isoTime, severity, stageState } from './scalars';
import { sigmaMatchedPart } from './sigmaHits';
import { sigmaRefusal } from './sigmaSets';

const sigmaLevel = z.enum(SIGMA_LEVELS);
/** A rule of Sigma as its licence asks that it be named. */
const namedRule = z.object({
  /** Its own id. */
  id: z.string(),
  title: z.string(),
  level: sigmaLevel,
  author: z.string(),
  license: z.string().nullable(),
  /** The file it stands in. */
  path: z.string(),
});
const recordPlace = z.object({ file: z.string(), index: z.int() });

/** What Sigma's rules found. Times of events are as correlation settled them, of other records as recorded. */
const analyzeSigma = z.object({
  rules: z.object({
    /** Documents that compiled: detections, correlations and filters. */
    loaded: z.int(),
    /** Detections and correlations that were tried. */
    runs: z.int(),
    /** Detections about records that no format reads (another product). */
    foreign: z.int(),
    refused: z.array(sigmaRefusal),
    /** Of `loaded`. */
    byLevel: z.record(sigmaLevel, z.int()),
  }),
  /** Classes of records as rules see them, every record that was read counted; in order of host and class. */
  sources: z.array(z.object({ host: z.string(), source: z.string(), records: z.int() })),
  /** Rules with hits, the worst first, with the true number of their hits. */
  counts: z.array(z.object({ rule: namedRule, hits: z.int() })),
  /** In order of time; of each rule the first 1,000, of all rules 20,000: then the same number of each that has so many. */
  hits: z.array(
    z.object({
      rule: namedRule,
      host: z.string(),
      time: isoTime,
      /** `Sysmon 10`. */
      source: z.string(),
      /** Null where the record became no event. */
      kind: eventKind.nullable(),
      record: recordPlace,
      process: z.object({
        entityId: z.string().nullable(),
        pid: z.int().nullable(),
        image: z.string().nullable(),
        commandLine: z.string().nullable(),
        user: z.string().nullable(),
      }),
      matched: z.array(sigmaMatchedPart),
    }),
  ),
  /** A record that is there twice is one hit. */
  hitsTotal: z.int(),
  /** What correlation rules found over all hits, in order of time. */
  correlated: z.array(
    z.object({
      rule: namedRule,
      type: z.string(),
      /** Group-by field → value. */
      group: z.array(z.object({ field: z.string(), value: z.string() })),
      hits: z.int(),
      hosts: z.array(z.string()),
      from: isoTime,
      to: isoTime,
      /** The first 100 in order of time. */
      events: z.array(z.object({ title: z.string(), host: z.string(), time: isoTime })),
    }),
  ),
  /** Rules that could not be decided on some hosts: neither true nor false there. */
  blind: z.array(
    z.object({
      rule: z.object({ id: z.string(), title: z.string(), level: sigmaLevel }),
      /** On so many, of all hosts that records of a known class came of. */
      total: z.int(),
      of: z.int(),
      /** The first 100. */
      hosts: z.array(z.object({ host: z.string(), why: z.string() })),
    }),
  ),
});
export type AnalyzeSigma = z.infer<typeof analyzeSigma>;

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
  /** Only with `--sigma`. */
  sigma: analyzeSigma.optional(),
});
export type AnalyzeDocument = z.infer<typeof analyzeDocument>;
