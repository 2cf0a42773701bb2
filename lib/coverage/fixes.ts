import { SIGMA_FIELD } from '../analytics/predicate/sigmaTest';
import { EVENT_KINDS, type EventKind } from '../events/endpointEvent';
import type { Gap } from '../visibility/gap';
import { FIELD_FIXES } from './fieldFixes';
import { OWN_LOG_SOURCES, type Setting } from './fixSettings';
import { KIND_FIXES, type KindFix } from './kindFixes';

/** What would close a gap: an action, where it is set, and what to write there. */
export type Fix = Setting & { readonly title: string };

/**
 * Gaps with the same id are closed by the same change. A kind that a stage needs and one that only a way of a stage
 * hangs on are switched on alike, so they share one.
 */
export function fixId({ kind, what }: Gap): string {
  const family = kind === 'part' ? 'kind' : kind;
  return what === undefined ? family : `${family}:${what}`;
}

/** What to do about a gap, whatever the host's sources: "Record command lines of new processes". */
export function fixTitle(gap: Gap): string {
  if (isOfRules(gap)) return 'Have the Sigma rules that stages name';
  const { noun } = fixOf(gap);
  switch (gap.kind) {
    case 'kind':
    case 'part':
    case 'field':
    case 'lineage':
      return `Record ${noun}`;
    case 'witness':
      return `Stop filtering ${noun}`;
    case 'silent':
      return `Find out why ${noun} stopped`;
    case 'quiet':
      return 'Find out why the host went quiet';
  }
}

/**
 * The change at one of the host's sources (as sourceOf names it). Where a source of the machine's own log cannot record
 * it, another one that can is named; of a product that is not known, it is said what to look for.
 */
export function fixFor(gap: Gap, source: string): Fix {
  const title = fixTitle(gap);
  if (isOfRules(gap)) return { title, where: 'Sigma, Sets', change: `A stage ${gap.sentence}.` };
  if (gap.kind === 'quiet')
    return {
      title,
      where: `${source} on the host, and what collects from it`,
      change: 'Start the sensor or the collection again; if the host is gone for good, retire it.',
    };
  const setting = settingFor(gap, source);
  if (gap.kind === 'silent')
    return { title, where: setting.where, change: `See that this is still set: ${setting.change}` };
  if (gap.kind === 'witness')
    return { title, where: setting.where, change: `${setting.change} (${gap.sentence})` };
  return { title, ...setting };
}

/** Nothing has to be recorded for it: a stage names a rule that is not switched on, or that is blind here. */
function isOfRules({ kind, what }: Gap): boolean {
  return kind === 'field' && what === SIGMA_FIELD;
}

function settingFor(gap: Gap, source: string): Setting {
  const { noun, settings } = fixOf(gap);
  const own = Object.hasOwn(settings, source) ? settings[source] : undefined;
  if (own !== undefined) return own;
  if (!OWN_LOG_SOURCES.some((name) => name === source))
    return { where: `${source}, collection policy`, change: `Have it record ${noun} and send them here.` };
  const other = OWN_LOG_SOURCES.find((name) => settings[name] !== undefined);
  const setting = other === undefined ? undefined : settings[other];
  if (setting !== undefined)
    return { where: `${setting.where}: ${source} does not record this`, change: setting.change };
  return {
    where: 'Another source than the Windows event log',
    change: `Collect ${noun}, for example by an EDR.`,
  };
}

function fixOf({ kind, what = '' }: Gap): KindFix {
  if (kind === 'field')
    return Object.hasOwn(FIELD_FIXES, what) ? (FIELD_FIXES[what] ?? unknown(what)) : unknown(what);
  const event = kind === 'lineage' ? 'process_start' : EVENT_KINDS.find((known) => known === what);
  return (event === undefined ? undefined : KIND_FIXES[event]) ?? unknown(words(event, what));
}

function words(event: EventKind | undefined, what: string): string {
  return event === undefined ? what : `${event.replaceAll('_', ' ')} events`;
}

function unknown(noun: string): KindFix {
  return { noun, settings: {} };
}
