import type { Catalogue } from '../../analytics/catalogue';
import { namesRules } from '../../correlate/namesRules';
import { type HostSigma, NO_SIGMA } from '../../sigma/hit';
import { type HostSource, sightOfRule } from '../../sigma/sources/sight';
import { sourceOfKey } from '../../sigma/sources/sigmaRecord';
import type { Connection } from '../../storage/client';
import { loadHostSigma, loadSourcesOfHost } from '../../storage/sigma/hostSigma';
import { readActiveRules } from './activeRules';

/**
 * Sigma on one machine, by all of its recorded names, as its correlation takes it. Which rules cannot be decided on
 * it is found out only where a definition asks for rules: the score does not hang on it.
 */
export async function readHostSigma(
  connection: Pick<Connection, 'query'>,
  hostIds: readonly number[],
  catalogues: readonly Catalogue[],
  importIds: readonly number[] = [],
): Promise<HostSigma> {
  const sigma = await loadHostSigma(connection, hostIds, importIds);
  if (sigma === NO_SIGMA || !catalogues.some(namesRules)) return sigma;
  const sources = (await loadSourcesOfHost(connection, hostIds)).flatMap((row): readonly HostSource[] => {
    const source = sourceOfKey(row.source);
    return source === undefined ? [] : [{ source, records: row.records, fields: new Set(row.fields) }];
  });
  const undecidable = new Map<string, string>();
  for (const rule of (await readActiveRules()).rules) {
    const { state, why } = sightOfRule(rule, sources);
    if (state === 'blind') undecidable.set(rule.id, asClause(why));
  }
  return { ...sigma, undecidable };
}

/** A sentence as the end of another. */
function asClause(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`;
}
