import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type BuiltCatalogue,
  buildCatalogue,
  type CatalogueFile,
  type CatalogueSources,
} from '../analytics/catalogue';
import { micros } from '../base/time';
import { baselinesInForce } from '../storage/baselines';
import { databaseUrl } from '../storage/client';
import { listSettings, settingsStamp } from '../storage/settings';
import { definitionBody, environmentBody, tuningBody } from './settingBodies';

/** The definitions in force here, and what they were made from. */
export type InForce = BuiltCatalogue & {
  readonly sources: CatalogueSources;
  /** Differs whenever the shipped files, the settings or the baselines in force differ. */
  readonly basis: string;
};

type Shipped = { readonly files: readonly CatalogueFile[]; readonly digest: string };

let shipped: Promise<Shipped> | undefined;
let known: { readonly key: string; readonly inForce: Promise<InForce> } | undefined;

/**
 * The definitions in force: those shipped in the product's own folder, which the launcher makes the working
 * directory, with the environment's settings and baselines. Built again only when these have changed, which one
 * short query tells: web and workers are processes of their own. Throws what buildCatalogue throws.
 */
export async function readCatalogue(): Promise<InForce> {
  const files = await shippedFiles();
  const basis = `${files.digest}.${await settingsStamp()}`;
  const key = `${databaseUrl()} ${basis}`;
  if (known?.key !== key) known = { key, inForce: build(files, basis) };
  const { inForce } = known;
  inForce.catch(() => {
    if (known?.inForce === inForce) known = undefined;
  });
  return inForce;
}

/** What the catalogue is made from, for a stamp that was read with the caller's own locks. */
export async function basisOf(stamp: string): Promise<string> {
  return `${(await shippedFiles()).digest}.${stamp}`;
}

async function build({ files }: Shipped, basis: string): Promise<InForce> {
  const [settings, baselines] = await Promise.all([listSettings(), baselinesInForce()]);
  const environment = settings.find(({ kind }) => kind === 'environment');
  const sources: CatalogueSources = {
    files,
    tunings: new Map(
      settings.flatMap(({ kind, subject, version, body }) =>
        kind === 'tuning' ? [[subject, { ...tuningBody(body), revision: version }] as const] : [],
      ),
    ),
    definitions: settings.flatMap(({ kind, subject, version, body }) =>
      kind === 'definition' ? [{ id: subject, ...definitionBody(body), revision: version }] : [],
    ),
    ...(environment === undefined
      ? {}
      : { environment: { ...environmentBody(environment.body), revision: environment.version } }),
    baselines: baselines.map(({ points, expiresAt, ...baseline }) => ({
      ...baseline,
      points: points ?? undefined,
      until: micros(expiresAt.getTime() * 1000),
    })),
  };
  return { ...buildCatalogue(sources), sources, basis };
}

function shippedFiles(): Promise<Shipped> {
  shipped ??= readShipped(path.join(process.cwd(), 'lib/analytics/catalogue'));
  return shipped;
}

async function readShipped(folder: string): Promise<Shipped> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  const files = await Promise.all(
    names.map(async (name) => ({ name, text: await readFile(path.join(folder, name), 'utf8') })),
  );
  const digest = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  return { files, digest };
}
