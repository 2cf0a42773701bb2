'use client';

import { HostileText } from '@/components/shared/MonoText';
import { useToast } from '@/components/ui/Toast';
import { useRetire } from './coverageQueries';

/**
 * Retires a host and offers to undo it. The row it was said in goes away with the host, so nothing of this hangs on it.
 * `retire` throws when it was not retired; `pending` and `error` are of that.
 */
export function useRetireWithUndo() {
  const change = useRetire();
  const toast = useToast();
  const undo = (host: string, name: string) =>
    change.mutateAsync({ host, retired: false, reason: '' }).then(
      () => toast.show({ text: <Told name={name} words="is expected to report again." /> }),
      (error: Error) => toast.show({ text: `Still retired: ${error.message}`, tone: 'danger' }),
    );
  const retire = async (host: string, name: string, reason: string): Promise<void> => {
    await change.mutateAsync({ host, retired: true, reason });
    toast.show({
      text: <Told name={name} words="is left out from now on." />,
      action: { label: 'Undo', run: () => void undo(host, name) },
      duration: 10_000,
    });
  };
  return { retire, pending: change.isPending, error: change.error };
}

function Told({ name, words }: { name: string; words: string }) {
  return (
    <>
      <HostileText text={name} /> {words}
    </>
  );
}
