import type {
  CounterfactualView,
  FindingDetail,
  ReasonView,
  StageEventView,
  StageView,
} from '../../contracts/findings';
import { VERDICT_WORD } from '../../contracts/scalars';
import { plainText } from './plainText';
import { type Story, whatOf } from './story';
import { gapOf, joinWords, pointsWords, seenWords } from './words';

/** A finding as a report in Markdown: text of machines never becomes markup. */
export function toMarkdown(story: Story): string {
  const { finding } = story;
  const lines = [
    `# ${text(finding.headline)}`,
    '',
    `${finding.analytic} ${text(finding.analyticTitle)} · ${finding.status} · ${finding.severity} · score ${finding.score}`,
    '',
    `- Host: ${code(finding.host)}`,
    `- User: ${finding.user === null ? 'unknown' : code(finding.user)}`,
    `- From ${finding.from} to ${finding.to}`,
    `- Verdict: ${verdictOf(finding)}`,
    `- Weakest link: ${finding.weakestLink.strength}. ${text(finding.weakestLink.text)}`,
    '',
    '## Story',
    '',
    ...finding.story.map((line, i) => `${i + 1}. ${text(line.text)}`),
    '',
    '## Stages',
    '',
    ...finding.stages.flatMap((stage, place) => stageLines(stage, place, story)),
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
    ...finding.telemetry.map((entry) => `- ${text(seenWords(entry, finding.stages))}`),
    '',
    '## Runbook',
    '',
    ...runbookLines(story),
    '',
    '## Provenance',
    '',
    `- Finding ${code(finding.id)}, ${finding.analytic} version ${text(finding.analyticVersion)}${finding.techniques.length === 0 ? '' : ` (${finding.techniques.join(', ')})`}`,
    ...story.imports.map(
      (one) =>
        `- ${code(one.name)}: ${one.bytes} bytes, SHA-256 ${code(one.sha256)}, imported ${one.importedAt}`,
    ),
    '',
  ];
  return lines.join('\n');
}

function stageLines(stage: StageView, place: number, { finding, annotations }: Story): readonly string[] {
  const gap = gapOf(finding.stages, place);
  const join = joinWords(stage);
  const shown = stage.events.length;
  return [
    `### ${place + 1}. ${text(stage.title)}: ${stage.state}${gap === null ? '' : ` (${gap})`}`,
    '',
    ...(stage.stateReason === null ? [] : [text(stage.stateReason), '']),
    ...(join === null ? [] : [`Joined ${text(join)}`, '']),
    ...stage.events.flatMap((event) => eventLines(event, annotations.get(event.eventId))),
    ...(shown < stage.eventsTotal ? [`- first ${shown} of ${stage.eventsTotal} events`] : []),
    '',
  ];
}

function eventLines(
  event: StageEventView,
  said: { flag: { by: string } | null; comments: readonly { by: string; text: string }[] } | undefined,
): readonly string[] {
  const record = event.record === null ? '' : ` (${text(event.record.file)}, record ${event.record.index})`;
  const flag = said?.flag == null ? '' : ` · flagged by ${text(said.flag.by)}`;
  return [
    `- ${event.time} ${event.kind} ${code(whatOf(event))}${record}${flag}`,
    ...(said?.comments ?? []).map((comment) => `  - ${text(comment.by)}: ${text(comment.text)}`),
  ];
}

function verdictOf({ verdict }: FindingDetail): string {
  if (verdict === null) return 'none';
  return `${VERDICT_WORD[verdict.value]} by ${text(verdict.by)} at ${verdict.at}. ${text(verdict.reason)}`;
}

function runbookLines({ finding, runbook }: Story): readonly string[] {
  if (runbook === null) return finding.runbook.map((step) => `- [ ] ${text(step)}`);
  return runbook.steps.flatMap((step) => [
    `- [${step.state === 'answered' ? 'x' : ' '}] ${text(step.text)}`,
    ...(step.answer === null ? [] : [`  - ${step.state}: ${text(step.answer)}`]),
    ...(step.query === null ? [] : [`  - ${code(step.query)}`]),
  ]);
}

function reasonLine(reason: ReasonView): string {
  const note = reason.note === null ? '' : ` (${text(reason.note)})`;
  return `- ${pointsWords(reason)}: ${text(reason.text)}${note}`;
}

function counterfactualLine({ text: said, field, actual, wanted }: CounterfactualView): string {
  const values =
    field === null || actual === null || wanted === null
      ? ''
      : ` (${code(field)}: ${code(actual)}, wanted ${code(wanted)})`;
  return `- ${text(said)}${values}`;
}

/** Text of machines kept from becoming markup: telemetry is written by attackers too. */
function text(value: string): string {
  return plainText(value.replace(/\s+/g, ' ')).replace(/[\\`*_{}[\]<>#|!]/g, (c) => `\\${c}`);
}

/** Text as a code span, with a fence longer than any run of backticks in it. */
function code(value: string): string {
  const line = plainText(value.replace(/\s+/g, ' '));
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${longest > 0 ? ' ' : ''}${line}${longest > 0 ? ' ' : ''}${fence}`;
}
