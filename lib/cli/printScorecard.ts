import { type AnalyticScore, precisionOf, recallOf, type Scorecard } from '../validation/scorecard';
import type { Paint } from './printAnalysis';
import type { ValidationDocument } from './scorecardDocument';
import { terminalText } from './terminalText';

/** A validation for a person: per set a table of analytics and stages, then everything that is not as labelled. */
export function printScorecards(document: ValidationDocument, paint: Paint): string {
  const lines = document.definitions
    .filter(({ version }) => version !== '')
    .map(({ analytic, version, sha256 }) => paint(`${analytic} ${version}  ${sha256.slice(0, 12)}`, 'grey'));
  for (const card of document.scorecards) lines.push('', ...setLines(card, paint));
  if (document.unusable.length > 0) {
    lines.push('', paint('Could not be replayed:', 'yellow'));
    for (const { file, why } of document.unusable)
      lines.push(`  ${terminalText(file)}  ${terminalText(why)}`);
  }
  const verdict =
    document.unexplained === 0
      ? paint('All as labelled.', 'green')
      : paint(`${document.unexplained} not as labelled.`, 'red');
  return `${[...lines, '', verdict].join('\n')}\n`;
}

function setLines(card: Scorecard, paint: Paint): readonly string[] {
  const right = card.recordings.filter(({ ok }) => ok).length;
  const lines = [
    paint(`${card.set}: ${card.recordings.length} recordings, ${right} as labelled`, 'bold'),
    paint(row(['', 'labelled', 'found', 'accepted', 'missed', 'false', 'recall', 'precision']), 'grey'),
  ];
  for (const score of card.analytics) lines.push(...analyticLines(score, paint));
  if (card.differences.length > 0) lines.push(paint('Not as labelled:', 'bold'));
  for (const { file, sentence, because } of card.differences) {
    lines.push(`  ${because === undefined ? paint('✗', 'red') : paint('≈', 'yellow')} ${terminalText(file)}`);
    lines.push(`      ${terminalText(sentence)}`);
    if (because !== undefined) lines.push(paint(`      because ${because}`, 'grey'));
  }
  return lines;
}

function analyticLines(score: AnalyticScore, paint: Paint): readonly string[] {
  const lines: string[] = [];
  for (const verdict of ['complete', 'partial'] as const) {
    const count = score[verdict];
    const { labelled, found, accepted, missed } = count;
    const text = row([
      `${score.analytic} ${verdict}`,
      labelled,
      found,
      accepted,
      missed,
      count.false,
      share(recallOf(count)),
      share(precisionOf(count)),
    ]);
    lines.push(missed + count.false === 0 ? text : paint(text, 'red'));
  }
  const quiet = row([`${score.analytic} quiet`, score.quiet.labelled, score.quiet.kept]);
  lines.push(score.quiet.kept === score.quiet.labelled ? quiet : paint(quiet, 'red'));
  for (const { stage, matched, found, unmatched, right } of score.stages) {
    const text = `    ${terminalText(stage).slice(0, 44).padEnd(46)}${`${found}/${matched} matched`.padEnd(18)}${unmatched === 0 ? '' : `${right}/${unmatched} absent or blind`}`;
    lines.push(found === matched && right === unmatched ? paint(text, 'grey') : paint(text, 'yellow'));
  }
  return lines;
}

const WIDTHS = [20, 10, 8, 10, 8, 8, 8, 10] as const;

function row(cells: readonly (string | number)[]): string {
  return `  ${cells.map((cell, i) => (i === 0 ? String(cell).padEnd(WIDTHS[0]) : String(cell).padStart(WIDTHS[i] ?? 8))).join('')}`;
}

/** A share in per cent; a dash where there is nothing to share. */
export function share(value: number | undefined): string {
  return value === undefined ? '–' : `${Math.floor(value * 1000) / 10} %`;
}
