import { type OpenDraft, put } from '../eventDraft';
import { digestOf, textOf } from '../vendorValues';
import { clientQuery, inspectedQuery } from './connections';
import { putActor } from './processes';
import { cell, detailsOf, type HuntingRow, pathOf } from './row';

/** A query of the DNS client. */
export function setClientQuery(draft: OpenDraft, row: HuntingRow): string | undefined {
  putActor(draft, row);
  const query = clientQuery(row);
  put(draft, 'dns.question.name', query.name);
  put(draft, 'dns.answers', query.answers);
  return query.name === undefined ? 'no DnsQueryString' : undefined;
}

/** A query seen on the wire; nobody knows whose. */
export function setInspectedQuery(draft: OpenDraft, row: HuntingRow): string | undefined {
  putActor(draft, row);
  const query = inspectedQuery(row);
  put(draft, 'dns.question.name', query?.name);
  put(draft, 'dns.answers', query?.answers);
  return query?.name === undefined ? 'no query in AdditionalFields' : undefined;
}

/** A PowerShell command, or the text of a script that was run. */
export function setScript(draft: OpenDraft, row: HuntingRow): string | undefined {
  putActor(draft, row);
  const text = scriptOf(row);
  put(draft, 'powershell.script_block_text', text);
  put(draft, 'file.path', pathOf(cell(row, 'FolderPath'), cell(row, 'FileName')));
  put(draft, 'file.hash.sha256', digestOf(row.SHA256, 64));
  return text === undefined ? 'no command and no script text in AdditionalFields' : undefined;
}

/** Text of a script or command in AdditionalFields. */
function scriptOf(row: HuntingRow): string | undefined {
  const details = detailsOf(row);
  for (const name of ['ScriptContent', 'ScriptBlockText', 'Command', 'Content', 'Script']) {
    const text = textOf(details[name]);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A pipe made, or opened where the row does not say; `\Device\NamedPipe\name` is written `\name`, as Sysmon does. */
export function setPipe(draft: OpenDraft, row: HuntingRow): string | undefined {
  putActor(draft, row);
  const details = detailsOf(row);
  const name = textOf(details.PipeName) ?? cell(row, 'FileName');
  put(draft, 'pipe.name', name?.replace(/^\\Device\\NamedPipe(?=\\)/i, ''));
  if (textOf(details.FileOperation)?.toLowerCase().includes('creat')) draft.kind = 'pipe_create';
  return name === undefined ? 'no PipeName in AdditionalFields' : undefined;
}

/** The Security log was cleared. */
export function setLogClear(draft: OpenDraft, row: HuntingRow): undefined {
  putActor(draft, row);
  draft.message = 'Security';
}
