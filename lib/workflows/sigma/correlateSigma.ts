import { micros } from '../../base/time';
import { createCorrelator } from '../../sigma/correlation/correlateHits';
import {
  type CorrelationHit,
  type Dropped,
  fieldsForCorrelations,
} from '../../sigma/correlation/correlationHit';
import type { SigmaRule } from '../../sigma/rule';
import { eachHitInOrder, type NewCorrelated, replaceCorrelated } from '../../storage/sigma/correlated';
import { type ActiveRules, readActiveRules } from './activeRules';

type StoredHit = CorrelationHit & { readonly ruleId: number; readonly hostId: number };

/**
 * Works out what the correlation rules in force find over all hits that no baseline covers, and puts it in the place of
 * what they found before. Returns what had to be let go for want of room. Memory is that of the windows.
 */
export async function correlateSigma(signal?: AbortSignal): Promise<readonly Dropped[]> {
  const active = await readActiveRules();
  const named = rulesNamed(active);
  if (active.correlations.length === 0 || named.size === 0) {
    await replaceCorrelated([]);
    return [];
  }
  const correlator = createCorrelator<StoredHit>(active.correlations);
  const fields = [...new Set([...fieldsForCorrelations(active.correlations).values()].flat())];
  await eachHitInOrder(
    [...named.keys()],
    fields,
    (hits) => {
      for (const { host, hostId, eventId, ruleId, time, fields: values } of hits) {
        const rule = named.get(ruleId);
        if (rule === undefined) continue;
        correlator.add({
          rule: rule.id,
          ...(rule.name === undefined ? {} : { name: rule.name }),
          ...{ host, hostId, eventId, ruleId, time: micros(time), fields: values },
        });
      }
    },
    signal,
  );
  const { correlated, dropped } = correlator.end();
  await replaceCorrelated(
    correlated.map(
      (one): NewCorrelated => ({
        ruleId: active.idOf(one.correlation),
        group: one.group,
        ...{ from: one.from, to: one.to, hits: one.hits, hostIds: one.hostIds },
        events: one.events.map(({ hostId, eventId, ruleId, time }) => ({ hostId, eventId, ruleId, time })),
      }),
    ),
  );
  return dropped;
}

/** Rules in force that correlations call by id or name, by the rows of their texts. */
function rulesNamed({ rules, correlations, idOf }: ActiveRules): ReadonlyMap<number, SigmaRule> {
  const references = new Set(correlations.flatMap((one) => one.rules));
  return new Map(
    rules
      .filter(({ id, name }) => references.has(id) || (name !== undefined && references.has(name)))
      .map((rule) => [idOf(rule), rule]),
  );
}
