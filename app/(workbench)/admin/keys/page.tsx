import type { Metadata } from 'next';
import { AllKeysScreen } from '@/components/account/AllKeysScreen';

export const metadata: Metadata = { title: 'API keys' };

export default function KeysPage() {
  return <AllKeysScreen />;
}
