import type { When } from '../analytics/analytic';
import type { Predicate } from '../analytics/predicate/predicate';

/** Stands among stage ids for "whether the chain is complete". */
export const COMPLETENESS = '*complete';

/** Whether a condition looks at any of these stages, or at completeness if that is named. */
export function touches(when: When, changed: ReadonlySet<string>): boolean {
  switch (when.op) {
    case 'complete':
      return changed.has(COMPLETENESS);
    case 'stage':
    case 'ancestor':
    case 'normalised':
      return changed.has(when.stage);
    case 'matched':
      return when.stages.some((stage) => changed.has(stage));
    case 'event':
      return when.alternative.relations.some((relation) => changed.has(relation.to));
    case 'not':
      return touches(when.of, changed);
    default:
      return when.of.some((inner) => touches(inner, changed));
  }
}

/** The predicates that a condition judges. */
export function predicatesOf(when: When): readonly Predicate[] {
  switch (when.op) {
    case 'stage':
      return when.where === undefined ? [] : [when.where];
    case 'ancestor':
      return [when.where];
    case 'event':
      return [when.alternative.where];
    case 'not':
      return predicatesOf(when.of);
    case 'all':
    case 'any':
      return when.of.flatMap(predicatesOf);
    default:
      return [];
  }
}
