import { z } from 'zod';

export const analyticView = z.object({
  id: z.string(),
  title: z.string(),
  version: z.string(),
  description: z.string(),
  techniques: z.array(z.string()),
  stages: z.array(
    z.object({ id: z.string(), title: z.string(), required: z.boolean(), group: z.string().nullable() }),
  ),
  runbook: z.array(z.string()),
  knownGaps: z.array(z.string()),
  /** The definition as written. */
  yaml: z.string(),
});
export type AnalyticView = z.infer<typeof analyticView>;
export const analyticList = z.object({ items: z.array(analyticView) });

/** How many hosts were queued to be correlated again. */
export const rerunAnswer = z.object({ hosts: z.int() });
