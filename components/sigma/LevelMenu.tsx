import { FilterMenu } from '@/components/shared/FilterMenu';
import { SEVERITY_WORD } from '@/components/shared/SeverityMark';
import type { Severity } from '@/lib/contracts/scalars';
import { LEVELS } from './sigmaUrl';

/** Narrows a list to one level, null to any; `counts` says how many there are of each, absent where nobody counted. */
export function LevelMenu(props: {
  value: Severity | null;
  onChange: (level: Severity | null) => void;
  counts?: Readonly<Partial<Record<Severity, number>>>;
}) {
  const { value, onChange, counts } = props;
  return (
    <FilterMenu
      name="Level"
      shown={value ? SEVERITY_WORD[value] : null}
      value={value ?? ''}
      onChange={(chosen) => onChange(LEVELS.find((level) => level === chosen) ?? null)}
      choices={[
        { value: '', label: 'Any' },
        ...LEVELS.map((level) => ({ value: level, label: SEVERITY_WORD[level], count: counts?.[level] })),
      ]}
    />
  );
}
