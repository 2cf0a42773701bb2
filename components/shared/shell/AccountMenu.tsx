'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { Button } from '@/components/ui/Button';
import { Menu, MenuChoices, MenuItem, MenuLabel, MenuRule } from '@/components/ui/Menu';
import { useToast } from '@/components/ui/Toast';
import { apiPost } from '../apiClient';
import { done } from '../done';
import { HostileText } from '../MonoText';
import { useMe } from '../me';
import { ROLE_WORD } from '../permissionWords';
import { THEMES, type Theme, themePreference } from '../theme';
import { useTimeFormat } from '../useTimeFormat';
import { adminPagesFor } from './adminPages';

const THEME_WORD: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' };

/** Who one is here, one's own things, and the way out; on narrow screens also what the bar has no room for. */
export function AccountMenu(props: { onSearch: () => void; onHelp: () => void }) {
  const me = useMe();
  const router = useRouter();
  const times = useTimeFormat();
  const toast = useToast();
  const leave = useMutation({
    mutationFn: () => apiPost('/sign-out', {}, done),
    // A new page: nothing that was read for this person stays in this tab.
    onSuccess: () => window.location.assign('/sign-in'),
    onError: (error) => toast.show({ text: `You are still signed in: ${error.message}`, tone: 'danger' }),
  });
  const pages = adminPagesFor(me.permissions);
  return (
    <Menu
      align="end"
      label="Account"
      trigger={
        <Button variant="quiet" size="sm" aria-label={`${me.name}: account and settings`}>
          <span className="max-w-28 truncate max-sm:max-w-16">
            <HostileText text={me.name} />
          </span>
        </Button>
      }
    >
      <MenuLabel>
        <span className="block max-w-56 truncate">
          <HostileText text={me.name} />, {me.handle}
        </span>
        <span className="block">{ROLE_WORD[me.role]}</span>
      </MenuLabel>
      {me.demo ? null : <MenuItem onSelect={() => router.push('/account')}>Account</MenuItem>}
      {pages.length > 0 ? <MenuRule /> : null}
      {pages.map((page) => (
        <MenuItem key={page.href} onSelect={() => router.push(page.href)}>
          {page.label}
        </MenuItem>
      ))}
      <MenuRule />
      <MenuItem keys="Ctrl K" onSelect={props.onSearch}>
        Search or jump
      </MenuItem>
      <MenuItem onSelect={times.cycle}>Times are in {times.zoneName}; change</MenuItem>
      <MenuItem keys="?" onSelect={props.onHelp}>
        Keyboard
      </MenuItem>
      <MenuLabel>Theme</MenuLabel>
      <ThemeChoices />
      {me.demo ? null : (
        <>
          <MenuRule />
          <MenuItem disabled={leave.isPending} onSelect={() => leave.mutate()}>
            Sign out
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

/** Light, dark, or what the system says, in a menu. */
export function ThemeChoices() {
  return (
    <MenuChoices
      value={themePreference.use()}
      onChange={(value) => themePreference.set(value as Theme)}
      choices={THEMES.map((value) => ({ value, label: THEME_WORD[value] }))}
    />
  );
}
