import { z } from 'zod';
import type { Permission } from '../access/can';

/** One operation of the API: what its door checks and what its description says, from the same declaration. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  /** `anyone`: also those who have not signed in, as signing in itself. */
  readonly permit: Permission | 'anyone';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Longest JSON body in bytes, where it is not that of a decision. */
  readonly bodyBytes?: number;
  /** Shape of the answer; a media type when it is not JSON of ours. */
  readonly answer: z.ZodType | string;
  /** What the request's body is when it is not JSON. */
  readonly takes?: string;
  /** Statuses of success; 200 when not given. */
  readonly statuses?: readonly number[];
};

/** Whether to answer only when the work is done. */
export const wait = z.object({
  wait: z.enum(['true', 'false']).default('false').meta({ description: 'answer when correlation is done' }),
});
/** A resource by number. */
export const numbered = z.object({
  id: z.string().regex(/^\d{1,9}$/, 'a number'),
});
/** A resource by id or name. */
export const named = z.object({ id: z.string().min(1).max(400) });
