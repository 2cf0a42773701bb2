import type { Micros } from '../base/time';
import type { EndpointEvent, EventId } from '../events/endpointEvent';
import { CARRIERS } from './carriers';
import type { HandoverKind, ProcessNode } from './lineage';
import { beginOf } from './nearestRequest';
import { namesIn, plainText } from './requestedCommand';

/** A command line or a script, as something in which a process may have asked for another to be started. */
export type AskingText = {
  readonly asker: ProcessNode;
  readonly time: Micros;
  /** The record that holds the text. */
  readonly event: EventId;
  /** In plain form (`plainText`). */
  readonly text: string;
  readonly source: 'command line' | 'script';
};

/** Names of one text looked at; no legitimate one has more, and a hostile one must not fill memory. */
const NAMES_MAX = 4096;

/**
 * The names texts are looked through for: a program's without folder and `.exe`, a class of COM, or the first
 * word of a task's or service's name, in lower case.
 */
export type WantedNames = {
  /** Of interest in texts that ask for starts. */
  readonly requested: ReadonlySet<string>;
  /** Of interest in any text. */
  readonly named: ReadonlySet<string>;
};

/** Up to so many names are looked for one by one before a text is taken apart. */
const NAMES_TRIED = 16;

/** Texts by what they name; each list in order of time and record. */
export type AskingTexts = {
  /** Texts that name a program, and the words that make them requests of this kind. */
  readonly requesting: (kind: HandoverKind, name: string) => readonly AskingText[];
  /** All texts that name one of the names wanted of any text. */
  readonly naming: (name: string) => readonly AskingText[];
};

/**
 * The texts that hold any of the wanted names. One pass over the texts; memory grows with the texts that hold
 * a wanted name.
 */
export function findAskingTexts(
  processes: Iterable<ProcessNode>,
  scripts: Iterable<EndpointEvent>,
  { requested, named }: WantedNames,
  askerOf: (event: EndpointEvent) => ProcessNode | undefined,
): AskingTexts {
  const byName = new Map<string, AskingText[]>();
  const few = named.size > NAMES_TRIED ? undefined : [...named];
  const add = (text: AskingText, first: 'itself' | 'named'): void => {
    let looked = 0;
    const kinds = kindsAskedBy(text.text);
    if (kinds.length === 0 && !mayHold(text.text, few)) return;
    for (const name of namesIn(text.text, first)) {
      if (++looked > NAMES_MAX) break;
      if (named.has(name)) push(byName, name, text);
      if (kinds.length === 0 || !(requested.has(name) || named.has(name))) continue;
      for (const kind of kinds) push(byName, `${kind} ${name}`, text);
    }
  };
  if (requested.size > 0 || named.size > 0) {
    for (const asker of processes) {
      const { commandLine, startEvent } = asker;
      if (commandLine === undefined || startEvent === undefined) continue;
      const text = plainText(commandLine);
      // Without a blank it is a program alone, which asks for nothing.
      if (text.includes(' '))
        add({ asker, time: beginOf(asker), event: startEvent, text, source: 'command line' }, 'itself');
    }
    for (const event of scripts) {
      const written = event['powershell.script_block_text'];
      const asker = written === undefined ? undefined : askerOf(event);
      if (written === undefined || asker === undefined) continue;
      add({ asker, time: event.time, event: event.id, text: plainText(written), source: 'script' }, 'named');
    }
    for (const list of byName.values()) list.sort(byTimeAndRecord);
  }
  return {
    requesting: (kind, name) => byName.get(`${kind} ${name}`) ?? [],
    naming: (name) => byName.get(name) ?? [],
  };
}

/** Whether a text may hold one of a few names; true where they are too many to try. */
function mayHold(plain: string, names: readonly string[] | undefined): boolean {
  return names === undefined || names.some((name) => plain.includes(name));
}

/** The ways of starting a program that a plain text speaks of. */
function kindsAskedBy(plain: string): readonly HandoverKind[] {
  let kinds: Set<HandoverKind> | undefined;
  for (const { kind, words } of CARRIERS) {
    if (!words.some((word) => plain.includes(word))) continue;
    kinds ??= new Set();
    kinds.add(kind);
  }
  return kinds === undefined ? NO_KINDS : [...kinds];
}

const NO_KINDS: readonly HandoverKind[] = [];

function push(map: Map<string, AskingText[]>, key: string, text: AskingText): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [text]);
  else list.push(text);
}

/** Order of requests: time, then record. */
export function byTimeAndRecord(
  a: { readonly time: Micros; readonly event: EventId },
  b: { readonly time: Micros; readonly event: EventId },
): number {
  return a.time - b.time || (a.event < b.event ? -1 : a.event > b.event ? 1 : 0);
}
