import { inCidr } from '../events/addresses';
import type { EndpointEvent } from '../events/endpointEvent';
import { FREE_TEXT_FIELDS, type QueryField } from './fields';
import type { Comparison, Pattern, QueryNode, Wanted } from './node';
import { type EventContext, valuesOf } from './values';
import { anywhere, matchesPattern } from './wildcard';

/**
 * Whether an event is what a query asks for: the meaning the database's search is held against. `context` says what
 * the event itself does not: other names of its host, its imports. Null asks nothing and matches all.
 */
export function matchesQuery(
  node: QueryNode | null,
  event: EndpointEvent,
  context: EventContext = {},
): boolean {
  if (node === null) return true;
  switch (node.op) {
    case 'and':
      return node.nodes.every((part) => matchesQuery(part, event, context));
    case 'or':
      return node.nodes.some((part) => matchesQuery(part, event, context));
    case 'not':
      return !matchesQuery(node.node, event, context);
    case 'exists':
      return node.field.sources.some((source) => valuesOf(source, event, context).length > 0);
    case 'is':
      return someValue(node.field, event, context, (value) =>
        isWanted(node.wanted, value, node.field.prose === true),
      );
    case 'compare':
      return someValue(
        node.field,
        event,
        context,
        (value) => typeof value === 'number' && compares(value, node.than, node.value),
      );
    case 'anywhere': {
      const pattern = anywhere(node.pattern);
      return FREE_TEXT_FIELDS.some((field) => isLike(event[field], pattern));
    }
  }
}

function someValue(
  field: QueryField,
  event: EndpointEvent,
  context: EventContext,
  holds: (value: string | number) => boolean,
): boolean {
  return field.sources.some((source) => valuesOf(source, event, context).some(holds));
}

/** Whether one value is what is wanted; in prose, whether it holds it. */
export function isWanted(wanted: Wanted, value: string | number, prose = false): boolean {
  switch (wanted.type) {
    case 'number':
      return value === wanted.number;
    case 'span':
      return typeof value === 'number' && value >= wanted.from && value < wanted.to;
    case 'address':
      return typeof value === 'string' && (sameText(value, wanted.text) || inCidr(value, wanted.block));
    case 'pattern':
      return isLike(value, prose ? anywhere(wanted.pattern) : wanted.pattern);
    case 'text':
      if (typeof value !== 'string') return false;
      return prose ? value.toLowerCase().includes(wanted.text.toLowerCase()) : sameText(value, wanted.text);
  }
}

function isLike(value: string | number | undefined, pattern: Pattern): boolean {
  return typeof value === 'string' && matchesPattern(pattern, value);
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function compares(value: number, than: Comparison, bound: number): boolean {
  switch (than) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
  }
}
