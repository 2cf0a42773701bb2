import { createHash } from 'node:crypto';
import type { Actor } from '../../access/can';
import type { Catalogue } from '../../analytics/catalogue';
import { PACK_KIND, PACK_VERSION, type PackHosts, type PackManifest } from '../../contracts/evidence';
import { PACK } from '../../evidence/packNames';
import { packedHistory, packedSigma } from '../../evidence/recompute';
import { NO_SIGMA } from '../../sigma/hit';
import { addAudit, importSubject } from '../../storage/audit';
import { type Connection, transaction } from '../../storage/client';
import type { FindingRecord } from '../../storage/findings';
import { loadFormats } from '../mappingFormats';
import { readCatalogue } from '../readCatalogue';
import { analyticFiles, mappingFiles } from './analyticFiles';
import { auditFiles } from './auditFiles';
import type { PackedAlert } from './caseAlertEvidence';
import { type ChosenMachine, chooseRecords } from './chooseRecords';
import { ALERT_EVENTS_MAX } from './chosenEvents';
import { findingFiles } from './findingFiles';
import { jsonFile } from './json';
import type { Headings } from './memberHeadings';
import { originalFiles } from './originalFiles';
import { productVersion } from './productVersion';
import { readmeText } from './readmeText';
import { recordFiles } from './recordFiles';
import { type FileToPack, type PackedFile, zipStream } from './zipStream';

/** What a pack is made of. */
export type PackRequest = {
  /** What it is of, as the audit trail names it. */
  readonly subject: string;
  readonly findings: readonly FindingRecord[];
  /** Of a case: its alerts, whose records are in the pack too. */
  readonly alerts?: readonly PackedAlert[];
  /** Of a case: its own files; absent for the pack of one finding. */
  readonly ofCase?: (madeAt: Date) => AsyncIterable<FileToPack>;
  /** Writes down what else leaves with the pack, within the transaction that says that it was asked for. */
  readonly note?: (connection: Connection) => Promise<void>;
  /** Subjects of the audit trail besides those of findings and imports. */
  readonly subjects: readonly string[];
  readonly originals: boolean;
  readonly actor: Actor;
};

/**
 * Makes an evidence pack as a stream. What is needed is chosen, and held against the findings, before this returns, so
 * that what cannot be made is refused and not a broken file; the rest is read as it is taken. That it was asked for is
 * audited first and so in the pack's own extract; once whole, its manifest's hash is audited too.
 */
export async function makePack(request: PackRequest): Promise<AsyncGenerator<Uint8Array, void, undefined>> {
  const { subject, findings, actor, originals, subjects, alerts = [] } = request;
  const madeAt = new Date();
  const inForce = await readCatalogue();
  const analytics = new Set(findings.map(({ row }) => row.analytic));
  const headings: Headings = new Map();
  const machines = await chooseAll(findings, alerts, {
    catalogue: onlyThese(inForce.catalogue, analytics),
    formats: await loadFormats(),
    headings,
  });
  const records = machines.flatMap((machine) => machine.records);
  const importIds = [...new Set(records.map(({ place }) => place.importId))].sort((a, b) => a - b);
  await transaction(async (connection) => {
    await addAudit(connection, {
      by: actor.name,
      action: 'evidence.exported',
      subject,
      details: { findings: findings.length, records: records.length, imports: importIds.length, originals },
    });
    await request.note?.(connection);
  });
  const product = await productVersion();

  async function* files(): AsyncGenerator<FileToPack, void, undefined> {
    const about = { subject, madeAt: madeAt.toISOString(), madeBy: actor.name, version: product.version };
    const isCase = request.ofCase !== undefined;
    yield { name: PACK.readme, content: readmeText({ ...about, originals, isCase }) };
    if (request.ofCase !== undefined) yield* request.ofCase(madeAt);
    for (const finding of findings) yield* findingFiles(finding, madeAt, !isCase);
    yield* analyticFiles(inForce, analytics);
    yield* mappingFiles(records);
    yield { name: PACK.hosts, content: jsonFile(hostsOf(machines)) };
    const history = machines.map((machine) => [machine.group.name, packedHistory(machine.history)]);
    yield { name: PACK.history, content: jsonFile(Object.fromEntries(history)) };
    const judged = machines.filter(({ sigma }) => sigma !== NO_SIGMA);
    if (judged.length > 0) {
      const hits = judged.map(({ group, sigma }) => [group.name, packedSigma(sigma)]);
      yield { name: PACK.sigma, content: jsonFile(Object.fromEntries(hits)) };
    }
    yield* recordFiles(records, headings);
    yield* originalFiles(importIds, originals);
    yield* auditFiles([...subjects, subject, ...importIds.map(importSubject)]);
  }

  return zipStream(files(), async (packed) => {
    const manifest = jsonFile(manifestOf(request, machines, { product, madeAt, packed }));
    const sha256 = createHash('sha256').update(manifest).digest('hex');
    await transaction((connection) =>
      addAudit(connection, {
        by: actor.name,
        action: 'evidence.sealed',
        subject,
        details: {
          manifest: sha256,
          files: packed.length,
          bytes: packed.reduce((sum, file) => sum + file.bytes, 0),
        },
      }),
    );
    return [
      { name: PACK.manifest, content: manifest },
      { name: PACK.manifestHash, content: `${sha256}  ${PACK.manifest}\n` },
    ];
  });
}

async function chooseAll(
  findings: readonly FindingRecord[],
  alerts: readonly PackedAlert[],
  basis: Parameters<typeof chooseRecords>[2],
): Promise<readonly ChosenMachine[]> {
  const machines: ChosenMachine[] = [];
  const hosts = [
    ...findings.map(({ row }) => row.hostId),
    ...alerts.flatMap(({ hostId, events }) => (events.length === 0 ? [] : [hostId])),
  ];
  for (const hostId of new Set(hosts)) {
    const own = findings.filter(({ row }) => row.hostId === hostId).map(({ finding }) => finding);
    const alerted = alerts.filter((alert) => alert.hostId === hostId).flatMap(({ events }) => events);
    const machine = await chooseRecords(hostId, { findings: own, alerted }, basis);
    if (machine !== undefined) machines.push(machine);
  }
  return machines;
}

/** The pack holds the definitions of its findings alone, so they are tried with these alone. */
function onlyThese(catalogue: Catalogue, analytics: ReadonlySet<string>): Catalogue {
  return {
    ...catalogue,
    analytics: catalogue.analytics.filter(({ id }) => analytics.has(id)),
    baselines: catalogue.baselines.filter((baseline) => analytics.has(baseline.analytic)),
  };
}

function hostsOf(machines: readonly ChosenMachine[]): PackHosts {
  return machines.map(({ group }) => ({
    host: group.name,
    names: group.members.map(({ name }) => name),
    asReported: [...group.asReported],
  }));
}

function manifestOf(
  { subject, findings, alerts = [], actor, originals }: PackRequest,
  machines: readonly ChosenMachine[],
  made: {
    readonly product: PackManifest['product'];
    readonly madeAt: Date;
    readonly packed: readonly PackedFile[];
  },
): PackManifest {
  const recomputed = new Set(machines.flatMap((machine) => [...machine.recomputed]));
  const alone = machines.flatMap(({ records }) => records).filter(({ rereads }) => !rereads).length;
  return {
    kind: PACK_KIND,
    version: PACK_VERSION,
    product: made.product,
    madeAt: made.madeAt.toISOString(),
    madeBy: actor.name,
    subject,
    findings: findings.map(({ row, finding }) => ({
      id: row.id,
      analytic: row.analytic,
      analyticVersion: finding.analyticVersion,
      host: row.host,
      status: row.status,
      score: row.score,
      recomputes: recomputed.has(row.id),
      because: recomputed.has(row.id) ? null : whyNot(row.stale),
    })),
    bounds: [
      ...machines.flatMap(({ bounds }) => bounds),
      ...alerts.flatMap(({ cut, rule, host }) =>
        cut
          ? [
              `Of the evidence of the alert “${rule}” on ${host}, the first ${ALERT_EVENTS_MAX} events are in the pack.`,
            ]
          : [],
      ),
      ...(alone === 0 ? [] : [`${alone} records cannot be read without the file around them.`]),
      ...(originals ? [] : ['The files that were imported are not in the pack: originals.json names them.']),
    ],
    files: made.packed.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
  };
}

function whyNot(stale: boolean): string {
  return stale
    ? 'the data no longer gives it; it is kept because somebody decided on it'
    : 'it rests on more of the host than the pack holds';
}
