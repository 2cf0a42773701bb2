import { AppError } from '../../base/appError';
import { MICROS_PER_DAY, parseMicros } from '../../base/time';
import type { SigmaBaselineView } from '../../contracts/sigmaBaselines';
import type { SigmaHitView } from '../../contracts/sigmaHits';
import { addAudit } from '../../storage/audit';
import { type Connection, transaction } from '../../storage/client';
import { findHost } from '../../storage/hosts';
import {
  addSigmaBaseline,
  isRuleKnown,
  listSigmaBaselines,
  revokeSigmaBaseline as revoke,
  type StoredSigmaBaseline,
} from '../../storage/sigma/baselines';
import { type BaselinePattern, coverableHits, createPattern } from '../../storage/sigma/baselinesCover';
import { loadHit } from '../../storage/sigma/hits';
import { loadTruePositives } from '../../storage/sigma/hitsTruePositive';
import { hitView } from './hitViews';

/** What is to be normal, as the API takes it. */
type Pattern = {
  readonly ruleId: string;
  readonly host: string | null;
  readonly fields: Readonly<Record<string, readonly string[]>>;
};

type Key = { readonly hostId: number; readonly eventId: string; readonly ruleId: number };
type Reach = {
  readonly covers: number;
  readonly of: number;
  readonly hosts: number;
  readonly losesTruePositives: number;
  readonly examples: readonly Key[];
};

const EXAMPLES = 10;
const LONGEST = 365 * MICROS_PER_DAY;

/** Baselines of hits, newest first. */
export async function readSigmaBaselines(): Promise<{ items: SigmaBaselineView[] }> {
  return { items: (await listSigmaBaselines()).map(toView) };
}

/** What a baseline would cover. Throws `bad_request` where it names no field, `not_found` for a rule or host. */
export async function previewSigmaBaseline(body: Pattern) {
  const pattern = await toPattern(body);
  const { examples, ...reach } = await transaction((connection) => reachOf(connection, pattern));
  const views: SigmaHitView[] = [];
  for (const key of examples) {
    const row = await loadHit(key);
    if (row !== undefined) views.push(hitView(row));
  }
  return { ...reach, examples: views };
}

/**
 * Says that hits of a rule are normal: those there are, and those that come until it runs out. Throws `bad_request` as
 * the preview does and for an end that is no time within a year, `conflict` where it would cover true positives and
 * that was not accepted.
 */
export async function saveSigmaBaseline(
  body: Pattern & {
    readonly title: string;
    readonly reason: string;
    readonly owner: string;
    readonly expiresAt: string;
    readonly hit: string | null;
    readonly acceptLoss: boolean;
  },
  by: string,
): Promise<SigmaBaselineView> {
  const expiresAt = endOf(body.expiresAt);
  const pattern = await toPattern(body);
  const { title, reason, owner, hit } = body;
  const id = await transaction(async (connection) => {
    const { covers, losesTruePositives } = await reachOf(connection, pattern);
    if (losesTruePositives > 0 && !body.acceptLoss)
      throw new AppError(
        'conflict',
        `This baseline would cover ${losesTruePositives === 1 ? 'a hit' : `${losesTruePositives} hits`} on findings that were called true positive. Narrow it, or accept that.`,
        { losesTruePositives },
      );
    const added = await addSigmaBaseline(connection, {
      ...pattern,
      ...{ title, reason, owner, createdBy: by, expiresAt, hit },
    });
    await addAudit(connection, {
      by,
      action: 'sigma.baseline_created',
      subject: subjectOf(added),
      details: {
        ...{ rule: pattern.ruleId, title, owner, reason, covers, losesTruePositives },
        host: pattern.hostId,
        expiresAt: expiresAt.toISOString(),
      },
    });
    return added;
  });
  return toView(await storedBaseline(id));
}

/** Takes a baseline back: what it covered is open again. Throws `not_found`; `conflict` when it was revoked before. */
export async function revokeSigmaBaseline(
  id: string,
  reason: string,
  by: string,
): Promise<SigmaBaselineView> {
  const known = /^\d{1,9}$/.test(id) ? Number(id) : 0;
  const { ruleId, title } = await storedBaseline(known);
  await transaction(async (connection) => {
    if (!(await revoke(connection, known, by, reason)))
      throw new AppError('conflict', 'This baseline was revoked already.');
    await addAudit(connection, {
      by,
      action: 'sigma.baseline_revoked',
      subject: subjectOf(known),
      details: { rule: ruleId, title, reason },
    });
  });
  return toView(await storedBaseline(known));
}

/** Subject of the entries of a baseline of hits. */
function subjectOf(id: number): string {
  return `sigma-baseline:${id}`;
}

async function storedBaseline(id: number): Promise<StoredSigmaBaseline> {
  const [found] = await listSigmaBaselines(id);
  if (found === undefined) throw new AppError('not_found', `There is no baseline of hits ${id}.`);
  return found;
}

async function toPattern({ ruleId, host, fields }: Pattern): Promise<BaselinePattern> {
  if (Object.keys(fields).length === 0)
    throw refusal('fields', 'name at least one field; to switch a rule off, leave it out of its set');
  if (!(await isRuleKnown(ruleId)))
    throw new AppError('not_found', `There is no Sigma rule ${ruleId.slice(0, 80)}.`);
  const hostId = host === null ? null : await findHost(host);
  if (hostId === undefined) throw new AppError('not_found', `There is no host ${(host ?? '').slice(0, 40)}.`);
  return { ruleId, hostId, fields };
}

function endOf(text: string): Date {
  const until = parseMicros(text);
  const now = Date.now() * 1000;
  if (until === undefined) throw refusal('expiresAt', `is no time: ${text.slice(0, 40)}`);
  if (until <= now) throw refusal('expiresAt', 'a baseline runs out in the future');
  if (until - now > LONGEST)
    throw refusal('expiresAt', 'a baseline runs out within a year; it can be made anew then');
  return new Date(until / 1000);
}

function refusal(path: string, message: string): AppError {
  return new AppError('bad_request', `${path}: ${message}.`, { errors: [{ path, message }] });
}

/** A pattern that takes longer than this to try would hold up every pass. */
const TRYING_MS = 20_000;

/**
 * Goes through the open hits of a rule; each record counts once, whatever number of imports hold it. Throws `bad_request`
 * for a pattern that takes too long.
 */
async function reachOf(connection: Connection, pattern: BaselinePattern): Promise<Reach> {
  const truePositives = await loadTruePositives(connection);
  const names = Object.keys(pattern.fields);
  const holds = createPattern(pattern, names);
  const hosts = new Set<number>();
  const examples: Key[] = [];
  let [covers, of, losesTruePositives, trying] = [0, 0, 0, 0];
  let last: Key | undefined;
  for await (const hit of coverableHits(connection, [pattern.ruleId], names)) {
    const again = hit.eventId === last?.eventId && hit.ruleId === last.ruleId;
    if (hit.silent || hit.covered || again) continue;
    last = hit;
    of++;
    if (pattern.hostId !== null && hit.host !== pattern.hostId) continue;
    const began = performance.now();
    const held = holds(hit.values);
    trying += performance.now() - began;
    if (trying > TRYING_MS)
      throw refusal('fields', 'these patterns take too long to try; use fewer wildcards');
    if (!held) continue;
    covers++;
    hosts.add(hit.host);
    if (truePositives.has(hit)) losesTruePositives++;
    if (examples.length < EXAMPLES) examples.push({ ...hit, hostId: hit.host });
  }
  return { covers, of, hosts: hosts.size, losesTruePositives, examples };
}

function toView(row: StoredSigmaBaseline): SigmaBaselineView {
  const { id, ruleId, ruleTitle, hostId, hostName, fields, title, reason, owner, createdBy, state } = row;
  return {
    id: String(id),
    ruleId,
    rule: ruleTitle === null ? null : { title: ruleTitle },
    host: hostId === null ? null : String(hostId),
    hostName,
    fields: Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, [...values]])),
    ...{ title, reason, owner, createdBy, state },
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    revokedBy: row.revokedBy,
    revokedReason: row.revokedReason,
    hits: row.hits,
  };
}
