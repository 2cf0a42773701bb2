import type { AnalyzeSigma } from '../contracts/analyze';
import { SIGMA_LEVELS, type SigmaLevel, type SigmaRefusal } from '../sigma/rule';
import type { Paint } from './printAnalysis';
import { terminalText } from './terminalText';

type Correlated = AnalyzeSigma['correlated'][number];
type Hit = AnalyzeSigma['hits'][number];

/** Refusals, and matched values of a hit, that are printed; the document has all. */
const REFUSALS = 10;
const PARTS = 4;
/** Length of a value that is printed. */
const VALUE = 160;

/** The lowest level that is worth a look by itself. */
const WORTH_A_LOOK: SigmaLevel = 'medium';

/** Whether rules found something of a level that is worth a look. */
export function isWorthALook(sigma: AnalyzeSigma | undefined): boolean {
  const found = [...(sigma?.counts ?? []), ...(sigma?.correlated ?? [])];
  return found.some(({ rule }) => SIGMA_LEVELS.indexOf(rule.level) >= SIGMA_LEVELS.indexOf(WORTH_A_LOOK));
}

/** Rules that cannot be used, as warnings; empty when all can. */
export function printRefusals(refused: readonly SigmaRefusal[]): string {
  if (refused.length === 0) return '';
  const shown = refused.slice(0, REFUSALS);
  const more = refused.length - shown.length;
  return [
    `warning: ${refused.length} Sigma ${refused.length === 1 ? 'rule' : 'rules'} cannot be used`,
    ...shown.map(({ path, line, column, reason }) =>
      terminalText(`warning: ${path}:${line}:${column}: ${reason}`),
    ),
    ...(more > 0 ? [`warning: and ${more} more (see --json)`] : []),
    '',
  ].join('\n');
}

/** What rules found, for a person: each rule with its first hit, the worst first. */
export function printSigma(sigma: AnalyzeSigma, paint: Paint): string {
  const { rules, counts, hits, hitsTotal, correlated, blind } = sigma;
  const foreign = rules.foreign === 0 ? '' : `, ${rules.foreign} about other products`;
  const refused = rules.refused.length === 0 ? '' : `, ${rules.refused.length} refused`;
  const first = new Map<string, Hit>();
  for (const hit of hits) if (!first.has(keyOf(hit.rule))) first.set(keyOf(hit.rule), hit);
  const lines = [
    paint(`Sigma: ${rules.loaded} rules, ${rules.runs} run${foreign}${refused}`, 'bold'),
    hitsTotal === 0
      ? paint('No hits.', 'green')
      : `${hitsTotal} ${hitsTotal === 1 ? 'hit' : 'hits'} of ${counts.length} ${counts.length === 1 ? 'rule' : 'rules'}`,
    '',
    ...counts.flatMap(({ rule, hits: count }) => [
      ...ruleLines(rule, `${count} ${count === 1 ? 'hit' : 'hits'}`, paint),
      ...hitLines(first.get(keyOf(rule)), paint),
      '',
    ]),
    ...correlated.flatMap((one) => [...correlatedLines(one, paint), '']),
    ...(blind.length === 0
      ? []
      : [`${blind.length} of these rules could not be decided on some host (see --json).`, '']),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function keyOf({ id, path }: Hit['rule']): string {
  return `${id}\n${path}`;
}

function ruleLines(rule: Hit['rule'], what: string, paint: Paint): readonly string[] {
  const { level, title, author, id, license } = rule;
  const colour = level === 'critical' || level === 'high' ? 'red' : level === 'medium' ? 'yellow' : 'grey';
  const by = author === '' ? 'author not stated' : `by ${author}`;
  return [
    `${paint(level.toUpperCase(), colour)}  ${paint(terminalText(title), 'bold')}  ${what}`,
    terminalText(`  ${by}; ${id}; ${license ?? 'licence not stated'}`),
  ];
}

function hitLines(hit: Hit | undefined, paint: Paint): readonly string[] {
  if (hit === undefined) return [];
  const { time, host, source, record, process, matched } = hit;
  const shown = matched.slice(0, PARTS);
  const more = matched.length - shown.length;
  const what = process.commandLine ?? process.image;
  return [
    `  ${time}  ${terminalText(host)}  ${terminalText(source)}  record ${record.index} of ${terminalText(record.file)}`,
    ...(what === null ? [] : [`      ${cut(what)}`]),
    ...shown.map(({ selection, field, modifiers, expected, value }) => {
      const test = [field ?? 'keywords', ...modifiers].join('|');
      return paint(`    ${cut(selection)}: ${cut(test)} ${cut(expected)} = ${cut(value)}`, 'grey');
    }),
    ...(more > 0 ? [paint(`    and ${more} more (see --json)`, 'grey')] : []),
  ];
}

function correlatedLines({ rule, type, group, hits, hosts, from, to }: Correlated, paint: Paint): string[] {
  const values = group.map(({ field, value }) => `${field} ${value}`).join(', ');
  return [
    ...ruleLines(rule, `${type} over ${hits} hits`, paint),
    `  ${from} to ${to}  ${hosts.map(terminalText).join(', ')}`,
    ...(values === '' ? [] : [`      ${cut(values)}`]),
  ];
}

/** Text of a record or a rule on one line of a terminal. */
function cut(text: string): string {
  const safe = terminalText(text);
  return safe.length > VALUE ? `${safe.slice(0, VALUE)}…` : safe;
}
