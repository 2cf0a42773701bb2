import fc from 'fast-check';
import { micros } from '../base/time';
import {
  type EndpointEvent,
  EVENT_KINDS,
  type EventId,
  NUMBER_FIELDS,
  TEXT_FIELDS,
} from '../events/endpointEvent';
import { QUERY_FIELDS, type QueryField } from './fields';
import type { Part, QueryNode, Wanted } from './node';
import { quoteValue } from './quote';

/** For tests: writes a tree as a query that reads as the same tree. Times and addresses as exact values. */
export function printQuery(node: QueryNode): string {
  switch (node.op) {
    case 'and':
    case 'or':
      return node.nodes.length === 0
        ? '*'
        : node.nodes.map((part) => `(${printQuery(part)})`).join(` ${node.op} `);
    case 'not':
      return `not (${printQuery(node.node)})`;
    case 'exists':
      return `${node.field.name}:*`;
    case 'is':
      return `${node.field.name}:${printWanted(node.wanted)}`;
    case 'compare':
      return `${node.field.name} ${node.than} ${node.value}`;
    case 'anywhere':
      return printPattern(node.pattern);
  }
}

function printWanted(wanted: Wanted): string {
  switch (wanted.type) {
    case 'text':
      return quoteValue(wanted.text);
    case 'pattern':
      return printPattern(wanted.pattern);
    case 'number':
      return String(wanted.number);
    case 'address':
      return quoteValue(wanted.text);
    case 'span':
      throw new Error('times are not printed');
  }
}

/** Literals in quotes, so that nothing in them can be anything else. */
function printPattern(pattern: readonly Part[]): string {
  return pattern
    .map((part) => ('literal' in part ? `"${part.literal.replace(/["\\]/g, '\\$&')}"` : part.wild))
    .join('');
}

/** Texts as telemetry has them, and as an attacker would write them. No NUL: it cannot be stored. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'C:\\Windows\\System32\\mshta.exe',
    'c:\\windows\\system32\\MSHTA.EXE',
    'C:\\Users\\a b\\x(1).svg:Zone.Identifier',
    '\\\\server\\share\\*.hta',
    '\\',
    'a\\',
    'say "hello" and (not) or',
    'and',
    '%_%',
    '*?*',
    '<b>x</b>',
    'пользователь',
    '\u202Egpj.exe',
    'line\nbreak\ttab',
    '10.1.2.3',
    'https://u:p@evil.example:8443/a?b=*#c',
    "' OR 1=1 --",
    '',
  ),
  fc.string({
    unit: fc.constantFrom('a', 'B', '\\', '/', '*', '?', '"', ' ', '%', '_', '.', ':', '(', ')', '\n'),
  }),
);

const EVENT_FIELDS = QUERY_FIELDS.filter(
  (field) => field.type !== 'time' && !['import.id', '_id'].includes(field.name),
);

const part: fc.Arbitrary<Part> = fc.oneof(
  fc.constantFrom<Part>({ wild: '*' }, { wild: '?' }),
  hostileText.filter((text) => text !== '').map((literal) => ({ literal })),
);

/** Neighbouring literals are one, neighbouring `*` are one, and there is at least one wildcard and one literal. */
const pattern = fc
  .array(part, { minLength: 2, maxLength: 5 })
  .map((parts) => {
    const kept: Part[] = [];
    for (const next of parts) {
      const last = kept.at(-1);
      if (last !== undefined && 'literal' in last && 'literal' in next)
        kept[kept.length - 1] = { literal: last.literal + next.literal };
      else if (
        last === undefined ||
        !('wild' in last && 'wild' in next && next.wild === '*' && last.wild === '*')
      )
        kept.push(next);
    }
    return kept;
  })
  .filter((parts) => parts.some((one) => 'wild' in one) && parts.some((one) => 'literal' in one));

const BLOCKS = ['10.0.0.0/8', '192.0.2.7/32', '0.0.0.0/0', 'fe80:0:0:0:0:0:0:0/10', '10.1.2.0/31'];

function wantedOf(field: QueryField): fc.Arbitrary<Wanted> {
  if (field.type === 'number')
    return fc.oneof(fc.constantFrom(0, 443, 4), fc.integer()).map((number) => ({ type: 'number', number }));
  if (field.type === 'ip')
    return fc.constantFrom(...BLOCKS).map((block) => ({ type: 'address', block, text: block }));
  if (field.values !== undefined)
    return fc.constantFrom(...field.values).map((text) => ({ type: 'text', text }));
  return fc.oneof(
    hostileText.map((text): Wanted => ({ type: 'text', text })),
    pattern.map((parts): Wanted => ({ type: 'pattern', pattern: parts })),
  );
}

const condition: fc.Arbitrary<QueryNode> = fc.oneof(
  fc
    .constantFrom(...EVENT_FIELDS)
    .chain((field) => wantedOf(field).map((wanted): QueryNode => ({ op: 'is', field, wanted }))),
  fc.constantFrom(...EVENT_FIELDS).map((field): QueryNode => ({ op: 'exists', field })),
  fc
    .tuple(
      fc.constantFrom(...EVENT_FIELDS.filter((field) => field.type === 'number')),
      fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
      fc.oneof(fc.constantFrom(443, 4), fc.integer()),
    )
    .map(([field, than, value]): QueryNode => ({ op: 'compare', field, than, value })),
  fc
    .oneof(
      pattern,
      hostileText.filter((text) => text !== '').map((literal): readonly Part[] => [{ literal }]),
    )
    .map((parts): QueryNode => ({ op: 'anywhere', pattern: parts })),
);

/** Trees as parseQuery makes them, of every operation. */
export const queryTree: fc.Arbitrary<QueryNode> = fc.letrec<{ tree: QueryNode }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    condition,
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((nodes): QueryNode => ({ op: 'and', nodes })),
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((nodes): QueryNode => ({ op: 'or', nodes })),
    tie('tree').map((node): QueryNode => ({ op: 'not', node })),
  ),
})).tree;

/** Events with few fields and many sorts of value; `seed` makes their ids differ. */
export const anyEvent: fc.Arbitrary<EndpointEvent> = fc
  .record({
    id: fc.uuid().map((id) => id as EventId),
    kind: fc.constantFrom(...EVENT_KINDS),
    time: fc.integer({ min: 1_780_000_000_000_000, max: 1_790_000_000_000_000 }).map(micros),
    host: fc.constantFrom('ws1', 'ws1.corp.example', 'срв', 'odd %_ name'),
    channel: fc.constantFrom('Security', 'Microsoft-Windows-Sysmon/Operational'),
    code: fc.constantFrom('1', '4688', 'ProcessCreated'),
    recordId: fc.option(fc.nat(), { nil: undefined }),
    texts: fc.dictionary(fc.constantFrom(...TEXT_FIELDS), hostileText, { maxKeys: 12 }),
    numbers: fc.dictionary(
      fc.constantFrom(...NUMBER_FIELDS),
      fc.oneof(fc.constantFrom(0, 443, 4), fc.nat()),
      { maxKeys: 4 },
    ),
    addresses: fc.dictionary(
      fc.constantFrom('destination.ip', 'source.ip'),
      fc.constantFrom(
        '10.1.2.3',
        '192.0.2.7',
        'fe80::1',
        'FE80:0:0:0::1%3',
        '::ffff:10.0.0.1',
        'not one',
        '1.2.3.400',
        '10.0.0.0/8',
      ),
    ),
  })
  .map(({ texts, numbers, addresses, recordId, ...event }) => ({
    ...event,
    clock: 'source' as const,
    recorded: event.time,
    ...(recordId === undefined ? {} : { recordId }),
    ...texts,
    ...numbers,
    ...addresses,
  }));
