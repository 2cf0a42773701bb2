import type { AnalyzeDocument } from '../contracts/analyze';
import { terminalText } from './terminalText';

type FindingView = AnalyzeDocument['findings'][number];
type StageView = FindingView['stages'][number];

/** Colours of a terminal, or none. */
export type Paint = (text: string, colour: 'red' | 'yellow' | 'cyan' | 'green' | 'grey' | 'bold') => string;

export const plainPaint: Paint = (text) => text;

export const ansiPaint: Paint = (text, colour) => `\u001b[${CODES[colour]}m${text}\u001b[0m`;

const CODES = { red: 31, yellow: 33, cyan: 36, green: 32, grey: 90, bold: 1 } as const;

/** What would change a finding: as many as are printed. */
const COUNTERFACTUALS = 4;

/** The document for a person: what was read, what was found, what could not have been seen. */
export function printAnalysis(document: AnalyzeDocument, paint: Paint): string {
  const lines: string[] = [];
  for (const one of document.imports) lines.push(...importLines(one, paint));
  lines.push('');
  const shown = document.findings.filter((finding) => !finding.suppressed);
  const suppressed = document.findings.length - shown.length;
  if (shown.length === 0) lines.push(paint('No findings.', 'green'));
  for (const finding of shown) lines.push(...findingLines(finding, paint), '');
  if (suppressed > 0) lines.push(paint(`${suppressed} suppressed (see --json).`, 'grey'));
  lines.push(...coverageLines(document, paint));
  return `${lines.join('\n').trimEnd()}\n`;
}

function importLines(one: AnalyzeDocument['imports'][number], paint: Paint): readonly string[] {
  const { read, events, ignored, duplicates, quarantined } = one.records;
  const lost =
    quarantined === 0 ? `${quarantined} quarantined` : paint(`${quarantined} quarantined`, 'yellow');
  return [
    `${paint(terminalText(one.file), 'bold')}  ${one.format ?? ''}`,
    `  ${read} records: ${events} events, ${ignored} ignored, ${duplicates} duplicates, ${lost}`,
    `  ${one.from ?? '-'} to ${one.to ?? '-'}  ${one.hosts.map(terminalText).join(', ')}`,
  ];
}

function findingLines(finding: FindingView, paint: Paint): readonly string[] {
  const colour = finding.severity === 'critical' || finding.severity === 'high' ? 'red' : 'yellow';
  const lines = [
    `${paint(`${finding.severity.toUpperCase()} ${finding.score}`, colour)}  ${paint(terminalText(finding.headline), 'bold')}`,
    `  ${finding.analytic} ${finding.status}  ${terminalText(finding.host)}  ${terminalText(finding.user ?? '')}  ${finding.from}`,
  ];
  for (const stage of finding.stages) lines.push(...stageLines(stage, paint));
  for (const { effect, points, text } of finding.reasons) {
    const sign =
      effect === 'raises' ? `+${Math.abs(points)}` : effect === 'lowers' ? `-${Math.abs(points)}` : 'x';
    lines.push(paint(`    ${sign.padStart(4)} ${terminalText(text)}`, 'grey'));
  }
  const shown = finding.counterfactuals.slice(0, COUNTERFACTUALS);
  const more = finding.counterfactuals.length - shown.length;
  for (const { text } of shown) lines.push(paint(`       ~ ${terminalText(text)}`, 'grey'));
  if (more > 0) lines.push(paint(`       ~ and ${more} more (see --json)`, 'grey'));
  return lines;
}

function stageLines(stage: StageView, paint: Paint): readonly string[] {
  const mark =
    stage.state === 'matched'
      ? paint('●', 'cyan')
      : stage.state === 'blind'
        ? paint('◌', 'yellow')
        : paint('○', 'grey');
  const state = stage.state === 'matched' ? '' : `  (${stage.state})`;
  const lines = [`  ${mark} ${terminalText(stage.title)}${state}`];
  for (const event of stage.events) {
    const what = event.destination ?? event.query ?? event.path ?? event.commandLine ?? event.image ?? '';
    lines.push(`      ${event.time}  ${event.kind}  ${terminalText(what)}`);
  }
  return lines;
}

function coverageLines(document: AnalyzeDocument, paint: Paint): readonly string[] {
  const thin = document.coverage.filter((one) => one.state !== 'visible');
  if (thin.length === 0) return [];
  return [
    paint('What could not be seen, or only in part:', 'bold'),
    ...thin.map(
      ({ host, stage, state, why }) =>
        `  ${state === 'blind' ? paint('blind  ', 'yellow') : 'partial'}  ${stage}  ${terminalText(host)}  ${terminalText(why)}`,
    ),
  ];
}
