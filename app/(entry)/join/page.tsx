import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { JoinScreen } from '@/components/account/JoinScreen';
import { whoIsHere } from '@/lib/http/currentPerson';

export const metadata: Metadata = { title: 'Join' };

export default async function JoinPage() {
  const me = await whoIsHere(await headers());
  return <JoinScreen signedInAs={me?.name ?? null} />;
}
