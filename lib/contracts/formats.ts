import { z } from 'zod';

/** An export format that can be read; `id` is what overrides detection. */
export const formatView = z.object({ id: z.string(), title: z.string() });
export const formatList = z.object({ items: z.array(formatView) });
export type FormatList = z.infer<typeof formatList>;
