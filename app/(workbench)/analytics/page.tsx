import type { Metadata } from 'next';

export const metadata: Metadata = { title: 'Analytics' };

/** The list is the layout's; here nothing is open beside it. */
export default function AnalyticsPage() {
  return null;
}
