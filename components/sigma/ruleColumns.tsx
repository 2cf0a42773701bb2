import { clsx } from 'clsx';
import { CoverageMark } from '@/components/shared/CoverageMark';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { authorText } from '@/components/shared/sigma/ruleWords';
import { AgeText } from '@/components/shared/TimeText';
import type { SigmaRuleRow } from '@/lib/contracts/sigmaRules';
import { LevelWord, TwoLines } from './hitColumns';
import type { SigmaColumn, SigmaRow } from './SigmaGrid';
import { blindText } from './sigmaWords';

const NUMBER = 'w-14 shrink-0 text-right';

export const RULE_COLUMNS: readonly SigmaColumn[] = [
  { title: 'Level', className: 'w-16 shrink-0 @max-lg:hidden' },
  { title: 'Rule', className: 'min-w-0 flex-1 leading-4' },
  { title: 'Log source', className: 'w-[152px] shrink-0 @max-3xl:hidden' },
  { title: 'Hits', className: NUMBER },
  { title: 'Last hit', className: 'w-16 shrink-0 text-right @max-2xl:hidden' },
  { title: 'Blind hosts', className: 'w-[72px] shrink-0 text-right' },
  { title: 'Runs', className: 'w-12 shrink-0 text-right' },
];

/** What a rule is of where it is no detection. */
const KIND_WORD = { detection: '', correlation: 'correlation · ', filter: 'filter · ' } as const;

/** A row's name: the same text may stand in several sets. */
export function ruleKey({ id, set }: Pick<SigmaRuleRow, 'id' | 'set'>): string {
  return `${set.id}/${id}`;
}

/** One rule as a row. */
export function ruleRow(rule: SigmaRuleRow): SigmaRow {
  const { blind } = rule.hosts;
  return {
    key: ruleKey(rule),
    level: rule.level,
    cells: [
      <LevelWord key="level" level={rule.level} />,
      <TwoLines
        key="title"
        title={rule.title}
        note={
          <HostileText
            text={`${KIND_WORD[rule.kind]}${authorText(rule.author)} · ${rule.status} · ${rule.set.name}`}
          />
        }
      />,
      <span
        key="logsource"
        className="machine block truncate text-text-2"
        title={hostilePlain(rule.logsource)}
      >
        <HostileText text={rule.logsource || '–'} />
      </span>,
      <span key="hits" className={clsx('num', rule.hits === 0 && 'text-text-3')}>
        {rule.hits.toLocaleString('en')}
      </span>,
      rule.lastHitAt === null ? (
        <span key="last" className="text-text-3">
          –
        </span>
      ) : (
        <AgeText key="last" at={rule.lastHitAt} className="text-12 text-text-2" />
      ),
      <Blind key="blind" blind={blind} title={blindText(rule) ?? 'It can be decided wherever it applies'} />,
      <span key="runs" className={clsx('text-12', rule.enabled ? 'text-text-1' : 'text-text-3')}>
        {rule.enabled ? 'on' : 'off'}
      </span>,
    ],
  };
}

/** How many hosts a rule is blind on, with the mark that blind has everywhere. */
function Blind({ blind, title }: { blind: number; title: string }) {
  return (
    <span title={title} className="num inline-flex items-center gap-1.5">
      {blind > 0 ? <CoverageMark state="blind" /> : null}
      <span className={blind > 0 ? '' : 'text-text-3'}>{blind.toLocaleString('en')}</span>
    </span>
  );
}
