import { z } from 'zod';

/** How far the rules have come over what is stored. */
export const sigmaProgress = z.object({
  /** Rules that run now. */
  rules: z.int(),
  waiting: z.int(),
  running: z.int(),
  done: z.int(),
  failed: z.array(z.object({ importId: z.string(), name: z.string(), error: z.string() })),
  hits: z.int(),
  /** Whether correlations of Sigma are worked out anew. */
  correlating: z.boolean(),
});
export type SigmaProgress = z.infer<typeof sigmaProgress>;
