import type { NormalisedRecord } from '../../events/record';
import { type OpenDraft, put, putUser } from '../eventDraft';
import { ignored, setAccount } from './draft';
import { build, type Place, valueAt } from './operational';
import { count } from './values';
import type { WindowsRecord } from './windowsRecord';

/** TaskScheduler/Operational: 106 a task was registered, 140 it was changed. They name the task, not its command. */
export function normaliseTaskScheduler(record: WindowsRecord): NormalisedRecord {
  if (record.eventId !== 106 && record.eventId !== 140) return ignored(record);
  return build(record, 'task_create', (draft) => {
    putUser(draft, valueAt(record, USER));
    const name = valueAt(record, NAME);
    put(draft, 'task.name', name);
    return name === undefined ? 'no TaskName' : undefined;
  });
}

/** Security 4698 and 4702: who registered or changed which task, with the task's own XML. */
export function setTask(draft: OpenDraft, record: WindowsRecord): string | undefined {
  setAccount(draft, record, 'Subject');
  put(draft, 'process.pid', count(record.data.ClientProcessId));
  const name = valueAt(record, NAME);
  if (name === undefined) return 'no TaskName';
  put(draft, 'task.name', name);
  put(draft, 'task.command', taskCommand(valueAt(record, CONTENT) ?? messageContent(record.message)));
  return undefined;
}

/**
 * The command line of a task's first program, from its XML (`<Command>` and `<Arguments>`, escaped once or
 * twice). Undefined for a task that runs a COM class only.
 */
export function taskCommand(xml: string | undefined): string | undefined {
  if (xml === undefined) return undefined;
  const plain = xml.includes('<') ? xml : unescaped(xml);
  const command = element(plain, 'Command');
  if (command === undefined) return undefined;
  const args = element(plain, 'Arguments');
  return args === undefined ? command : `${command} ${args}`;
}

const NAME: Place = { names: ['TaskName'], position: 0, labels: ['Task Name'] };
const USER: Place = { names: ['UserContext', 'UserName'], position: 1 };
const CONTENT: Place = { names: ['TaskContent', 'TaskContentNew'] };

function messageContent(message: unknown): string | undefined {
  return typeof message === 'string' && /<Task[\s>]/.test(message) ? message : undefined;
}

/** Text of the first element of a name without children; the record's size bounds the search. */
function element(xml: string, name: string): string | undefined {
  const open = xml.indexOf(`<${name}>`);
  if (open < 0) return undefined;
  const from = open + name.length + 2;
  const end = xml.indexOf(`</${name}>`, from);
  const value = end < 0 ? '' : unescaped(xml.slice(from, end)).trim();
  return value === '' ? undefined : value;
}

function unescaped(text: string): string {
  return text.includes('&')
    ? text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name] ?? '')
    : text;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
