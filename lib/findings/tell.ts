import { type Chain, type Match, stageOf } from '../analytics/chain';
import { fieldReader, UNKNOWN } from '../analytics/predicate/fields';
import { cutText, cutTextFront } from '../base/cutText';
import { commandLineArguments } from '../events/commandLine';
import { subjectOfMatch } from './judgeWhen';

/** Longest piece of telemetry that a sentence quotes; the record itself is one click away. */
const QUOTE = 80;

/**
 * Fills `{stage.field}` places of a sentence from the stage's first match; `{stage.field|words}` gives the
 * words when there is nothing to fill in. Beside recorded and derived fields there are, for people:
 * `image`, `parent`, `file` (names as written), `target` (what the command line was given), `destination`,
 * `user` (without domain) and `host`.
 */
export function tell(template: string, chain: Chain): string {
  return template.replace(
    /\{([a-z0-9_]+)\.([a-zA-Z0-9_.]+)(?:\|([^}]*))?\}/gi,
    (_, stage: string, field: string, otherwise?: string) => {
      const match = stageOf(chain, stage)?.matches[0];
      const value = match === undefined ? undefined : told(field, match, chain);
      return value === undefined || value === '' ? (otherwise ?? 'something not recorded') : shorten(value);
    },
  );
}

/** Whether every place of a sentence that has no fallback can be filled. */
export function canTell(template: string, chain: Chain): boolean {
  for (const place of template.matchAll(/\{([a-z0-9_]+)\.([a-zA-Z0-9_.]+)\}/gi)) {
    const match = stageOf(chain, place[1] ?? '')?.matches[0];
    if (match === undefined || told(place[2] ?? '', match, chain) === undefined) return false;
  }
  return true;
}

function told(field: string, match: Match, chain: Chain): string | undefined {
  const node = chain.index.nodeOf(match.process);
  switch (field) {
    case 'image':
      return baseName(node?.image ?? match.event?.['process.executable']);
    case 'parent':
      return baseName(
        chain.index.nodeOf(node?.link.parentId)?.image ?? match.event?.['process.parent.executable'],
      );
    case 'file':
      return baseName(match.event?.['file.path'])?.replace(/:[^:]*$/, '');
    case 'target':
      return target(node?.commandLine ?? match.event?.['process.command_line']);
    case 'destination':
      return destinationOf(match, chain);
    case 'user':
      return (node?.user ?? match.event?.['user.name'])?.split('\\').pop();
    case 'host':
      return match.evidence.host;
  }
  const value = fieldReader(field)?.(subjectOfMatch(match, chain));
  if (value === undefined || value === UNKNOWN) return undefined;
  return Array.isArray(value) ? value[0] : String(value);
}

/** `name:port`, `ip:port`, or the queried name. */
export function destinationOf(match: Pick<Match, 'event'>, chain: Pick<Chain, 'index'>): string | undefined {
  const event = match.event;
  if (event === undefined) return undefined;
  if (event.kind === 'dns_query') return event['dns.question.name'];
  const ingress = event['network.direction'] === 'ingress';
  const ip = ingress ? event['source.ip'] : event['destination.ip'];
  if (ip === undefined) return undefined;
  const name = ingress ? undefined : chain.index.destination(event).name;
  const port = ingress ? undefined : event['destination.port'];
  return `${name ?? ip}${port === undefined ? '' : `:${port}`}`;
}

/** What a match is about, by name: its file, its destination, or its program. */
export function nameOfMatch(match: Match, chain: Pick<Chain, 'index'>): string {
  const event = match.event;
  if (event?.['file.path'] !== undefined)
    return (baseName(event['file.path']) ?? event['file.path']).replace(/:[^:]*$/, '');
  const destination = event === undefined ? undefined : destinationOf(match, chain);
  const image = chain.index.nodeOf(match.process)?.image ?? match.evidence['process.executable'];
  return shorten(destination ?? baseName(image) ?? 'a program not recorded');
}

/** What the program was told to work on: a URL or script first, else the first file, by its last part. */
function target(commandLine: string | undefined): string | undefined {
  if (commandLine === undefined) return undefined;
  const args = commandLineArguments(commandLine).slice(1);
  const url = args.find((argument) => /^(https?|ftp|file):/i.test(argument));
  if (url !== undefined) return url;
  const script = args.find((argument) => /^(vbscript|javascript|about):/i.test(argument));
  if (script !== undefined) return `${script.slice(0, script.indexOf(':'))} code on its command line`;
  const file = args.find(
    (argument) => /\\|\/[^/]|\.[a-z0-9]{1,5}$/i.test(argument) && !/^[-/][a-z]+$/i.test(argument),
  );
  return file === undefined ? undefined : baseName(file);
}

/** File name as written, or undefined. */
export function baseName(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const name = path.split(/[\\/]/).pop();
  return name === undefined || name === '' ? path : name;
}

/** A quote cut in its middle. */
export function shorten(text: string): string {
  return text.length <= QUOTE
    ? text
    : `${cutText(text, QUOTE / 2 - 1)}\u2026${cutTextFront(text, QUOTE / 2)}`;
}
