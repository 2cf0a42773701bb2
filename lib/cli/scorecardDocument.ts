import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Catalogue } from '../analytics/catalogue';
import type { Scorecard } from '../validation/scorecard';
import type { Unusable } from './labelledFolder';

/** All that a run of `validate` found out: what it prints in each of its shapes. */
export type ValidationDocument = {
  readonly definitions: readonly Definition[];
  readonly scorecards: readonly Scorecard[];
  readonly unusable: readonly Unusable[];
  /** Differences without a stated reason. */
  readonly unexplained: number;
};

type Definition = {
  readonly analytic: string;
  readonly version: string;
  /** SHA-256 of the definition's file. */
  readonly sha256: string;
};

const CATALOGUE = path.join(import.meta.dirname, '..', 'analytics', 'catalogue');

/** Puts scorecards together with the versions of the definitions they were made with. */
export async function validationDocument(
  catalogue: Catalogue,
  scorecards: readonly Scorecard[],
  unusable: readonly Unusable[],
): Promise<ValidationDocument> {
  return {
    definitions: await definitionsOf(catalogue),
    scorecards,
    unusable,
    unexplained: scorecards
      .flatMap(({ differences }) => differences)
      .filter((one) => one.because === undefined).length,
  };
}

async function definitionsOf(catalogue: Catalogue): Promise<readonly Definition[]> {
  const hashes = new Map<string, string>();
  for (const name of (await readdir(CATALOGUE)).filter((one) => one.endsWith('.yaml'))) {
    const text = await readFile(path.join(CATALOGUE, name));
    hashes.set(name.replace(/\.yaml$/, ''), createHash('sha256').update(text).digest('hex'));
  }
  const definitions = catalogue.analytics.map(({ id, version }) => ({
    analytic: id,
    version,
    sha256: hashes.get(id.toLowerCase()) ?? '',
  }));
  return [...definitions, { analytic: 'lists', version: '', sha256: hashes.get('lists') ?? '' }];
}
