import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useToast } from '@/components/ui/Toast';
import { queueHref, showFinding } from './nextFinding';
import { useNextFinding } from './useNextFinding';

/**
 * The step to the next finding of the queue, or back to the queue when none is left. Where that is not known yet, it
 * waits until the queue was read; a reader who went elsewhere meanwhile is left there.
 */
export function useGoNext(id: string, queue: string): { hasNext: boolean; goNext: () => void } {
  const router = useRouter();
  const toast = useToast();
  const { nextId, find } = useNextFinding(id, queue);
  const here = useRef(false);
  const going = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const leave = (to: string | null) => (to === null ? router.push(queueHref(queue)) : showFinding(to, queue));
  const waitAndLeave = async () => {
    if (going.current) return;
    going.current = true;
    try {
      const to = await find();
      if (here.current) leave(to);
    } catch (error) {
      const why = error instanceof Error ? ` ${error.message}` : '';
      toast.show({
        text: `The queue could not be read, so what comes next is not known.${why}`,
        tone: 'danger',
      });
    } finally {
      going.current = false;
    }
  };
  return {
    hasNext: nextId !== null,
    goNext: () => (nextId === undefined ? void waitAndLeave() : leave(nextId)),
  };
}
