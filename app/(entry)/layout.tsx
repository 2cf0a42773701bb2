import type { Metadata } from 'next';
import type { ReactNode } from 'react';

export const metadata: Metadata = {
  // A one-time link is in the address of one of these pages until it is read: nothing asked for from here carries it.
  referrer: 'no-referrer',
  robots: { index: false, follow: false },
};

/** Pages before one is signed in: nothing of the workbench stands around them. */
export default function EntryLayout({ children }: { children: ReactNode }) {
  return children;
}
