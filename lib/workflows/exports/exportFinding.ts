import { AppError } from '../base/appError';
import type { CounterfactualView, FindingDetail, ReasonView, StageEventView } from '../contracts/findings';
import { readFinding } from './readFinding';

export type ExportFormat = 'markdown' | 'json' | 'stix' | 'timesketch';
export type ExportedFinding = { readonly name: string; readonly type: string; readonly content: string };

/** A finding as a document. Throws `not_found`, and `not_implemented` for formats that are not written yet. */
export async function exportFinding(id: string, format: ExportFormat): Promise<ExportedFinding> {
  const finding = await readFinding(id);
  const name = `${finding.analytic}-${finding.host}-${finding.id.slice(0, 12)}`;
  switch (format) {
    case 'markdown':
      return { name: `${name}.md`, type: 'text/markdown; charset=utf-8', content: toMarkdown(finding) };
    case 'json':
      return {
        name: `${name}.json`,
        type: 'application/json',
        content: `${JSON.stringify(finding, null, 2)}\n`,
      };
    case 'timesketch':
      return { name: `${name}.jsonl`, type: 'application/x-ndjson', content: toTimesketch(finding) };
    case 'stix':
      throw new AppError('not_implemented', 'Export as STIX is not available yet; use json or timesketch.');
  }
}

function toMarkdown(finding: FindingDetail): string {
  const lines = [
    `# ${text(finding.headline)}`,
    '',
    `${finding.analytic} ${text(finding.analyticTitle)} · ${finding.status} · ${finding.severity} · score ${finding.score}`,
    '',
    `- Host: ${code(finding.host)}`,
    `- User: ${finding.user === null ? 'unknown' : code(finding.user)}`,
    `- From ${finding.from} to ${finding.to}`,
    `- Verdict: ${finding.verdict === null ? 'none' : `${finding.verdict.value} by ${text(finding.verdict.by)} at ${finding.verdict.at}. ${text(finding.verdict.reason)}`}`,
    `- Weakest link: ${finding.weakestLink.strength}. ${text(finding.weakestLink.text)}`,
    '',
    '## Story',
    '',
    ...finding.story.map((line, i) => `${i + 1}. ${text(line.text)}`),
    '',
    '## Stages',
    '',
    ...finding.stages.flatMap((stage) => [
      `### ${text(stage.title)}: ${stage.state}`,
      '',
      ...(stage.stateReason === null ? [] : [text(stage.stateReason), '']),
      ...stage.events.map(
        (event) =>
          `- ${event.time} ${event.kind} ${code(whatOf(event))}${event.record === null ? '' : ` (${text(event.record.file)}, record ${event.record.index})`}`,
      ),
      '',
    ]),
    '## Why this score',
    '',
    ...finding.reasons.filter((reason) => reason.baseline === null).map(reasonLine),
    ...finding.caps.map((cap) => `- at most ${cap.limit}: ${text(cap.text)}`),
    ...finding.reasons.filter((reason) => reason.baseline !== null).map(reasonLine),
    ...finding.unjudged.map(
      (reason) => `- not judged (${reason.points}): ${text(reason.text)}; ${text(reason.because)}`,
    ),
    '',
    ...(finding.counterfactuals.length === 0 ? [] : ['## What would change it', '']),
    ...finding.counterfactuals.map(counterfactualLine),
    ...(finding.counterfactuals.length === 0 ? [] : ['']),
    '## What could be seen',
    '',
    ...finding.telemetry.map((entry) => `- ${text(entry.stage)}: ${entry.state}. ${text(entry.why)}`),
    '',
    '## Runbook',
    '',
    ...finding.runbook.map((step) => `- [ ] ${text(step)}`),
    '',
  ];
  return lines.join('\n');
}

function reasonLine(reason: ReasonView): string {
  const worth = reason.worth === null ? '' : ` of ${reason.worth}`;
  const beside = reason.counted ? '' : ' (not counted: another of its group is)';
  const note = reason.note === null ? '' : ` (${text(reason.note)})`;
  return `- ${reason.effect} ${reason.points}${worth}${beside}: ${text(reason.text)}${note}`;
}

function counterfactualLine({ text: said, field, actual, wanted }: CounterfactualView): string {
  const values =
    field === null || actual === null || wanted === null
      ? ''
      : ` (${code(field)}: ${code(actual)}, wanted ${code(wanted)})`;
  return `- ${text(said)}${values}`;
}

/** One line per event, as Timesketch imports them: message, datetime, timestamp_desc and our fields. */
function toTimesketch(finding: FindingDetail): string {
  const lines = finding.stages.flatMap((stage) =>
    stage.events.map((event) =>
      JSON.stringify({
        message: `${stage.title}: ${whatOf(event)}`,
        datetime: event.time,
        timestamp_desc: `${finding.analytic}/${stage.id}`,
        hostname: finding.host,
        username: event.user,
        event_kind: event.kind,
        finding: finding.id,
        event_id: event.eventId,
        process: event.image,
        command_line: event.commandLine,
        path: event.path,
        destination: event.destination,
        query: event.query,
      }),
    ),
  );
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function whatOf(event: StageEventView): string {
  return event.commandLine ?? event.path ?? event.destination ?? event.query ?? event.image ?? event.kind;
}

/** Text of machines kept from becoming markup: telemetry is written by attackers too. */
function text(value: string): string {
  return value.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|!]/g, (c) => `\\${c}`);
}

/** Text as a code span, with a fence longer than any run of backticks in it. */
function code(value: string): string {
  const line = value.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${longest > 0 ? ' ' : ''}${line}${longest > 0 ? ' ' : ''}${fence}`;
}
