import type { Metadata } from 'next';
import { Suspense } from 'react';
import { AccountScreen } from '@/components/account/AccountScreen';
import { AccountSkeleton } from '@/components/account/AccountSkeleton';
import { ChoicesTab } from '@/components/notifications/ChoicesTab';

export const metadata: Metadata = { title: 'Account' };

export default function AccountPage() {
  return (
    <Suspense fallback={<AccountSkeleton />}>
      <AccountScreen notifications={<ChoicesTab />} />
    </Suspense>
  );
}
