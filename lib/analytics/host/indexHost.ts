import type { EndpointEvent, EntityId, EventId, EventKind } from '../../events/endpointEvent';
import { canonicalPath, fileName } from '../../events/paths';
import type { Lineage, ProcessNode } from '../../lineage/lineage';
import type { Visibility } from '../../visibility/visibility';
import type { EnvironmentHistory } from '../history/history';
import { type Lists, listOf } from '../lists';
import { filesNamedBy } from '../predicate/fields';
import { createDestinationJudge } from './destination';
import { indexFiles } from './fileIndex';
import type { HostIndex, NamingStart } from './hostIndex';
import { indexPaths } from './pathIndex';
import { NO_SIGMA_FACTS, type SigmaFacts } from './sigmaFacts';
import { groupByTrait } from './traits';

/** ShellWindows and ShellBrowserWindow: the COM classes by which a program has Explorer start another. */
const SHELL_CLASSES = ['9ba05972-f6a8-11cf-a442-00a0c90a8f39', 'c08afd90-f2a1-11d1-8455-00a0c91f3880'];

/**
 * Indexes one host. Input: its events sorted by compareEvents, on one clock, with their lineage and
 * visibility. One pass; memory grows with the events of the kinds given, not faster.
 */
export function indexHost(
  events: readonly EndpointEvent[],
  lineage: Lineage,
  visibility: Visibility,
  lists: Lists,
  history: EnvironmentHistory,
  sigma: SigmaFacts = NO_SIGMA_FACTS,
): HostIndex {
  const byKind = new Map<EventKind, EndpointEvent[]>();
  const acts = new Map<EntityId, EndpointEvent[]>();
  const starts = new Map<EntityId, EndpointEvent>();
  const shellRequests: EndpointEvent[] = [];

  for (const event of events) {
    push(byKind, event.kind, event);
    const process = lineage.processOf(event);
    if (event.kind === 'process_start') {
      if (process !== undefined && !starts.has(process)) starts.set(process, event);
      continue;
    }
    if (process !== undefined) push(acts, process, event);
    if (event.kind.startsWith('registry_') && touchesShellClass(event)) shellRequests.push(event);
  }
  const namingsOf = rememberNamings(lineage);
  const families = browserFamilies(lists);
  const nodeOf = (process: EntityId | undefined): ProcessNode | undefined =>
    process === undefined ? undefined : lineage.processes.get(process);
  const browserFamily = (process: EntityId | undefined): string | undefined => {
    const image = nodeOf(process)?.image;
    return image === undefined ? undefined : families.get(fileName(image));
  };
  const ofKind = (kind: EventKind): readonly EndpointEvent[] => byKind.get(kind) ?? [];
  return {
    events,
    lists,
    lineage,
    visibility,
    history,
    sigma,
    destination: createDestinationJudge({ events, lineage, visibility, lists, history }),
    ofKind,
    ofKindWith: groupByTrait(ofKind, lineage, browserFamily),
    actsOf: (process) => acts.get(process) ?? [],
    startOf: (process) => starts.get(process),
    nodeOf,
    namingsOf,
    starts: indexPaths(
      () => ofKind('process_start').flatMap(namingsOf),
      ({ path, role, resolved }) => ({ path, tag: resolved ? `${role} resolved` : role }),
    ),
    ...indexFiles(events, lineage, browserFamily),
    shellRequests,
    browserFamily,
  };
}

/** Reading a command line for files is dear; most starts are never asked for theirs. */
function rememberNamings(lineage: Lineage): (start: EndpointEvent) => readonly NamingStart[] {
  const known = new Map<EventId, readonly NamingStart[]>();
  return (start) => {
    const found = known.get(start.id);
    if (found !== undefined) return found;
    const process = lineage.processOf(start);
    const named = namedByStart(start, process === undefined ? undefined : lineage.processes.get(process));
    known.set(start.id, named);
    return named;
  };
}

function namedByStart(event: EndpointEvent, node: ProcessNode | undefined): readonly NamingStart[] {
  const named: NamingStart[] = [];
  const seen = new Set<string>();
  const image = event['process.executable'];
  if (image !== undefined) {
    const { path } = canonicalPath(image);
    seen.add(path);
    named.push({ event, path, written: image, role: 'image', resolved: false });
  }
  const directory = event['process.working_directory'] ?? node?.workingDirectory;
  for (const { path, written, resolved } of filesNamedBy(event['process.command_line'], directory)) {
    if (seen.has(path) || fileName(path).length < 3) continue;
    seen.add(path);
    named.push({ event, path, written, role: 'argument', resolved });
  }
  return named;
}

function touchesShellClass(event: EndpointEvent): boolean {
  const path = event['registry.path']?.toLowerCase();
  return path !== undefined && SHELL_CLASSES.some((id) => path.includes(id));
}

function browserFamilies(lists: Lists): ReadonlyMap<string, string> {
  const families = new Map<string, string>();
  for (const entry of listOf(lists, 'browser_family')) {
    const [family = '', names = ''] = entry.split(':');
    for (const name of names.split(',')) families.set(name.trim(), family);
  }
  return families;
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
