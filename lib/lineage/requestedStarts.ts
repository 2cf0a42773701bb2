import { formatDuration, MICROS_PER_MINUTE } from '../base/time';
import type { EndpointEvent } from '../events/endpointEvent';
import {
  type AskingText,
  type AskingTexts,
  byTimeAndRecord,
  findAskingTexts,
  type WantedNames,
} from './askingTexts';
import { CARRIERS, type Carrier, COM_PROGRAMS, NAMING_REACH } from './carriers';
import type { Claim, HandoverSources } from './handoverSources';
import type { ProcessNode } from './lineage';
import { beginOf, type FoundRequest, nearestRequest, runsBelow, shownName } from './nearestRequest';
import {
  namesIn,
  plainText,
  type RequestedCommand,
  requestedCommand,
  wrappedCommand,
} from './requestedCommand';
import { type StartRecord, startRecord } from './startRecords';

/** A process that a carrier started, with the command by which its request is found. */
type Started = {
  readonly process: ProcessNode;
  readonly parent: ProcessNode;
  readonly carriers: readonly Carrier[];
  /** The command itself, and what an interpreter was started for. */
  readonly commands: readonly RequestedCommand[];
};

/** The record that made a start: `asker` is who made it, here always known. */
type MadeRecord = StartRecord & { readonly asker: ProcessNode; readonly key: string };

/** A command shorter than this is in too many texts to be found by its text. */
const COMMAND_MIN = 8;

/** Text looked through for one start and one way of asking: many short command lines, or a few long scripts. */
const TEXT_BUDGET = 131_072;

/**
 * Starts that somebody asked Windows for: over WMI, COM, the task scheduler, a service or a Run key. The asker
 * is known by a record that holds the command: the task's, service's or Run key's own, or else a command line
 * or script in which the command stands. Cost: one pass over events, texts and starts, and a fixed number of
 * requests weighed for each start.
 */
export function requestedStarts(sources: HandoverSources): readonly Claim[] {
  const started = startedByCarriers(sources);
  if (started.length === 0) return [];
  const records: StartRecord[] = [];
  const scripts: EndpointEvent[] = [];
  const askerOf = (event: EndpointEvent): ProcessNode | undefined => {
    const id = sources.processOf(event);
    return id === undefined ? undefined : sources.processes.get(id);
  };
  for (const event of sources.events) {
    if (event.kind === 'script_block') scripts.push(event);
    const record = startRecord(event, undefined);
    if (record !== undefined) {
      const asker = askerOf(event);
      records.push(asker === undefined ? record : { ...record, asker });
    }
  }
  const texts = findAskingTexts(sources.processes.values(), scripts, wantedNames(started, records), askerOf);
  const made = recordsByCommand(records, texts, sources);
  return started.flatMap((one) =>
    one.carriers.flatMap(
      (carrier) =>
        claimByRecord(one, carrier, made, sources) ?? claimByText(one, carrier, texts, sources) ?? [],
    ),
  );
}

function startedByCarriers({ processes }: HandoverSources): readonly Started[] {
  const found: Started[] = [];
  const known = new Map<ProcessNode, readonly Carrier[]>();
  for (const process of processes.values()) {
    const { commandLine, startedAt, link } = process;
    const parent = link.parentId === undefined ? undefined : processes.get(link.parentId);
    if (parent === undefined || commandLine === undefined || startedAt === undefined) continue;
    let carriers = known.get(parent);
    if (carriers === undefined) {
      carriers = CARRIERS.filter((carrier) => carrier.carries(parent));
      known.set(parent, carriers);
    }
    const command = carriers.length === 0 ? undefined : requestedCommand(commandLine);
    if (command === undefined) continue;
    const inner = wrappedCommand(command);
    const commands = inner === undefined ? [command] : [command, inner];
    found.push({ process, parent, carriers, commands });
  }
  return found;
}

function wantedNames(started: readonly Started[], records: readonly StartRecord[]): WantedNames {
  const requested = new Set<string>();
  const named = new Set<string>();
  for (const { commands, carriers } of started) {
    const anyText = carriers.some((carrier) => carrier.anyText);
    for (const command of commands) {
      const { program } = command;
      requested.add(program);
      if (anyText && isTelling(command)) named.add(program);
      for (const name of COM_PROGRAMS.get(program) ?? []) named.add(name);
    }
  }
  for (const { name } of records) for (const first of namesIn(name, 'named')) requested.add(first);
  return { requested, named };
}

/** Records by the command they will run. One that does not say who made it is given to who named it just before. */
function recordsByCommand(
  records: readonly StartRecord[],
  texts: AskingTexts,
  sources: HandoverSources,
): ReadonlyMap<string, readonly MadeRecord[]> {
  const byName = new Map<string, StartRecord[]>();
  for (const record of records) {
    if (record.key !== undefined || record.asker === undefined || carriesKind(record, record.asker)) continue;
    push(byName, record.name, record);
  }
  for (const list of byName.values()) list.sort(byTimeAndRecord);
  const byCommand = new Map<string, MadeRecord[]>();
  for (const record of records) {
    if (record.key === undefined) continue;
    const own = record.asker !== undefined && !carriesKind(record, record.asker) ? record.asker : undefined;
    const asker = own ?? makerByName(record, byName.get(record.name) ?? [], texts, sources);
    if (asker !== undefined)
      push(byCommand, `${record.kind} ${record.key}`, { ...record, asker, key: record.key });
  }
  for (const list of byCommand.values()) list.sort(byTimeAndRecord);
  return byCommand;
}

/** The scheduler and the service manager write records on others' behalf. */
function carriesKind(record: StartRecord, process: ProcessNode): boolean {
  return CARRIERS.some((carrier) => carrier.kind === record.kind && carrier.carries(process));
}

function makerByName(
  record: StartRecord,
  sameName: readonly StartRecord[],
  texts: AskingTexts,
  { onWeighed }: HandoverSources,
): ProcessNode | undefined {
  const byFile = nearestRequest(sameName, record.time, NAMING_REACH, (other) => {
    onWeighed?.();
    return other.asker;
  });
  if (byFile !== undefined) return byFile.verdict;
  const [first] = namesIn(record.name, 'named');
  if (first === undefined || record.name.length < 3) return undefined;
  const byText = nearestRequest(texts.requesting(record.kind, first), record.time, NAMING_REACH, (text) => {
    onWeighed?.();
    return text.text.includes(record.name) ? text.asker : undefined;
  });
  return byText?.verdict;
}

function claimByRecord(
  started: Started,
  carrier: Carrier,
  made: ReadonlyMap<string, readonly MadeRecord[]>,
  sources: HandoverSources,
): Claim | undefined {
  for (const { key } of started.commands) {
    const list = made.get(`${carrier.kind} ${key}`);
    if (list === undefined) continue;
    const found = nearestRequest(list, beginOf(started.process), carrier.reach, (record) => {
      sources.onWeighed?.();
      const allowed = record.forAnyone || carrier.allows(record.asker, started.process);
      return allowed && canAsk(record.asker, started, sources) ? 'inferred' : undefined;
    });
    if (found !== undefined) return claimOf(started, carrier, found, found.request.deed, true);
  }
  return undefined;
}

function claimByText(
  started: Started,
  carrier: Carrier,
  texts: AskingTexts,
  sources: HandoverSources,
): Claim | undefined {
  if (!started.commands.some(({ program }) => isSpokenOf(program, carrier, texts))) return undefined;
  let budget = TEXT_BUDGET;
  let own: string | undefined;
  // Another run with the very same command line is no request for this one.
  const isOwn = (text: string): boolean => {
    own ??= plainText(started.process.commandLine ?? '');
    return text === own;
  };
  const search = (
    list: readonly AskingText[],
    command: RequestedCommand,
    requests: boolean,
    holds: (text: AskingText) => boolean,
  ): Claim | undefined => {
    const found = nearestRequest(list, beginOf(started.process), carrier.reach, (text) => {
      sources.onWeighed?.();
      if (budget <= 0 || isOwn(text.text)) return undefined;
      budget -= text.text.length;
      if (!holds(text)) return undefined;
      if (!carrier.allows(text.asker, started.process) || !canAsk(text.asker, started, sources))
        return undefined;
      return requests ? 'inferred' : 'weak';
    });
    if (found === undefined) return undefined;
    const whole = holdsWhole(found.request.text, command);
    return claimOf(started, carrier, found, `its ${found.request.source} names the command`, whole);
  };
  for (const command of started.commands) {
    const { program } = command;
    const requesting = texts.requesting(carrier.kind, program);
    const asked =
      search(requesting, command, true, (text) => holdsWhole(text.text, command)) ??
      search(requesting, command, true, (text) => holdsParts(text.text, command)) ??
      searchClasses(program, command);
    if (asked !== undefined) return asked;
    if (!carrier.anyText || !isTelling(command)) continue;
    const found = search(texts.naming(program), command, false, (text) => holdsWhole(text.text, command));
    if (found !== undefined) return found;
  }
  return undefined;

  function searchClasses(program: string, command: RequestedCommand): Claim | undefined {
    if (carrier.kind !== 'com' || !/^[-/](?:embedding|automation)\b/.test(command.args)) return undefined;
    for (const name of COM_PROGRAMS.get(program) ?? []) {
      const found = search(texts.naming(name), command, true, () => true);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** Whether any text could be a request for a program; most starts end here. */
function isSpokenOf(program: string, { kind, anyText }: Carrier, texts: AskingTexts): boolean {
  return (
    texts.requesting(kind, program).length > 0 ||
    (anyText && texts.naming(program).length > 0) ||
    (kind === 'com' && COM_PROGRAMS.has(program))
  );
}

/** Nobody asks for himself, or for what already runs; a carrier asks on another's behalf. */
function canAsk(asker: ProcessNode, started: Started, { processes }: HandoverSources): boolean {
  return (
    asker !== started.parent &&
    beginOf(asker) <= beginOf(started.process) &&
    !runsBelow(asker, started.process.entityId, processes)
  );
}

/** Long enough, and more than a program's name. */
function isTelling({ key, args }: RequestedCommand): boolean {
  return key.length >= COMMAND_MIN && args.length >= 3;
}

function holdsWhole(plain: string, { program, args }: RequestedCommand): boolean {
  if (args === '') return false;
  return plain.includes(`${program} ${args}`) || plain.includes(`${program}.exe ${args}`);
}

/** In a text that makes requests, program and arguments may stand apart (`-Execute x -Argument y`). */
function holdsParts(plain: string, command: RequestedCommand): boolean {
  const { args } = command;
  return args === '' || (args.length >= COMMAND_MIN && plain.includes(args));
}

function claimOf(
  { process }: Started,
  carrier: Carrier,
  found: FoundRequest<
    { readonly asker: ProcessNode; readonly event: StartRecord['event'] },
    'inferred' | 'weak'
  >,
  deed: string,
  exact: boolean,
): Claim {
  const { request, verdict, distance } = found;
  const before = distance >= MICROS_PER_MINUTE ? `, ${formatDuration(distance)} before` : '';
  return {
    handover: {
      kind: carrier.kind,
      from: request.asker.entityId,
      to: process.entityId,
      at: beginOf(process),
      strength: verdict,
      reason: `${shownName(request.asker)} asked ${carrier.name} to start ${shownName(process)}: ${deed}${before}`,
      event: request.event,
    },
    exact,
    distance,
  };
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
