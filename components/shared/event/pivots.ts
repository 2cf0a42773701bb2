import type { EventDetail } from '@/lib/contracts/events';
import { allOf, fieldIs } from '@/lib/query/quote';

/** A way on from a value: what it finds, and the query that finds it. */
export type Pivot = { readonly label: string; readonly query: string };

const HASH = /\.hash\.(sha256|sha1|md5)$/;
const PATHS = new Set(['file.path', 'process.executable', 'process.parent.executable', 'dll.path']);
const ENTITIES = new Set([
  'process.entity_id',
  'process.parent.entity_id',
  'process.parent.Ext.real.entity_id',
  'Target.process.entity_id',
]);
const DOMAINS = new Set(['destination.domain', 'dns.question.name']);

/** Where a field's value leads: the same value anywhere, on this host, and what is asked of its sort of value. */
export function pivotsOf(event: Pick<EventDetail, 'host'>, field: string, value: string): Pivot[] {
  const same = fieldIs(field, value);
  const here = fieldIs('host.name', event.host);
  return [
    // A process is one host's: its id says nothing elsewhere.
    ...(ENTITIES.has(field)
      ? [{ label: 'All events of this process', query: allOf(fieldIs('process.entity_id', value), here) }]
      : [
          { label: 'Search events with this', query: same },
          { label: 'On this host only', query: allOf(same, here) },
        ]),
    ...special(field, value),
  ];
}

function special(field: string, value: string): Pivot[] {
  if (ENTITIES.has(field)) return [];
  if (HASH.test(field)) return [{ label: 'This hash in any field', query: fieldIs('hash', value) }];
  if (field.endsWith('.ip')) return [{ label: 'This address, to or from', query: fieldIs('ip', value) }];
  if (DOMAINS.has(field))
    return [
      {
        label: 'Connections to and look-ups of this name',
        query: [...DOMAINS].map((each) => fieldIs(each, value)).join(' or '),
      },
    ];
  if (PATHS.has(field)) return pathPivots(value);
  return [];
}

function pathPivots(path: string): Pivot[] {
  const name = path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
  return [
    {
      label: 'Who wrote, read, loaded or ran this file',
      query: ['file.path', 'process.executable', 'dll.path']
        .map((field) => fieldIs(field, path))
        .join(' or '),
    },
    ...(name === '' || name === path
      ? []
      : [
          {
            label: 'Files and processes of this name',
            query: ['file.name', 'process.name'].map((field) => fieldIs(field, name)).join(' or '),
          },
        ]),
  ];
}

/** Ways on from an event as a whole; an hour to each side of it where time matters. */
export function eventPivots(event: EventDetail): (Pivot & { from?: string; to?: string })[] {
  const entity = event.fields['process.entity_id'];
  const here = fieldIs('host.name', event.host);
  const around = aroundTime(event.time);
  return [
    ...(entity === undefined
      ? []
      : [
          {
            label: 'All events of this process',
            query: allOf(fieldIs('process.entity_id', String(entity)), here),
          },
        ]),
    { label: 'This host, five minutes around', query: here, ...around },
  ];
}

const FIVE_MINUTES = 5 * 60_000;

/** Five minutes to each side, in whole milliseconds; nothing for a time that is none. */
function aroundTime(iso: string): { from?: string; to?: string } {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return {};
  return {
    from: new Date(at - FIVE_MINUTES).toISOString(),
    to: new Date(at + FIVE_MINUTES).toISOString(),
  };
}
