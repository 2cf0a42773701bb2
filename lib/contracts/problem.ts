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
});
export type Problem = z.infer<typeof problem>;
