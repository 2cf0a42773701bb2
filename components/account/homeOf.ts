import { safeNext } from '@/lib/base/safeNext';
import type { MeView } from '@/lib/contracts/people';

/** Where each role's day begins. */
const HOME: Readonly<Record<MeView['role'], string>> = {
  analyst: '/',
  lead: '/cases/home',
  manager: '/coverage',
  engineer: '/analytics',
  administrator: '/',
};

/** Where to go after signing in: where one wanted to go, if that is a page of ours, else where one's role begins. */
export function homeOf(role: MeView['role'], next: string | null): string {
  return safeNext(next) ?? HOME[role];
}
