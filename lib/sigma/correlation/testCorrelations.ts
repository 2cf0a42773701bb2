import { micros } from '../../base/time';
import type { SigmaCorrelation } from '../rule';
import type { CorrelationHit } from './correlationHit';

export const SECOND = 1_000_000;

/** A correlation of the tests; only what a test is about is given. */
export function correlation(
  one: Partial<SigmaCorrelation> & Pick<SigmaCorrelation, 'type'>,
): SigmaCorrelation {
  return {
    kind: 'correlation',
    id: 'correlation',
    title: 'Correlation',
    status: 'test',
    level: 'high',
    description: '',
    author: '',
    tags: [],
    references: [],
    falsePositives: [],
    related: [],
    path: 'correlation.yml',
    line: 1,
    yaml: '',
    rules: ['logon_failed'],
    groupBy: [],
    timespan: 10 * SECOND,
    conditions: [],
    fields: [],
    aliases: {},
    generate: false,
    ...one,
  };
}

let numbered = 0;

/** A hit of a rule at a second; each is on an event of its own unless `eventId` says otherwise. */
export function hit(
  rule: string,
  second: number,
  fields: Readonly<Record<string, string>> = {},
  more: Partial<CorrelationHit> = {},
): CorrelationHit {
  numbered++;
  return { rule, host: 'pc1', eventId: `event ${numbered}`, time: micros(second * SECOND), fields, ...more };
}
