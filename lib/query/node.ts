import type { QueryField } from './fields';

/** A piece of a text that is looked for: as it stands, or any run (`*`) or any one character (`?`). */
export type Part = { readonly literal: string } | { readonly wild: '*' | '?' };

/** A text with at least one wildcard; neighbouring `*` are one, neighbouring literals are one. */
export type Pattern = readonly Part[];

/** What the value of a field is compared with. Case never matters. */
export type Wanted =
  /** The whole value; in prose (message, script text) anywhere in it. */
  | { readonly type: 'text'; readonly text: string }
  /** The whole value; in prose anywhere in it. */
  | { readonly type: 'pattern'; readonly pattern: Pattern }
  | { readonly type: 'number'; readonly number: number }
  /** The same text, or an address in the block; `block` is canonical: `10.0.0.0/8`, `fe80:0:0:0:0:0:0:0/10`. */
  | { readonly type: 'address'; readonly block: string; readonly text: string }
  /** From `from` until before `to`, microseconds: a day, an hour, a second or less, as exact as it was written. */
  | { readonly type: 'span'; readonly from: number; readonly to: number };

export type Comparison = '<' | '<=' | '>' | '>=';

/**
 * A query as a tree. It answers yes or no for every event: what is not recorded satisfies nothing, and `not` turns
 * that into yes.
 */
export type QueryNode =
  /** No nodes: everything (`and`), nothing (`or`). */
  | { readonly op: 'and' | 'or'; readonly nodes: readonly QueryNode[] }
  | { readonly op: 'not'; readonly node: QueryNode }
  /** The field has a value. */
  | { readonly op: 'exists'; readonly field: QueryField }
  | { readonly op: 'is'; readonly field: QueryField; readonly wanted: Wanted }
  /** Numbers, and times in microseconds. */
  | {
      readonly op: 'compare';
      readonly field: QueryField;
      readonly than: Comparison;
      readonly value: number;
    }
  /** Anywhere in one of the fields free text is looked for in. */
  | { readonly op: 'anywhere'; readonly pattern: Pattern };

/** A mistake in a query and its place, in UTF-16 units; `to` is behind its last character. */
export type QueryProblem = { readonly message: string; readonly from: number; readonly to: number };
