import { z } from 'zod';
import { EVENT_KINDS } from '../events/endpointEvent';

/** ISO 8601 UTC with microseconds where known. */
export const isoTime = z
  .string()
  .meta({ format: 'date-time', description: 'ISO 8601 UTC, microseconds where known' });

/** Text PostgreSQL can store as it is: no NUL, and no half of a surrogate pair. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is refused
export const STORABLE = /^[^\u0000\ud800-\udfff]*$/u;

/** Text of a request body that is kept: refused with NUL or half of a surrogate pair in it, of any length. */
export const storableText = z.string().regex(STORABLE, 'holds characters that cannot be stored');

export const eventKind = z.enum(EVENT_KINDS);

export const severity = z.enum(['critical', 'high', 'medium', 'low', 'informational']);
export type Severity = z.infer<typeof severity>;

export const stageState = z.enum(['matched', 'absent', 'blind']);
export type StageState = z.infer<typeof stageState>;

export const findingStatus = z.enum(['complete', 'partial']);
export type FindingStatus = z.infer<typeof findingStatus>;

/** How sure a link is: by unique id or full path; by reasoning that is named; by time and user only; cut. */
export const strength = z.enum(['exact', 'inferred', 'weak', 'broken']);
export type Strength = z.infer<typeof strength>;

export const verdictValue = z.enum([
  'true_positive',
  'benign_true_positive',
  'false_positive',
  'undetermined',
]);
export type VerdictValue = z.infer<typeof verdictValue>;

/** What a verdict is called, as a heading; in lower case within a sentence. */
export const VERDICT_WORD: Readonly<Record<VerdictValue, string>> = {
  true_positive: 'True positive',
  benign_true_positive: 'Benign true positive',
  false_positive: 'False positive',
  undetermined: 'Undetermined',
};

/** What sort of program a process is; decided from the class lists of the analytics catalogue. */
export const processClass = z.enum([
  'browser',
  'office',
  'pdf',
  'mail',
  'archiver',
  'script_engine',
  'lolbin',
  'shell',
  'installer',
  'system',
  'other',
]);
export type ProcessClass = z.infer<typeof processClass>;

/** The answer to what leaves nothing to tell. */
export const done = z.object({ done: z.literal(true) });

/** Query of a list that comes in pages. */
export const page = z.object({
  cursor: z.string().max(2000).optional().meta({ description: '`nextCursor` of the page before' }),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
