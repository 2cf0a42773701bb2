import { z } from 'zod';
import { baselineLoses, findingBrief } from './analytics';
import { isoTime, page, storableText } from './scalars';

/** `waiting`: it is in force only once a second person approved. */
export const baselineState = z.enum(['active', 'waiting', 'expired', 'revoked']);
export type BaselineState = z.infer<typeof baselineState>;

/** A statement that a pattern is normal here. */
export const baselineView = z.object({
  id: z.string(),
  analytic: z.string(),
  title: z.string(),
  when: z.string(),
  sentence: z.string(),
  points: z.int().nullable(),
  reason: z.string(),
  owner: z.string(),
  createdAt: isoTime,
  createdBy: z.string(),
  expiresAt: isoTime,
  state: baselineState,
  revokedAt: isoTime.nullable(),
  revokedBy: z.string().nullable(),
  revokedReason: z.string().nullable(),
  /** Findings it lowers or hides now. */
  hits: z.int(),
  /** When the newest of these began; null when there is none. */
  lastHitAt: isoTime.nullable(),
  /** The finding it was drawn from. */
  finding: z.string().nullable(),
  /** What it takes from sight, as it was named before it was saved; null where nothing was asked of it. */
  loses: baselineLoses.nullable(),
  needsApproval: z.boolean(),
  approvedAt: isoTime.nullable(),
  approvedBy: z.string().nullable(),
});
export type BaselineView = z.infer<typeof baselineView>;
export const baselineList = z.object({ items: z.array(baselineView) });

export const baselineQuery = page.extend({
  analytic: storableText.max(100).optional(),
  state: baselineState.optional(),
});

/** Saving names the back-test that tried exactly this baseline. */
export const saveBaselineBody = z.strictObject({
  backtest: storableText,
  note: storableText.max(2000).default(''),
  /** Saves one that loses true positives or recorded attacks all the same; a second person must approve it. */
  acceptLoss: z.boolean().default(false),
});
export const revokeBody = z.strictObject({ reason: storableText.min(1).max(2000) });
export const approveBody = z.strictObject({ note: storableText.max(2000).default('') });

/** What the end of a baseline would bring back. */
export const baselineOutlook = z.object({
  /** Findings that would be open again were it revoked: nothing else hides them. */
  returns: z.int(),
  /** True when it covers more than was looked at: `returns` is at least that many. */
  isCut: z.boolean(),
  /** Findings it covered that began in the last 30 days: about as many a month come to the queue after its end. */
  lately: z.int(),
  /** What happened to it, newest first. */
  history: z.array(
    z.object({ at: isoTime, by: z.string(), action: z.string(), note: z.string().nullable() }),
  ),
});
export type BaselineOutlook = z.infer<typeof baselineOutlook>;

/** How many verdicts of each kind; `none`: nobody decided. */
const verdictCounts = z.object({
  true_positive: z.int(),
  benign_true_positive: z.int(),
  false_positive: z.int(),
  undetermined: z.int(),
  none: z.int(),
});

export const baselineCandidate = z.object({
  /** What it is, in a few words. */
  name: z.string(),
  /** Condition over a chain, as YAML. */
  when: z.string(),
  sentence: z.string(),
  /** How many things it asks for: the more, the narrower. */
  tests: z.int(),
  /** How many findings it was made from: more than those asked for where it also covers what was closed alike. */
  from: z.int(),
  /** What it would hide among the stored findings that were looked at. */
  hides: z.object({ total: z.int(), verdicts: verdictCounts, findings: z.array(findingBrief) }),
});
export type BaselineCandidate = z.infer<typeof baselineCandidate>;

/** Other findings, by id with commas between, that the pattern is to cover too. */
export const proposalQuery = z.object({ others: storableText.max(10_000).optional() });

export const baselineProposal = z.object({
  finding: z.string(),
  analytic: z.string(),
  /** A title to begin with. */
  title: z.string(),
  /** The reason of the finding's verdict; empty without one. */
  reason: z.string(),
  /** Ids of the other findings that are covered. */
  others: z.array(z.string()),
  /** Why some of the others are not. */
  left: z.array(z.object({ id: z.string(), why: z.string() })),
  /** Findings of the same shape that people called false or benign, and that patterns were made from as well. */
  alike: z.int(),
  /** From the narrowest to the widest. */
  candidates: z.array(baselineCandidate),
  /** What is not proposed, and why. */
  refused: z.array(z.object({ sentence: z.string(), why: z.string() })),
  /** Stored findings of the analytic that were looked at, of how many. */
  looked: z.int(),
  stored: z.int(),
});
export type BaselineProposalView = z.infer<typeof baselineProposal>;
