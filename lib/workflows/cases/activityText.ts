import type { CaseDetail } from '../../contracts/cases';
import { VERDICT_WORD, verdictValue } from '../../contracts/scalars';
import { caseSubject } from '../../storage/audit';
import type { AuditEntry } from '../../storage/auditEntries';

type Details = AuditEntry['details'];

/** Entries of the trail as a case tells them; of those of merged cases it says whose they are. */
export function toCaseActivity(entries: readonly AuditEntry[], caseId: number): CaseDetail['activity'] {
  const own = caseSubject(caseId);
  return entries
    .filter(({ action, subject, details }) => {
      // Both cases have an entry of their merging; here the one that received tells it.
      return subject === own || action !== 'case.merged' || details.into === undefined;
    })
    .map((entry) => ({
      at: entry.at,
      by: entry.by,
      action: entry.action,
      text: `${activityText(entry)}${entry.subject === own ? '' : ` (${entry.subject.replace(':', ' ')})`}`,
    }));
}

/** What an entry of the trail about a case says was done, as the rest of a sentence that begins with a person. */
export function activityText({ action, details }: Pick<AuditEntry, 'action' | 'details'>): string {
  const tell = Object.hasOwn(WORDS, action) ? WORDS[action] : undefined;
  return tell === undefined ? action : tell(details);
}

const WORDS: Readonly<Record<string, (details: Details) => string>> = {
  'case.created': () => 'opened the case',
  'case.changed': changed,
  'case.closed': ({ outcome }) =>
    `closed it without review${typeof outcome === 'string' ? ` as ${verdict(outcome)}` : ''}`,
  'case.reopened': () => 'opened it again',
  'case.items_added': (details) =>
    `added ${things(details)}${typeof details.moved === 'number' ? `, ${details.moved} of them out of another case` : ''}`,
  'case.items_removed': (details) =>
    typeof details.movedTo === 'number'
      ? `moved ${things(details)} to case ${details.movedTo}`
      : `took out ${things(details)}`,
  'case.merged': ({ into, merged }) =>
    into === undefined ? `merged case ${merged} into it` : `merged it into case ${into}`,
  'case.unmerged': ({ from, unmerged }) =>
    from === undefined ? `took case ${unmerged} out of it again` : `took it out of case ${from} again`,
  'case.note_added': () => 'added a note',
  'case.note_saved': () => 'wrote in a note',
  'case.note_withdrawn': () => 'withdrew a note',
  'case.task_added': ({ tasks, assignee }) =>
    typeof tasks === 'number'
      ? `made ${count(tasks, 'task')} of a runbook`
      : `added a task${typeof assignee === 'string' ? ` for ${assignee}` : ''}`,
  'case.task_changed': ({ assignee }) =>
    assignee === undefined
      ? 'changed a task'
      : assignee === null
        ? 'took a task from its assignee'
        : `gave a task to ${assignee}`,
  'case.task_ended': ({ state }) => (state === 'skipped' ? 'skipped a task' : 'finished a task'),
  'case.task_reopened': () => 'opened a task again',
  'case.commented': ({ pinned }) => (pinned === true ? 'commented on something of it' : 'commented'),
  'case.comment_resolved': () => 'marked a comment as answered',
  'case.comment_reopened': () => 'opened a comment again',
  'case.comment_withdrawn': () => 'withdrew a comment',
  'case.attachment_added': ({ bytes }) => `added a file of ${Number(bytes).toLocaleString('en')} bytes`,
  'case.attachment_taken': () => 'took a copy of a file',
  'case.attachment_exported': () => 'exported a file in an evidence pack',
  'case.attachment_withdrawn': () => 'withdrew a file',
  'case.indicator_added': ({ type }) => `added an indicator (${type})`,
  'case.indicator_withdrawn': () => 'withdrew an indicator',
  'case.submitted': () => 'submitted it for review',
  'case.withdrawn': () => 'took it back from review',
  'case.approved': ({ outcome }) =>
    `approved it${typeof outcome === 'string' ? ` as ${verdict(outcome)}` : ''}`,
  'case.sent_back': ({ comments }) =>
    `sent it back${typeof comments === 'number' && comments > 0 ? ` with ${count(comments, 'comment')}` : ''}`,
  'evidence.exported': () => 'exported its evidence pack',
};

function changed({ title, summary, severity, severityBefore, owner, outcome }: Details): string {
  const said = [
    ...(title === true ? ['changed the title'] : []),
    ...(summary === true ? ['changed the summary'] : []),
    ...(severity === undefined ? [] : [`changed the severity from ${severityBefore} to ${severity}`]),
    ...(owner === undefined ? [] : [owner === null ? 'took it from its owner' : `gave it to ${owner}`]),
    ...(outcome === undefined
      ? []
      : [outcome === null ? 'took its outcome away' : `set its outcome to ${verdict(String(outcome))}`]),
  ];
  return said.length === 0 ? 'changed it' : said.join(', ');
}

function things({ findings, alerts, hits }: Details): string {
  const said = [
    ...(Number(findings) > 0 ? [count(Number(findings), 'finding')] : []),
    ...(Number(alerts) > 0 ? [count(Number(alerts), 'alert')] : []),
    ...(Number(hits) > 0 ? [count(Number(hits), 'Sigma hit')] : []),
  ];
  return said.join(' and ');
}

/** As it is kept, should it be of no version we know. */
function verdict(value: string): string {
  const known = verdictValue.safeParse(value).data;
  return known === undefined ? value.replaceAll('_', ' ') : VERDICT_WORD[known].toLowerCase();
}

function count(n: number, word: string): string {
  return `${n.toLocaleString('en')} ${word}${n === 1 ? '' : 's'}`;
}
