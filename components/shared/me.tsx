'use client';

import { queryOptions, useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext } from 'react';
import { type MeView, meView } from '@/lib/contracts/people';
import { apiGet } from './apiClient';
import { type Permission, refusalOf } from './permissionWords';

export type { Permission } from './permissionWords';

/** Who is signed in, as the server says now: a role that was changed shows within a minute. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => apiGet('/me', meView, { signal }),
  staleTime: 60_000,
});

const MeContext = createContext<MeView | null>(null);

/** Tells every screen below who is here; `me` is what the server knew when it drew the page. */
export function MeProvider({ me, children }: { me: MeView; children: ReactNode }) {
  const { data } = useQuery({ ...meQuery, initialData: me });
  return <MeContext value={data}>{children}</MeContext>;
}

/** The one who looks at the screen. */
export function useMe(): MeView {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe needs a MeProvider above it');
  return me;
}

/** Whether the one who looks may do something; the server decides it again. */
export function useMay(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}

/** Why the one who looks may not do something, in one sentence; null when they may. */
export function useRefusal(permission: Permission): string | null {
  const me = useMe();
  return me.permissions.includes(permission) ? null : refusalOf(me.role, permission);
}

/** Controls for those who may use them. For others nothing, or with `told` one quiet sentence in their place. */
export function Allowed(props: { to: Permission; told?: boolean | undefined; children: ReactNode }) {
  const refusal = useRefusal(props.to);
  if (refusal === null) return props.children;
  return props.told ? <p className="text-12 text-text-3">{refusal}</p> : null;
}
