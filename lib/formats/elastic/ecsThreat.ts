import type { OpenDraft } from '../eventDraft';
import { put } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { at, joined, severityOf, textAt, textOf } from '../vendorValues';

/**
 * Sets the ATT&CK techniques (sub-techniques among them) and tactics of an alert, from every place that has
 * them: lists of objects as rules keep them, and the parallel lists of an ECS document.
 */
export function putThreat(draft: OpenDraft, record: VendorRecord, ...roots: readonly string[]): void {
  const techniques: unknown[] = [];
  const tactics: unknown[] = [];
  for (const root of roots) {
    const value = at(record, root);
    const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const entry of entries) collect(entry, techniques, tactics);
    for (const path of [`${root}.technique.id`, `${root}.technique.subtechnique.id`])
      techniques.push(...listOf(at(record, path)));
    tactics.push(...listOf(at(record, `${root}.tactic.name`)));
  }
  put(draft, 'threat.technique.id', joined(techniques));
  put(draft, 'threat.tactic.name', joined(tactics));
}

function collect(entry: unknown, techniques: unknown[], tactics: unknown[]): void {
  if (!isObject(entry)) return;
  if (isObject(entry.tactic)) tactics.push(...listOf(entry.tactic.name));
  for (const technique of listOf(entry.technique)) {
    if (!isObject(technique)) continue;
    techniques.push(...listOf(technique.id));
    for (const sub of listOf(technique.subtechnique)) if (isObject(sub)) techniques.push(...listOf(sub.id));
  }
}

/** A list as it is; one value as a list of it; in a CSV cell the parts between commas. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return value.split(',').map((part) => part.trim());
  return value === undefined || value === null ? [] : [value];
}

/** Severity from 1 to 99: a word, a number in ECS's scale, or the risk score. The first path that has one. */
export function severityAt(record: VendorRecord, ...paths: readonly string[]): number | undefined {
  for (const path of paths) {
    const text = textOf(at(record, path));
    if (text === undefined) continue;
    const word = severityOf(text);
    if (word !== undefined) return word;
    const number = Math.round(Number(text));
    if (number >= 1 && number <= 100) return Math.min(number, 99);
  }
  return undefined;
}

/** Name and id of the rule behind an alert in ECS's own fields. */
export function putRule(draft: OpenDraft, record: VendorRecord): void {
  put(draft, 'rule.name', textAt(record, 'rule.name', 'rule.pattern', 'message', 'event.code'));
  put(draft, 'rule.id', textAt(record, 'rule.id', 'rule.uuid'));
}
