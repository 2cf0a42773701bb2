import { z } from 'zod';
import type { FindingQuery } from './findings';
import { isoTime, severity, storableText } from './scalars';

/** A view of the queue kept under a name: the search part of its address. */
export const savedView = z.object({
  id: z.int(),
  name: z.string(),
  /** What the URL of Triage carries after `?`. */
  search: z.string(),
  /** Seen by everybody; else by its owner only. */
  shared: z.boolean(),
  by: z.string(),
  at: isoTime,
  /** Findings it shows now. */
  count: z.int(),
});
export type SavedView = z.infer<typeof savedView>;
export const savedViewList = z.object({ items: z.array(savedView) });
export const saveViewBody = z.object({
  name: storableText.trim().min(1).max(80),
  search: storableText.max(4000),
  shared: z.boolean().default(false),
});

/** Views of the queue, by the name the URL of Triage gives them, in the order of the rail. */
export const TRIAGE_VIEWS = [
  'open',
  'mine',
  'unassigned',
  'due',
  'reopened',
  'partial',
  'blind',
  'suppressed',
  'closed',
] as const;
export type TriageView = (typeof TRIAGE_VIEWS)[number];

const OPEN = { verdict: 'none', suppressed: 'false' } as const;

/** What each view asks of the API; "mine" also asks for the assignee, who is whoever looks. */
export const VIEW_QUERY: Readonly<Record<TriageView, FindingQuery>> = {
  open: OPEN,
  mine: OPEN,
  unassigned: { ...OPEN, assignee: 'none' },
  due: { ...OPEN, clock: 'soon' },
  reopened: { ...OPEN, reopened: 'true' },
  partial: { ...OPEN, status: 'partial' },
  blind: { ...OPEN, blind: 'true' },
  suppressed: { suppressed: 'true' },
  closed: { verdict: 'any', suppressed: 'any' },
};

/**
 * The query of the API that the search part of Triage's address stands for: what its view asks, and what the address
 * says itself. "Mine" is whoever looks, not who saved it. Not checked: that is the query's schema's.
 */
export function viewOfSearch(search: string, me: string): Readonly<Record<string, unknown>> {
  const said = Object.fromEntries(new URLSearchParams(search));
  const name = TRIAGE_VIEWS.find((view) => view === (said.view ?? 'open'));
  return {
    // A chosen verdict or baseline replaces the view's own.
    ...(said.baseline !== undefined ? { suppressed: 'any' } : name && VIEW_QUERY[name]),
    ...(said.verdict === undefined || said.verdict === 'none' ? {} : { suppressed: 'any' }),
    ...said,
    ...(name === 'mine' && said.baseline === undefined ? { assignee: me } : {}),
  };
}

/** How long a finding of each severity may wait for its verdict, in minutes; absent: no clock. */
export const serviceClocks = z.object({
  items: z.array(
    z.object({ severity, minutes: z.int().min(1).max(525_600), setBy: z.string(), setAt: isoTime }),
  ),
});
export type ServiceClocks = z.infer<typeof serviceClocks>;
export const setServiceClocksBody = z.object({
  items: z.array(z.object({ severity, minutes: z.int().min(1).max(525_600) })).max(5),
});
