import type { z } from 'zod';
import { AppError } from '../../base/appError';
import type { addIndicatorBody, CaseIndicator, indicatorProposals } from '../../contracts/cases';
import { addressScope } from '../../events/addresses';
import { addIndicator, loadIndicators, withdrawIndicator } from '../../storage/cases/caseIndicators';
import { findingsInCase } from '../../storage/cases/caseItems';
import { familyOrRefuse } from '../../storage/cases/changeCase';
import { toCaseIndicator } from './caseViews';
import { indicatorType } from './indicatorQuery';
import { destinationOf, droppedPath, fileHash, imageHash } from './markValues';
import { recordedOf, type StageMark, stageMarks } from './stageMarks';

/** Adds an indicator; names, addresses and hashes in lower case, so that the same value is the same. Throws `changeCase`'s, and `bad_request`. */
export async function addCaseIndicator(
  caseId: number,
  { type, value, note }: z.output<typeof addIndicatorBody>,
  by: string,
): Promise<CaseIndicator> {
  return toCaseIndicator(await addIndicator(caseId, { type, value: normal(type, value), note }, by));
}

/** Takes an indicator out of a case. Throws `not_found`, `conflict`. */
export async function withdrawCaseIndicator(
  caseId: number,
  indicatorId: number,
  by: string,
): Promise<{ done: true }> {
  await withdrawIndicator(caseId, indicatorId, by);
  return { done: true };
}

/** Events looked at, and values proposed. */
const MARKS = 2000;
const PROPOSED = 200;
/** Longest value that can be an indicator. */
const VALUE = 2000;

/**
 * Addresses, names, hashes and paths that the case's findings hold and that are no indicators of it yet, those of most
 * findings first. Throws `not_found`.
 */
export async function proposeIndicators(caseId: number): Promise<z.input<typeof indicatorProposals>> {
  const family = await familyOrRefuse(caseId);
  const { marks } = await stageMarks(await findingsInCase(caseId), MARKS);
  const [known, events] = await Promise.all([loadIndicators(family), recordedOf(marks)]);
  const taken = new Set(known.map(({ type, value }) => keyOf(indicatorType(type), value)));
  const dropped = new Set(marks.flatMap(({ event }) => droppedPath(event)?.toLowerCase() ?? []));
  const found = new Map<string, { type: CaseIndicator['type']; value: string; findings: Set<string> }>();
  for (const mark of marks) {
    for (const { type, value } of valuesOf(mark, events.get(mark.event.eventId), dropped)) {
      const key = keyOf(type, value);
      if (value.length > VALUE || taken.has(key)) continue;
      const proposal = found.get(key) ?? { type, value, findings: new Set() };
      proposal.findings.add(mark.findingId);
      found.set(key, proposal);
    }
  }
  return {
    items: [...found.values()]
      .sort((a, b) => b.findings.size - a.findings.size)
      .slice(0, PROPOSED)
      .map(({ type, value, findings }) => ({ type, value, findings: findings.size })),
  };
}

type Value = { readonly type: CaseIndicator['type']; readonly value: string };

function valuesOf(
  { event }: StageMark,
  recorded: Parameters<typeof fileHash>[0],
  dropped: ReadonlySet<string>,
): readonly Value[] {
  const destination = destinationOf(event);
  const path = droppedPath(event);
  // A hash of what Windows itself brings tells of no attack: only of files that were brought onto the host.
  const hash =
    path === undefined
      ? dropped.has(event.image?.toLowerCase() ?? '')
        ? imageHash(recorded)
        : undefined
      : fileHash(recorded);
  const scope = destination === undefined ? undefined : addressScope(destination);
  return [
    ...(destination === undefined
      ? []
      : [{ type: scope === undefined ? ('domain' as const) : ('ip' as const), value: destination }]),
    ...(path === undefined ? [] : [{ type: 'path' as const, value: path }]),
    ...(hash === undefined ? [] : [hash]),
  ];
}

const LOWER: ReadonlySet<CaseIndicator['type']> = new Set([
  'ip',
  'domain',
  'sha256',
  'sha1',
  'md5',
  'host',
  'user',
]);
const HASH_LENGTHS: Readonly<Partial<Record<CaseIndicator['type'], number>>> = {
  sha256: 64,
  sha1: 40,
  md5: 32,
};

function normal(type: CaseIndicator['type'], value: string): string {
  const text = LOWER.has(type) ? value.toLowerCase() : value;
  const length = HASH_LENGTHS[type];
  const wrong =
    length !== undefined && (text.length !== length || !/^[0-9a-f]+$/.test(text))
      ? `is no ${type.toUpperCase()}: that has ${length} hexadecimal digits`
      : type === 'ip' && addressScope(text) === undefined
        ? 'is no IP address'
        : undefined;
  if (wrong === undefined) return text;
  throw new AppError('bad_request', `The value ${wrong}.`, { errors: [{ path: 'value', message: wrong }] });
}

function keyOf(type: CaseIndicator['type'], value: string): string {
  return `${type} ${type === 'path' ? value.toLowerCase() : value}`;
}
