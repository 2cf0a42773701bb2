import { formatMicros, micros } from '../base/time';
import type { AnalyzeSigma } from '../contracts/analyze';
import { createCorrelator } from '../sigma/correlation/correlateHits';
import type { Correlated, CorrelationHit, Dropped } from '../sigma/correlation/correlationHit';
import { compareTexts, namedRule, type Settle } from './sigmaNames';
import type { SigmaWatch } from './sigmaWatch';

/** A hit with the title of its rule, to be told by. */
type TitledHit = CorrelationHit & { readonly title: string };

/** What correlation rules found over all hits, in order of time, and what had no room in sentences. */
export function correlateSeen(
  watch: SigmaWatch,
  hostOf: (name: string) => string,
  settle: Settle,
): { readonly correlated: AnalyzeSigma['correlated']; readonly problems: readonly string[] } {
  const hits = watch.seen().flatMap((hit): TitledHit[] => {
    const { ruleId: rule, title, eventId, host, correlated } = hit;
    if (correlated === undefined) return [];
    const { name, fields } = correlated;
    const time = micros(settle(hit).time);
    return [
      { rule, title, eventId, fields, time, host: hostOf(host), ...(name === undefined ? {} : { name }) },
    ];
  });
  hits.sort((a, b) => a.time - b.time || compareTexts(a.eventId, b.eventId) || compareTexts(a.rule, b.rule));
  const correlator = createCorrelator<TitledHit>(watch.given.correlations);
  for (const hit of hits) correlator.add(hit);
  const { correlated, dropped } = correlator.end();
  return { correlated: correlated.map(toView), problems: dropped.map(toSentence) };
}

function toView(found: Correlated<TitledHit>): AnalyzeSigma['correlated'][number] {
  const { correlation, group, from, to, hits, hosts, events } = found;
  return {
    rule: namedRule(correlation),
    type: correlation.type,
    group: group.map(({ field, value }) => ({ field, value })),
    hits,
    hosts: [...hosts],
    from: formatMicros(from),
    to: formatMicros(to),
    events: events.map(({ title, host, time }) => ({ title, host, time: formatMicros(time) })),
  };
}

function toSentence({ correlation, hits, groups, results }: Dropped): string {
  const what = [
    hits > 0 ? `${hits} hits` : '',
    groups > 0 ? `${groups} groups` : '',
    results > 0 ? `${results} results` : '',
  ].filter((part) => part !== '');
  return `the Sigma correlation "${correlation.title}" had more than there is room for: ${what.join(', ')} were let go`;
}
