import { z } from 'zod';
import { SIGMA_LEVELS, SIGMA_STATUSES } from '../sigma/rule';
import { isoTime, page, storableText } from './scalars';

/** How bad a hit of a rule is, as its author says. */
export const sigmaLevel = z.enum(SIGMA_LEVELS);

/** How far a rule has been tried, as its author says. */
export const sigmaStatus = z.enum(SIGMA_STATUSES);

/** A rule in short. */
export const sigmaRuleRow = z.object({
  /** Of this text of the rule. */
  id: z.string(),
  ruleId: z.string(),
  kind: z.enum(['detection', 'correlation', 'filter']),
  title: z.string(),
  level: sigmaLevel,
  status: sigmaStatus,
  author: z.string(),
  tags: z.array(z.string()),
  /** `windows/process_creation`; empty for correlations. */
  logsource: z.string(),
  set: z.object({ id: z.string(), name: z.string() }),
  path: z.string(),
  /** Whether it runs now. */
  enabled: z.boolean(),
  /** None of our formats reads such records. */
  foreign: z.boolean(),
  /** Hits that no baseline covers. */
  hits: z.int(),
  lastHitAt: isoTime.nullable(),
  /** Hosts on which it can be decided, can be in part, and cannot be: their records lack its fields or are not there. */
  hosts: z.object({ visible: z.int(), partial: z.int(), blind: z.int() }),
});
export type SigmaRuleRow = z.infer<typeof sigmaRuleRow>;
export const sigmaRuleQuery = page.extend({
  q: storableText.max(200).default(''),
  set: z.string().max(20).optional(),
  level: sigmaLevel.optional(),
  status: sigmaStatus.optional(),
  tag: storableText.max(200).optional(),
  logsource: storableText.max(200).optional(),
  state: z.enum(['enabled', 'disabled', 'hits', 'blind', 'foreign']).optional(),
  sort: z.enum(['hits', 'level', 'title']).default('level'),
});
export const sigmaRuleList = z.object({
  items: z.array(sigmaRuleRow),
  nextCursor: z.string().nullable(),
  total: z.int(),
});
/** A host that a rule cannot be decided on, or only in part. */
export const sigmaRuleSight = z.object({
  host: z.object({ id: z.string(), name: z.string() }),
  state: z.enum(['visible', 'partial', 'blind']),
  why: z.string(),
});
export const sigmaRuleDetail = sigmaRuleRow.extend({
  description: z.string(),
  license: z.string().nullable(),
  date: z.string().nullable(),
  modified: z.string().nullable(),
  references: z.array(z.string()),
  falsePositives: z.array(z.string()),
  fields: z.array(z.string()),
  yaml: z.string(),
  /** Blind first, at most 200. */
  sight: z.array(sigmaRuleSight),
});
export type SigmaRuleDetail = z.infer<typeof sigmaRuleDetail>;
