import type { NormalisedRecord } from '../../events/record';
import { event, putUser, quarantined } from '../eventDraft';
import { ignored, startDraft } from './draft';
import { build } from './operational';
import { setServiceInstalled } from './services';
import { text } from './values';
import type { WindowsRecord } from './windowsRecord';

/**
 * System 104: a log other than Security was cleared; `message` names it where the record does. System 7045: a
 * service was installed.
 */
export function normaliseSystem(record: WindowsRecord): NormalisedRecord {
  if (record.eventId === 7045) return build(record, 'service_install', setServiceInstalled);
  if (record.eventId !== 104) return ignored(record);
  const draft = startDraft(record, 'log_clear');
  if (typeof draft === 'string') return quarantined(draft);
  putUser(draft, text(record, 'SubjectUserName'));
  const domain = text(record, 'SubjectDomainName');
  if (domain !== undefined) draft['user.domain'] = domain;
  const cleared = text(record, 'Channel');
  if (cleared !== undefined && cleared !== record.channel) draft.message = cleared;
  return event(draft);
}
