'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { useMe } from '@/components/shared/me';
import { EmptyState } from '@/components/ui/EmptyState';
import { Tabs } from '@/components/ui/Tabs';
import { KeysPart } from './KeysPart';
import { NamePart } from './NamePart';
import { PasskeysPart } from './PasskeysPart';
import { PasswordPart } from './PasswordPart';
import { SessionsPart } from './SessionsPart';
import { TotpPart } from './TotpPart';

const TABS = ['account', 'keys', 'notifications'] as const;

/** One's own account: who one is here, how one signs in, where one is signed in, one's keys and what one is told. */
export function AccountScreen({ notifications }: { notifications?: ReactNode }) {
  const me = useMe();
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(TABS).withDefault('account'));
  if (me.demo)
    return (
      <EmptyState title="There is no account in a demo">
        <p>Nobody signs in here. Start Sequela without the demo mode to have people, passwords and keys.</p>
      </EmptyState>
    );
  return (
    <article aria-label="Account" className="flex h-full flex-col">
      <h1 className="px-5 pb-2 pt-3.5 text-20">Account</h1>
      <Tabs
        label="Parts of the account"
        className="min-h-0 flex-1"
        value={tab}
        onChange={(value) => void setTab(value)}
        tabs={[
          {
            value: 'account',
            label: 'Sign-in',
            content: (
              <>
                <NamePart />
                <PasswordPart />
                <TotpPart />
                <PasskeysPart />
                <SessionsPart />
              </>
            ),
          },
          { value: 'keys', label: 'API keys', content: <KeysPart /> },
          ...(notifications === undefined
            ? []
            : [{ value: 'notifications' as const, label: 'Notifications', content: notifications }]),
        ]}
      />
    </article>
  );
}
