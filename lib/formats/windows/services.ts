import { type OpenDraft, put } from '../eventDraft';
import { setAccount } from './draft';
import { type Place, putWriter, valueAt } from './operational';
import { count } from './values';
import type { WindowsRecord } from './windowsRecord';

/** System 7045 (Service Control Manager): a service was installed. It names no process. */
export function setServiceInstalled(draft: OpenDraft, record: WindowsRecord): string | undefined {
  putWriter(draft, record);
  return setService(draft, record);
}

/** Security 4697: the same, with who installed it and, since Windows 10, through which process. */
export function setServiceAudited(draft: OpenDraft, record: WindowsRecord): string | undefined {
  setAccount(draft, record, 'Subject');
  put(draft, 'process.pid', count(record.data.ClientProcessId));
  return setService(draft, record);
}

function setService(draft: OpenDraft, record: WindowsRecord): string | undefined {
  const [name, command] = record.channel === 'Security' ? AUDITED : INSTALLED;
  const service = valueAt(record, name);
  if (service === undefined) return 'no ServiceName';
  put(draft, 'service.name', service);
  put(draft, 'service.command', valueAt(record, command));
  return undefined;
}

const COMMAND = ['ImagePath', 'ServiceFileName', 'Service File Name'];
const INSTALLED: readonly [Place, Place] = [
  { names: ['ServiceName'], position: 0, labels: ['Service Name'] },
  { names: COMMAND, position: 1, labels: ['Service File Name'] },
];
const AUDITED: readonly [Place, Place] = [
  { names: ['ServiceName'], position: 4, labels: ['Service Name'] },
  { names: COMMAND, position: 5, labels: ['Service File Name'] },
];
