import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { loadCatalogue } from '../cli/loadCatalogue';
import { correlateHost } from '../correlate/correlate';
import type { EndpointEvent, EventId } from '../events/endpointEvent';
import { scenario } from '../events/scenario';
import type { Scenario, ScenarioOptions, StoryProcess } from '../events/story';
import type { Finding } from '../findings/finding';
import { type Catalogue, LISTS_FILE, parseCatalogue } from './catalogue';

/** The definitions that ship, read from disk once. */
export const catalogue = await loadCatalogue();

export const digest = (text: string): string => hash('sha256', text, 'hex');

/** The findings of each host of some events, highest score first within a host. */
export function findingsOf(
  events: readonly EndpointEvent[],
  analytic?: string,
  definitions: Catalogue = catalogue,
): readonly Finding[] {
  const hosts = [...new Set(events.map((event) => event.host))].sort();
  return hosts
    .flatMap(
      (host) =>
        correlateHost({
          host,
          events: events.filter((event) => event.host === host),
          catalogue: definitions,
          digest,
        }).findings,
    )
    .filter((finding) => analytic === undefined || finding.analytic === analytic);
}

const SHIPPED = path.join(import.meta.dirname, 'catalogue');

/** The shipped files as text. */
export function shippedFiles(): readonly { readonly name: string; readonly text: string }[] {
  return readdirSync(SHIPPED)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name, text: readFileSync(path.join(SHIPPED, name), 'utf8') }));
}

/** The catalogue with parameters of one definition, and shared lists, set as a place would set them. */
export function tuned(
  analytic: string,
  parameters: Readonly<Record<string, readonly string[] | string>> = {},
  lists: Readonly<Record<string, readonly string[]>> = {},
): Catalogue {
  if (Object.keys(parameters).length === 0 && Object.keys(lists).length === 0) return catalogue;
  const files = shippedFiles().map(({ name, text }) => {
    const values = name === LISTS_FILE ? lists : parameters;
    if (name !== LISTS_FILE && name !== `${analytic.toLowerCase()}.yaml`) return { name, text };
    const document = parseDocument(text);
    for (const [key, value] of Object.entries(values))
      document.setIn(name === LISTS_FILE ? [key] : ['parameters', key], value);
    return { name, text: String(document) };
  });
  return parseCatalogue(files);
}

/** The one finding of an analytic; fails when there is none or more than one. */
export function findingOf(events: readonly EndpointEvent[], analytic: string): Finding {
  const findings = findingsOf(events, analytic);
  const [finding] = findings;
  if (finding === undefined || findings.length > 1)
    throw new Error(
      `${findings.length} findings of ${analytic}: ${findings.map((one) => one.headline).join(' | ')}`,
    );
  return finding;
}

/** What a score is made of: `{ X1: 20, … }`, lowering ones negative. */
export function pointsOf(finding: Finding): Readonly<Record<string, number>> {
  return Object.fromEntries(
    finding.reasons.flatMap(({ id, effect, points, counted }) =>
      counted ? [[id, effect === 'lowers' ? -points : points]] : [],
    ),
  );
}

/** The state of each stage: `{ execution: 'matched', … }`. */
export function statesOf(finding: Finding): Readonly<Record<string, string>> {
  return Object.fromEntries(finding.stages.map(({ id, state }) => [id, state]));
}

/** Status, score and severity, as the tables of ANALYTICS.md give them. */
export function verdictOf(finding: Finding): readonly [string, number, string] {
  return [finding.status, finding.score, finding.severity];
}

/** A story with names for what its events stand for. */
export type ToldStory = {
  readonly s: Scenario;
  /** Tells something and remembers its events under the stage's name. */
  readonly as: <T>(stage: string, tell: () => T) => T;
  readonly tagged: ReadonlyMap<string, ReadonlySet<EventId>>;
};

/** Begins a story whose events can be named by stage; a working day surrounds it unless `quiet`. */
export function storyOf(options: ScenarioOptions & { readonly quiet?: boolean } = {}): ToldStory {
  const { quiet = false, ...rest } = options;
  const s = scenario({ digest, ...rest });
  if (!quiet) s.background({ fileReads: true });
  const tagged = new Map<string, Set<EventId>>();
  const as = <T>(stage: string, tell: () => T): T => {
    const before = new Set(s.events().map((event) => event.id));
    const result = tell();
    const known = tagged.get(stage) ?? new Set<EventId>();
    for (const event of s.events()) if (!before.has(event.id)) known.add(event.id);
    tagged.set(stage, known);
    return result;
  };
  return { s, as, tagged };
}

export const OUTLOOK = 'C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE';
export const WORD = 'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE';
export const EDGE = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
export const CHROME = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
export const SEVEN_ZIP = 'C:\\Program Files\\7-Zip\\7zFM.exe';
export const SYSTEM32 = 'C:\\Windows\\System32';
export const MSHTA = `${SYSTEM32}\\mshta.exe`;
export const CMD = `${SYSTEM32}\\cmd.exe`;
export const WSCRIPT = `${SYSTEM32}\\wscript.exe`;
export const RUNDLL32 = `${SYSTEM32}\\rundll32.exe`;
export const POWERSHELL = `${SYSTEM32}\\WindowsPowerShell\\v1.0\\powershell.exe`;
export const SYSTEM = 'NT AUTHORITY\\SYSTEM';

/** Folders of the story's person. */
export function homeOf(s: Scenario): string {
  return `C:\\Users\\${s.user.slice(s.user.indexOf('\\') + 1)}`;
}
export function mailCacheOf(s: Scenario): string {
  return `${homeOf(s)}\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\7QX1M3ZB`;
}

/** Reaches a destination unusual by its name's ending and its port: ten points, no history needed. */
export function callsOut(s: Scenario, process: StoryProcess): void {
  s.resolves(process, 'cdn-sync.top', ['198.51.100.44']);
  s.connects(process, '198.51.100.44', 8443 + 1, { domain: 'cdn-sync.top' });
}
