import type { ReactNode } from 'react';
import { AnalyticsFrame } from '@/components/analytics/AnalyticsFrame';

export default function AnalyticsLayout({ children }: { children: ReactNode }) {
  return <AnalyticsFrame>{children}</AnalyticsFrame>;
}
