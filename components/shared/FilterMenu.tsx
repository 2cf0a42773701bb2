import type { ReactNode } from 'react';
import { Button } from '@/components/ui/Button';
import { Menu, MenuChoices, MenuLabel } from '@/components/ui/Menu';
import { hostilePlain } from './hostileText';
import { HostileText } from './MonoText';

export type FilterChoice = { value: string; label: ReactNode; count?: number | undefined };

type FilterMenuProps = {
  name: string;
  /** What is chosen, in words; null when nothing narrows. */
  shown: string | null;
  /** A choice that is always made, such as the order, is not marked as a filter. */
  quiet?: boolean;
  value: string;
  onChange: (value: string) => void;
  choices: readonly FilterChoice[];
};

/** One filter: its name while it is open, its value once chosen. */
export function FilterMenu({ name, shown, quiet = false, value, onChange, choices }: FilterMenuProps) {
  return (
    <Menu
      label={name}
      trigger={
        <Button
          size="sm"
          variant={shown && !quiet ? 'primary' : 'default'}
          aria-label={shown ? `${name}: ${hostilePlain(shown)}` : name}
        >
          <span className="max-w-40 truncate">
            <HostileText text={shown ?? name} />
          </span>
          <Chevron />
        </Button>
      }
    >
      <MenuLabel>{name}</MenuLabel>
      <MenuChoices value={value} onChange={onChange} choices={choices} />
    </Menu>
  );
}

/** That a button opens a menu. */
export function Chevron() {
  return (
    <svg
      aria-hidden="true"
      width="8"
      height="8"
      viewBox="0 0 8 8"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.2"
    >
      <path d="m1.5 2.8 2.5 2.6 2.5-2.6" />
    </svg>
  );
}
