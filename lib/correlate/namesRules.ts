import type { Catalogue } from '../analytics/catalogue';
import { predicatesOf } from '../findings/touchedStages';
import { alternativesOf, conditionsOf } from './relevantEvents';

const KNOWN = new WeakMap<Catalogue, boolean>();

/** Whether any definition asks which of Sigma's rules hit an event. */
export function namesRules(catalogue: Catalogue): boolean {
  const known = KNOWN.get(catalogue);
  if (known !== undefined) return known;
  const predicates = [
    ...alternativesOf(catalogue).flatMap(({ where, given }) =>
      given === undefined ? [where] : [where, given],
    ),
    ...catalogue.analytics.flatMap(conditionsOf).flatMap(predicatesOf),
    ...catalogue.baselines.flatMap(({ when }) => predicatesOf(when)),
  ];
  const names = predicates.some(({ lacks }) => lacks !== undefined);
  KNOWN.set(catalogue, names);
  return names;
}
