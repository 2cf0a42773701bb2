'use client';

import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { ImportView } from '@/lib/contracts/imports';
import { ApiError } from '../apiClient';
import { type Sending, sendFile } from './sendFile';

/** One file on its way to the server; it leaves the list when stored, and its import takes over. */
export type Upload = {
  key: number;
  name: string;
  bytes: number;
  sent: number;
  state: 'waiting' | 'sending' | 'failed' | 'repeated';
  error: ApiError | null;
  /** For `repeated`: the import that already holds these bytes. */
  known: ImportView | null;
};

type UploadsValue = {
  uploads: readonly Upload[];
  start: (files: readonly File[]) => void;
  /** Stops a file that is waiting or being sent; nothing of it is kept. */
  cancel: (key: number) => void;
  retry: (key: number) => void;
  dismiss: (key: number) => void;
};

const UploadsContext = createContext<UploadsValue | null>(null);

/** Files on their way, the same on every page. */
export function useUploads(): UploadsValue {
  const value = useContext(UploadsContext);
  if (!value) throw new Error('useUploads needs an UploadsProvider above it');
  return value;
}

/** Sends dropped files one after the other, so that the first is worked on while the next travels. */
export function UploadsProvider({ children }: { children: ReactNode }) {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const client = useQueryClient();
  const files = useRef(new Map<number, File>());
  const queue = useRef<number[]>([]);
  const current = useRef<{ key: number; sending: Sending } | null>(null);
  const nextKey = useRef(1);

  const patch = useCallback((key: number, change: Partial<Upload>) => {
    setUploads((all) => all.map((upload) => (upload.key === key ? { ...upload, ...change } : upload)));
  }, []);
  const dismiss = useCallback((key: number) => {
    files.current.delete(key);
    setUploads((all) => all.filter((upload) => upload.key !== key));
  }, []);

  const sendNext = useCallback(async () => {
    const key = queue.current.shift();
    const file = key === undefined ? undefined : files.current.get(key);
    if (key === undefined || !file) return;
    patch(key, { state: 'sending', sent: 0, error: null });
    const sending = sendFile(file, (sent) => patch(key, { sent }));
    current.current = { key, sending };
    try {
      const stored = await sending.done;
      await client.invalidateQueries({ queryKey: ['imports'] });
      if (stored.alreadyImported) patch(key, { state: 'repeated', known: stored, sent: file.size });
      else dismiss(key);
    } catch (error) {
      if (error instanceof ApiError) patch(key, { state: 'failed', error });
      else dismiss(key);
    }
    current.current = null;
    void sendNext();
  }, [client, dismiss, patch]);

  const enqueue = useCallback(
    (keys: readonly number[]) => {
      queue.current.push(...keys);
      if (!current.current) void sendNext();
    },
    [sendNext],
  );

  const value = useMemo<UploadsValue>(
    () => ({
      uploads,
      start: (chosen) => {
        const added = chosen.map((file) => ({ key: nextKey.current++, file }));
        for (const { key, file } of added) files.current.set(key, file);
        setUploads((all) => [
          ...all,
          ...added.map(
            ({ key, file }): Upload => ({
              key,
              name: file.name,
              bytes: file.size,
              sent: 0,
              state: 'waiting',
              error: null,
              known: null,
            }),
          ),
        ]);
        enqueue(added.map(({ key }) => key));
      },
      cancel: (key) => {
        queue.current = queue.current.filter((each) => each !== key);
        if (current.current?.key === key) current.current.sending.cancel();
        else dismiss(key);
      },
      retry: (key) => {
        patch(key, { state: 'waiting', error: null, sent: 0 });
        enqueue([key]);
      },
      dismiss,
    }),
    [uploads, enqueue, dismiss, patch],
  );

  const busy = uploads.some((upload) => upload.state === 'sending' || upload.state === 'waiting');
  useEffect(() => {
    if (!busy) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [busy]);

  return <UploadsContext.Provider value={value}>{children}</UploadsContext.Provider>;
}
