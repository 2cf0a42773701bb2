import { z } from 'zod';

/** RFC 9457 problem document: the one shape of every error. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  /** Further facts: where, which field, allowed values. */
  errors: z
    .array(
      z.object({
        path: z.string(),
        message: z.string(),
        /** Place in a text that was sent, counted from 1. */
        line: z.int().optional(),
        column: z.int().optional(),
        endLine: z.int().optional(),
        endColumn: z.int().optional(),
      }),
    )
    .optional(),
  code: z.string(),
  /** Of a conflict: the revision it has now, and the handle of who changed it. */
  revision: z.union([z.int(), z.string()]).optional(),
  by: z.string().nullable().optional(),
  /** Of a note somebody else saved meanwhile: the text that stands now. */
  theirs: z
    .object({ version: z.int(), title: z.string(), body: z.string(), by: z.string(), at: z.string() })
    .optional(),
  /** Of a false positive that is refused: the required stages nobody could have seen. */
  blindStages: z
    .array(z.object({ id: z.string(), title: z.string(), why: z.string().nullable() }))
    .optional(),
});
export type Problem = z.infer<typeof problem>;
