import type { Metadata } from 'next';
import { SecondVerdictsScreen } from '@/components/reviews/SecondVerdictsScreen';

export const metadata: Metadata = { title: 'Second verdicts' };

export default function SecondVerdictsPage() {
  return <SecondVerdictsScreen />;
}
