import { z } from 'zod';

const verdict = z.enum(['complete', 'partial', 'none']);
const stageState = z.enum(['matched', 'absent', 'blind']);

/** The process a labelled chain turns on, by whatever of it the label knows. */
const trigger = z.object({
  image: z.string().optional(),
  pid: z.int().optional(),
  process_guid: z.string().optional(),
});

const expectedStage = z.object({
  /** A stage's id in the definition; or, in other people's labels, words of their own. */
  stage: z.string(),
  what: z.string().optional(),
  event_id: z.union([z.int(), z.string()]).nullish(),
  /** Texts that stand together in one record of the stage. */
  match_all: z.array(z.string()).default([]),
  /** The state the stage must have; absent in labels that only tell evidence of what happened. */
  state: stageState.optional(),
});

const expectation = z.object({
  analytic: z.string(),
  verdict,
  /** Verdicts to accept, the strict one first; the strict one alone when the label names none. */
  acceptable_verdicts: z.array(verdict).optional(),
  /** Highest severity a tolerated finding may have. */
  max_severity: z.enum(['informational', 'low', 'medium', 'high']).optional(),
  host: z.string().optional(),
  trigger: trigger.nullish(),
  stages: z.array(expectedStage).default([]),
});

const dataset = z.object({
  file: z.string(),
  title: z.string().optional(),
  expect: z.array(expectation).default([]),
  /** Analytics that must not be raised on the file. */
  none_for: z.array(z.string()).default([]),
  why_none: z.string().optional(),
  tags: z.array(z.string()).default([]),
});

const group = z.object({ files: z.array(z.string()).default([]), expectation: z.string().optional() });

/**
 * A LABELS.json: the truth about the recordings beside it. `unlabelled_groups` are files in which no analytic may be
 * complete; a name of `...` in one stands for all other files of its folder. Members we do not know are left alone.
 */
export const labelFile = z.object({
  datasets: z.array(dataset),
  unlabelled_groups: z.record(z.string(), group).default({}),
});

export type LabelFile = z.infer<typeof labelFile>;
export type DatasetLabel = z.infer<typeof dataset>;
export type Expectation = z.infer<typeof expectation>;
export type ExpectedStage = z.infer<typeof expectedStage>;
export type Verdict = z.infer<typeof verdict>;

/** The label of a file of which only this is known: no analytic may be complete on it. */
export function benignLabel(file: string, analytics: readonly string[]): DatasetLabel {
  return {
    file,
    expect: analytics.map((analytic) => ({
      analytic,
      verdict: 'none',
      acceptable_verdicts: ['none', 'partial'],
      stages: [],
    })),
    none_for: [],
    tags: ['benign'],
  };
}
