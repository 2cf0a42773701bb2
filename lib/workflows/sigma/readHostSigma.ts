import type { Catalogue } from '../../analytics/catalogue';
import { namesRules } from '../../correlate/namesRules';
import { type HostSigma, NO_SIGMA } from '../../sigma/hit';
import type { HostSource } from '../../sigma/sources/sight';
import { sourceOfKey } from '../../sigma/sources/sigmaRecord';
import { undecidableRules } from '../../sigma/sources/undecidable';
import type { Connection } from '../../storage/client';
import { loadHostSigma, loadSourcesOfHost, loadUnreadImports } from '../../storage/sigma/hostSigma';
import { type ActiveRules, readActiveRules } from './activeRules';

/**
 * Sigma on one machine, by all of its recorded names, as its correlation takes it. Which rules run, and which cannot be
 * decided on it, is found out only where a definition asks for rules: the score does not hang on it. While the rules
 * were not run over all that came of the machine, none can be decided.
 */
export async function readHostSigma(
  connection: Pick<Connection, 'query'>,
  hostIds: readonly number[],
  catalogues: readonly Catalogue[],
  importIds: readonly number[] = [],
): Promise<HostSigma> {
  const sigma = await loadHostSigma(connection, hostIds, importIds);
  if (sigma === NO_SIGMA || !catalogues.some(namesRules)) return sigma;
  const active = await readActiveRules();
  return {
    ...sigma,
    enabled: toldRules(active),
    undecidable: await undecidableOn(connection, hostIds, active),
  };
}

/** Rules that run and that people are told the hits of. */
function toldRules({ rules, idOf, silent }: ActiveRules): ReadonlySet<string> {
  return new Set(rules.filter((rule) => !silent.has(idOf(rule))).map(({ id }) => id.toLowerCase()));
}

async function undecidableOn(
  connection: Pick<Connection, 'query'>,
  hostIds: readonly number[],
  { rules, digest }: ActiveRules,
): Promise<ReadonlyMap<string, string>> {
  const [unread] = await loadUnreadImports(connection, hostIds, digest);
  if (unread !== undefined) {
    const { importId, failed } = unread;
    const why = `the rules ${failed ? 'could not be run' : 'were not yet run'} over import ${importId}`;
    return new Map(rules.map(({ id }) => [id, why]));
  }
  const sources = (await loadSourcesOfHost(connection, hostIds)).flatMap((row): readonly HostSource[] => {
    const source = sourceOfKey(row.source);
    return source === undefined ? [] : [{ source, records: row.records, fields: new Set(row.fields) }];
  });
  return undecidableRules(rules, sources);
}
