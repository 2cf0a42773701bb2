import type { UploadStep } from '../../containers/upload';
import { createRunningClock } from '../../events/clock';
import { eventId } from '../../events/eventId';
import type { NormalisedRecord } from '../../events/record';
import type { RuleMatch, SigmaEngine } from '../../sigma/hit';
import type { SigmaRecord } from '../../sigma/record';
import { type HitFacts, hitFacts, hostOfRecord, recordKey } from '../../sigma/sources/hitFacts';
import { sigmaRecordOf } from '../../sigma/sources/sigmaRecord';
import { nodeDigest } from '../nodeDigest';
import { createMemberNumbers } from '../parseImport';

/** A record that satisfies rules, identified and dated as the import of it does. */
export type MatchedRecord = {
  /** Number of the member, and of the record within it, from 0. */
  readonly member: number;
  readonly index: number;
  readonly record: SigmaRecord;
  readonly matches: readonly RuleMatch[];
  readonly isEvent: boolean;
  readonly eventId: string;
  readonly facts: HitFacts;
};

/** What is told of records while they are gone through. */
export type RecordVisitor = {
  /** Every record that rules can look at and that names its host. */
  readonly seen: (record: SigmaRecord) => void;
  /** Where it gives a promise, the next record is tried once that is fulfilled. */
  readonly matched: (found: MatchedRecord) => void | Promise<void>;
  /** After every piece of some megabyte; `records` so far. Awaited before the next is read. */
  readonly piece: (records: number) => Promise<void>;
  /** A member is over. */
  readonly member?: (step: UploadStep & { readonly step: 'member' }) => void;
};

/**
 * Tries rules on all records of an upload in their order; returns how many records there were. A record that names no
 * host is left out, as there is nobody to tell it of. Nothing is kept but what the visitor keeps.
 */
export async function matchRecords(
  steps: AsyncIterable<UploadStep>,
  engine: SigmaEngine,
  visitor: RecordVisitor,
): Promise<number> {
  const numbers = createMemberNumbers();
  const clock = createRunningClock();
  let records = 0;
  for await (const step of steps) {
    const member = numbers.of(step);
    if (step.step === 'member') {
      visitor.member?.(step);
      continue;
    }
    for (const { outcome, place } of step.records) {
      records++;
      // The running clock has to see every event, in order, to date them as the import did.
      const dated = outcome.outcome === 'event' ? clock.timeOf(outcome.event).time : undefined;
      const record = sigmaRecordOf(outcome);
      if (record === undefined || hostOfRecord(record) === '') continue;
      visitor.seen(record);
      const matches = engine.match(record);
      if (matches.length === 0) continue;
      const facts = hitFacts(record);
      const stored = visitor.matched({
        ...{ member, record, matches },
        index: place.index,
        ...identify(outcome),
        facts: { ...facts, time: dated ?? facts.time },
      });
      if (stored !== undefined) await stored;
    }
    await visitor.piece(records);
  }
  return records;
}

/** The id of the event, or what stands for the record that became none. */
function identify(outcome: NormalisedRecord): { readonly isEvent: boolean; readonly eventId: string } {
  return outcome.outcome === 'event'
    ? { isEvent: true, eventId: eventId(outcome.event, nodeDigest) }
    : { isEvent: false, eventId: recordKey(outcome, nodeDigest) };
}
