import type { StageView } from '../../contracts/findings';
import { VERDICT_WORD } from '../../contracts/scalars';
import { oneLine } from '../exports/plainText';
import { type Story, whatOf } from '../exports/story';
import { gapOf, joinWords, pointsWords, seenWords } from '../exports/words';
import type { Block } from './block';

/** A finding's story as a document, with the same parts as its Markdown and its page. */
export function findingBlocks(story: Story): readonly Block[] {
  const { finding } = story;
  return [
    { type: 'title', text: finding.headline },
    { type: 'facts', rows: factsOf(story) },
    { type: 'heading', text: 'Story' },
    { type: 'list', items: finding.story.map(({ text }) => text) },
    { type: 'heading', text: 'Stages' },
    ...finding.stages.flatMap((stage, place) => stageBlocks(stage, place, story)),
    { type: 'heading', text: 'Why this score' },
    { type: 'list', items: scoreItems(story) },
    { type: 'heading', text: 'What could be seen' },
    { type: 'list', items: finding.telemetry.map((entry) => seenWords(entry, finding.stages)) },
    { type: 'heading', text: 'Runbook' },
    { type: 'list', items: runbookItems(story) },
    { type: 'heading', text: 'Provenance' },
    {
      type: 'text',
      text: `Finding ${finding.id} by ${finding.analytic} version ${finding.analyticVersion}. Each record named here can be held against its original.`,
    },
    ...story.imports.flatMap((one): Block[] => [
      { type: 'text', text: `${one.name}, ${one.bytes} bytes, imported ${one.importedAt}` },
      { type: 'code', text: `SHA-256 ${one.sha256}` },
    ]),
    { type: 'list', items: finding.activity.map(({ at, by, text }) => `${at} ${by}: ${oneLine(text)}`) },
  ];
}

function factsOf({ finding }: Story): readonly (readonly [string, string])[] {
  const { verdict, weakestLink } = finding;
  return [
    ['Analytic', `${finding.analytic} ${finding.analyticTitle}`],
    ['Result', `${finding.status}, ${finding.severity}, score ${finding.score} of 100`],
    ['Host', finding.host],
    ['User', finding.user ?? 'unknown'],
    ['Time', `${finding.from} to ${finding.to}`],
    ['Weakest link', `${weakestLink.strength}: ${weakestLink.text}`],
    [
      'Verdict',
      verdict === null
        ? 'none yet'
        : `${VERDICT_WORD[verdict.value]} by ${verdict.by}, ${verdict.at}${verdict.reason === '' ? '' : `: ${oneLine(verdict.reason)}`}`,
    ],
  ];
}

function stageBlocks(stage: StageView, place: number, { finding, annotations }: Story): readonly Block[] {
  const join = joinWords(stage);
  const gap = gapOf(finding.stages, place);
  const cut = stage.eventsTotal - stage.events.length;
  return [
    {
      type: 'subheading',
      text: `${place + 1}. ${stage.title}: ${stage.state}${gap === null ? '' : ` ${gap}`}`,
    },
    ...(stage.stateReason === null ? [] : [{ type: 'text', text: stage.stateReason } as const]),
    ...(join === null ? [] : [{ type: 'quiet', text: `Joined ${join}` } as const]),
    ...stage.events.flatMap((event): Block[] => {
      const said = annotations.get(event.eventId);
      const by =
        event.image === null ? '' : ` by ${event.image}${event.pid === null ? '' : ` (pid ${event.pid})`}`;
      const from = event.record === null ? '' : `; ${event.record.file}, record ${event.record.index}`;
      return [
        { type: 'quiet', text: `${event.time} ${event.kind}${by}${from}` },
        { type: 'code', text: whatOf(event) },
        ...(said?.flag == null ? [] : [{ type: 'text', text: `Flagged by ${said.flag.by}` } as const]),
        ...(said?.comments ?? []).map(
          (comment): Block => ({ type: 'text', text: `${comment.by}: ${oneLine(comment.text)}` }),
        ),
      ];
    }),
    ...(cut > 0
      ? [{ type: 'quiet', text: `First ${stage.events.length} of ${stage.eventsTotal} events.` } as const]
      : []),
  ];
}

function scoreItems({ finding }: Story): readonly string[] {
  return [
    ...finding.reasons.map(
      (reason) => `${pointsWords(reason)}: ${reason.text}${reason.note === null ? '' : ` (${reason.note})`}`,
    ),
    ...finding.caps.map((cap) => `at most ${cap.limit}: ${cap.text}`),
    ...finding.unjudged.map((one) => `not judged (${one.points}): ${one.text}; ${one.because}`),
    ...finding.counterfactuals.map((one) => one.text),
  ];
}

function runbookItems({ finding, runbook }: Story): readonly string[] {
  if (runbook === null) return finding.runbook;
  return runbook.steps.map((step) => `${step.text}${step.answer === null ? '' : ` ${step.answer}`}`);
}
