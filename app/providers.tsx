'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState } from 'react';
import { ApiError } from '@/components/shared/apiClient';
import { UploadsProvider } from '@/components/shared/uploads/Uploads';
import { ToastProvider } from '@/components/ui/Toast';

/** What every screen may count on: server data in one cache, the URL as state, toasts, uploads that outlive a page. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(createClient);
  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>
        <ToastProvider>
          <UploadsProvider>{children}</UploadsProvider>
        </ToastProvider>
      </NuqsAdapter>
    </QueryClientProvider>
  );
}

/** Reads are tried again only when the server may answer differently: not reached, busy or failed. */
function createClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) =>
          failures < 2 &&
          (!(error instanceof ApiError) || error.status === 0 || error.status === 429 || error.status >= 500),
      },
    },
  });
}
