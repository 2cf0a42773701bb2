import { EVENT_KINDS, type EventKind } from '../events/endpointEvent';
import { FREE_TEXT_FIELDS, type QueryField, type QuerySource } from '../query/fields';
import { isWanted } from '../query/matches';
import type { Pattern, QueryNode, Wanted } from '../query/node';
import { anywhere } from '../query/wildcard';
import { pool } from './client';
import type { Conditions } from './conditions';
import { fieldSql, sourceSql } from './eventColumns';
import { kindNumber } from './rows';
import { isStorable } from './storableText';

/** A query with what the names in it stand for here. */
export type PreparedQuery = {
  readonly node: QueryNode;
  /** All names of each host group, beside the ids of its members; loaded only when the query asks for a host. */
  readonly hosts: readonly { readonly ids: readonly number[]; readonly names: readonly string[] }[];
  readonly channels: readonly { readonly id: number; readonly name: string }[];
};

/** Looks up the hosts and channels a query names: their numbers are what events are found by. */
export async function prepareQuery(node: QueryNode): Promise<PreparedQuery> {
  const parts = partsOf(node);
  const [hosts, channels] = await Promise.all([
    parts.has('host') ? loadHostNames() : [],
    parts.has('channel') ? loadChannels() : [],
  ]);
  return { node, hosts, channels };
}

/** SQL that holds for the events (alias `e`) a query finds; texts of people only ever become parameters. */
export function queryCondition(query: PreparedQuery, conditions: Conditions): string {
  return new Translation(query, conditions).of(query.node);
}

/** Hosts outside of which nothing can be found; undefined when the query does not say. */
export function hostsOfQuery(query: PreparedQuery): readonly number[] | undefined {
  const ids = conjunctsOf(query.node).flatMap((node) => {
    if (node.op !== 'is' || !node.field.sources.every(isHost)) return [];
    return [new Set(hostIdsOf(query, node.wanted))];
  });
  const [first, ...others] = ids;
  return first === undefined ? undefined : [...first].filter((id) => others.every((other) => other.has(id)));
}

/** Kinds that what is found can have; undefined when the query does not say. */
export function kindsOfQuery({ node }: PreparedQuery): readonly EventKind[] | undefined {
  const fixing = conjunctsOf(node).flatMap((part) =>
    part.op === 'is' && part.field.values === EVENT_KINDS ? [part.wanted] : [],
  );
  if (fixing.length === 0) return undefined;
  return EVENT_KINDS.filter((kind) => fixing.every((wanted) => isWanted(wanted, kind)));
}

/** Conditions that must all hold. */
function conjunctsOf(node: QueryNode): readonly QueryNode[] {
  return node.op === 'and' ? node.nodes.flatMap(conjunctsOf) : [node];
}

function isHost(source: QuerySource): boolean {
  return source.from === 'event' && source.part === 'host';
}

function partsOf(node: QueryNode): ReadonlySet<string> {
  switch (node.op) {
    case 'and':
    case 'or':
      return new Set(node.nodes.flatMap((part) => [...partsOf(part)]));
    case 'not':
      return partsOf(node.node);
    case 'anywhere':
      return new Set();
    default:
      return new Set(node.field.sources.map((source) => (source.from === 'event' ? source.part : '')));
  }
}

async function loadHostNames(): Promise<PreparedQuery['hosts']> {
  const { rows } = await pool().query<{ ids: number[]; names: string[] }>(
    'SELECT array_agg(id) AS ids, array_agg(name) AS names FROM hosts GROUP BY canonical_id',
  );
  return rows;
}

async function loadChannels(): Promise<PreparedQuery['channels']> {
  const { rows } = await pool().query<{ id: number; name: string }>('SELECT id, name FROM channels');
  return rows;
}

function hostIdsOf({ hosts }: PreparedQuery, wanted: Wanted): readonly number[] {
  return hosts.filter(({ names }) => names.some((name) => isWanted(wanted, name))).flatMap(({ ids }) => ids);
}

/**
 * A tree as SQL. A condition is NULL where nothing is recorded, which `and` and `or` take for no, and which `not`
 * turns into yes by IS NOT TRUE: as lib/query/matches.ts has it.
 */
class Translation {
  readonly #query: PreparedQuery;
  readonly #conditions: Conditions;

  constructor(query: PreparedQuery, conditions: Conditions) {
    this.#query = query;
    this.#conditions = conditions;
  }

  of(node: QueryNode): string {
    switch (node.op) {
      case 'and':
        return joined(
          node.nodes.map((part) => this.of(part)),
          'AND',
          'TRUE',
        );
      case 'or':
        return joined(
          node.nodes.map((part) => this.of(part)),
          'OR',
          'FALSE',
        );
      case 'not':
        return `(${this.of(node.node)}) IS NOT TRUE`;
      case 'exists':
        return anySource(node.field, existsSql);
      case 'is':
        return anySource(node.field, (source) => this.#is(source, node.wanted, node.field.prose === true));
      case 'compare':
        return anySource(node.field, (source) =>
          this.#numeric(source, (value) => `${value} ${node.than} ${this.#number(node.value, node.field)}`),
        );
      case 'anywhere':
        return this.#anywhere(node.pattern);
    }
  }

  #value(value: unknown, type: string): string {
    return `${this.#conditions.value(value)}::${type}`;
  }

  /** Times as whole numbers, which an index can use; other numbers may have fractions. */
  #number(value: number, field: QueryField): string {
    return field.type === 'time'
      ? this.#value(Math.round(value), 'bigint')
      : this.#value(value, 'double precision');
  }

  #is(source: QuerySource, wanted: Wanted, prose: boolean): string {
    if (source.from === 'event') {
      if (source.part === 'host') return this.#oneOf('e.host_id', hostIdsOf(this.#query, wanted), 'int[]');
      if (source.part === 'channel') return this.#oneOf('e.channel_id', this.#channelIds(wanted), 'int[]');
      if (source.part === 'kind')
        return this.#oneOf(
          'e.kind',
          EVENT_KINDS.filter((kind) => isWanted(wanted, kind)).map(kindNumber),
          'smallint[]',
        );
      if (source.part === 'id' && wanted.type === 'text')
        return UUID.test(wanted.text) ? `e.id = ${this.#value(wanted.text, 'uuid')}` : 'FALSE';
    }
    switch (wanted.type) {
      case 'number':
        return this.#numeric(
          source,
          (value) => `${value} = ${this.#value(wanted.number, 'double precision')}`,
        );
      case 'span': {
        const from = this.#value(Math.round(wanted.from), 'bigint');
        const to = this.#value(Math.round(wanted.to), 'bigint');
        return this.#numeric(source, (value) => `(${value} >= ${from} AND ${value} < ${to})`);
      }
      case 'address':
        return this.#address(sourceSql(source), wanted.block, wanted.text);
      case 'text':
        return prose
          ? this.#like(sourceSql(source), anywhere([{ literal: wanted.text }]))
          : this.#equals(source, wanted.text);
      case 'pattern':
        return this.#like(sourceSql(source), prose ? anywhere(wanted.pattern) : wanted.pattern);
    }
  }

  #oneOf(column: string, ids: readonly number[], type: string): string {
    return ids.length === 0 ? 'FALSE' : `${column} = ANY(${this.#value(ids, type)})`;
  }

  #channelIds(wanted: Wanted): readonly number[] {
    return this.#query.channels.filter(({ name }) => isWanted(wanted, name)).map(({ id }) => id);
  }

  /** An event is in the import that brought it and in all that sighted it. */
  #numeric(source: QuerySource, holds: (value: string) => string): string {
    const own = holds(sourceSql(source));
    if (source.from !== 'event' || source.part !== 'import') return own;
    return `(${own} OR EXISTS (SELECT 1 FROM sightings s WHERE s.host_id = e.host_id AND s.event_id = e.id AND ${holds('s.import_id')}))`;
  }

  #equals(source: QuerySource, text: string): string {
    if (!isStorable(text)) return 'FALSE';
    const same = `lower(${sourceSql(source)}) = lower(${this.#value(text, 'text')})`;
    if (source.from === 'field' || source.from === 'event') return same;
    // Most rows are told apart by the text alone, before anything is cut out of it.
    return `(${this.#like(fieldSql(source.field), anywhere([{ literal: text }]))} AND ${same})`;
  }

  #like(value: string, pattern: Pattern): string {
    if (!pattern.every((part) => !('literal' in part) || isStorable(part.literal))) return 'FALSE';
    return `${value} ILIKE ${this.#value(likePattern(pattern), 'text')}`;
  }

  /** What is no address is no address in a block, and no error; IPv4 written as IPv6 is IPv4. */
  #address(value: string, block: string, text: string): string {
    // What cannot be stored is no event's text, though the block it names can hold addresses (fe80::1% and a NUL).
    const texts = isStorable(text) ? [text.toLowerCase()] : [];
    const [address = ''] = block.split('/32');
    if (block.endsWith('/32') && !block.includes(':'))
      return `lower(${value}) = ANY(${this.#value([...texts, address, `::ffff:${address}`], 'text[]')})`;
    const same = `lower(${value}) = ANY(${this.#value(texts, 'text[]')})`;
    const bare = String.raw`regexp_replace(regexp_replace(${value}, '%.*$', ''), '^::ffff:(?=\d+\.)', '', 'i')`;
    return String.raw`(${same} OR CASE WHEN ${value} ~ '^(\d{1,3}(\.\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%.*)?)$'
      AND pg_input_is_valid(${bare}, 'inet') THEN ${bare}::inet <<= ${this.#value(block, 'inet')} ELSE FALSE END)`;
  }

  /** Without wildcards in one go over all texts; a character nobody writes keeps them apart. */
  #anywhere(pattern: Pattern): string {
    const columns = FREE_TEXT_FIELDS.map(fieldSql);
    const around = anywhere(pattern);
    const plain = pattern.every((part) => 'literal' in part && !part.literal.includes('\u0001'));
    if (plain) return this.#like(`concat_ws(E'\\x01', ${columns.join(', ')})`, around);
    return joined(
      columns.map((column) => this.#like(column, around)),
      'OR',
      'FALSE',
    );
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function joined(parts: readonly string[], by: 'AND' | 'OR', none: string): string {
  if (parts.length === 0) return none;
  return parts.length === 1 ? (parts[0] ?? none) : `(${parts.join(` ${by} `)})`;
}

function anySource(field: QueryField, of: (source: QuerySource) => string): string {
  return joined(field.sources.map(of), 'OR', 'FALSE');
}

function existsSql(source: QuerySource): string {
  const always = source.from === 'event' && source.part !== 'record';
  return always ? 'TRUE' : `${sourceSql(source)} IS NOT NULL`;
}

function likePattern(pattern: Pattern): string {
  return pattern
    .map((part) => {
      if ('literal' in part) return part.literal.replace(/[\\%_]/g, '\\$&');
      return part.wild === '*' ? '%' : '_';
    })
    .join('');
}
