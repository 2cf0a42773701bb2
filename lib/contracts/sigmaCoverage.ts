import { z } from 'zod';

/** Which of the enabled rules can be decided where. */
export const sigmaCoverage = z.object({
  rules: z.int(),
  /** Rules by how well the best of all hosts can decide them. */
  visible: z.int(),
  partial: z.int(),
  blind: z.int(),
  hosts: z.array(
    z.object({
      host: z.object({ id: z.string(), name: z.string() }),
      visible: z.int(),
      partial: z.int(),
      blind: z.int(),
      /** Classes of records it has. */
      sources: z.array(z.object({ title: z.string(), records: z.int() })),
    }),
  ),
  /** What would make most rules decidable: a log source no record came of, or a field none has; most rules first. */
  missing: z.array(
    z.object({
      kind: z.enum(['logsource', 'field']),
      what: z.string(),
      rules: z.int(),
      hosts: z.int(),
      /** The setting to change, where it is known. */
      fix: z.string().nullable(),
    }),
  ),
});
export type SigmaCoverage = z.infer<typeof sigmaCoverage>;
