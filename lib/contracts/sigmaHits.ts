import { z } from 'zod';
import { eventKind, isoTime, page, storableText } from './scalars';
import { sigmaLevel } from './sigmaRules';

export const sigmaMatchedPart = z.object({
  selection: z.string(),
  /** Null: a keyword. */
  field: z.string().nullable(),
  modifiers: z.array(z.string()),
  expected: z.string(),
  value: z.string(),
});

export const sigmaHit = z.object({
  /** What it is called by in addresses. */
  ref: z.string(),
  rule: z.object({
    id: z.string(),
    ruleId: z.string(),
    title: z.string(),
    level: sigmaLevel,
    author: z.string(),
    license: z.string().nullable(),
  }),
  host: z.object({ id: z.string(), name: z.string() }),
  time: isoTime,
  /** The event; null where the record became none (a kind no analytic uses). */
  eventId: z.string().nullable(),
  kind: eventKind.nullable(),
  /** `Sysmon 10`. */
  source: z.string(),
  process: z.object({
    entityId: z.string().nullable(),
    pid: z.int().nullable(),
    image: z.string().nullable(),
    commandLine: z.string().nullable(),
    user: z.string().nullable(),
  }),
  matched: z.array(sigmaMatchedPart),
  /** What baselines compare, by Sigma's names, as stored: values are cut, so that one may end before its record's does. */
  fields: z.record(z.string(), z.string()),
  record: z.object({ importId: z.string(), file: z.string(), index: z.int() }),
  /** The baseline that covers it. */
  baseline: z.object({ id: z.string(), title: z.string() }).nullable(),
  /** The case it stands in. */
  case: z.object({ id: z.int(), title: z.string() }).nullable(),
});
export type SigmaHitView = z.infer<typeof sigmaHit>;

const hitFilter = z.object({
  /** Of a rule's text. */
  rule: z.string().max(20).optional(),
  host: storableText.max(400).optional(),
  /** `process.entity_id`, with `host`; empty: hits of no process. */
  process: storableText.max(400).optional(),
  event: z.string().max(40).optional(),
  level: sigmaLevel.optional(),
  q: storableText.max(200).default(''),
  from: z.string().max(40).optional(),
  to: z.string().max(40).optional(),
  /** `open`: no baseline covers it. */
  baseline: z.enum(['open', 'covered', 'all']).default('open'),
});
export const sigmaHitQuery = hitFilter.extend(page.shape);
/** Newest first. */
export const sigmaHitList = z.object({
  items: z.array(sigmaHit),
  nextCursor: z.string().nullable(),
  total: z.int(),
});
export const sigmaGroupQuery = hitFilter.extend({ by: z.enum(['rule', 'process']), ...page.shape });
export const sigmaHitGroup = z.object({
  /** By rule: its text's id; by process: host id, a slash, `process.entity_id` (empty where none is known). */
  key: z.string(),
  title: z.string(),
  level: sigmaLevel,
  hits: z.int(),
  hosts: z.int(),
  rules: z.int(),
  processes: z.int(),
  from: isoTime,
  to: isoTime,
  /** By rule. */
  rule: z.object({ id: z.string(), ruleId: z.string(), author: z.string() }).nullable(),
  /** By process. */
  host: z.object({ id: z.string(), name: z.string() }).nullable(),
  entityId: z.string().nullable(),
  image: z.string().nullable(),
  /** By process: titles of its rules, worst first, at most 5. */
  titles: z.array(z.string()),
});
export type SigmaHitGroup = z.infer<typeof sigmaHitGroup>;
export const sigmaGroupList = z.object({
  items: z.array(sigmaHitGroup),
  nextCursor: z.string().nullable(),
  total: z.int(),
});

/** What a correlation rule found over hits. */
export const sigmaCorrelated = z.object({
  id: z.string(),
  rule: z.object({
    id: z.string(),
    ruleId: z.string(),
    title: z.string(),
    level: sigmaLevel,
    author: z.string(),
  }),
  type: z.string(),
  /** Group-by field → value. */
  group: z.array(z.object({ field: z.string(), value: z.string() })),
  hits: z.int(),
  hosts: z.array(z.object({ id: z.string(), name: z.string() })),
  from: isoTime,
  to: isoTime,
  /** The first 100 in order of time. */
  events: z.array(
    z.object({ ref: z.string(), title: z.string(), host: z.string(), eventId: z.string(), time: isoTime }),
  ),
});
export const sigmaCorrelatedList = z.object({ items: z.array(sigmaCorrelated), total: z.int() });

/** Hits on a finding's chain: on its processes and events. */
export const sigmaMarks = z.object({
  items: z.array(sigmaHit),
  /** More may be there than are listed (500). */
  total: z.int(),
});
export const sigmaMarkQuery = z.object({
  from: z.string().max(40).optional(),
  to: z.string().max(40).optional(),
});
