import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { homeOf } from '@/components/account/homeOf';
import { refusalWords } from '@/components/account/refusalWords';
import { SignInScreen } from '@/components/account/SignInScreen';
import { safeNext } from '@/lib/base/safeNext';
import { whoIsHere } from '@/lib/http/currentPerson';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const asked = await searchParams;
  const next = safeNext(one(asked.next));
  const me = await whoIsHere(await headers());
  if (me !== null) redirect(homeOf(me.role, next));
  return <SignInScreen next={next} refused={refusalWords(one(asked.error))} />;
}

function one(value: string | string[] | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
