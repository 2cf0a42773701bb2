import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { apiGet } from '@/components/shared/apiClient';
import { lineageSearch } from '@/lib/contracts/lineage';
import { findWords } from './findWords';
import type { LineageTree } from './lineageTree';
import { findInTree } from './walkLineage';

export type Find = {
  text: string;
  setText: (text: string) => void;
  /** Everything found, in an order that does not change when folds open. */
  hits: readonly string[];
  found: ReadonlySet<string>;
  /** Place of the hit the reader is at among `hits`, -1 before the first. */
  at: number;
  /** The hit so many steps on, round the end; it becomes the one the reader is at. Undefined when nothing was found. */
  step: (by: 1 | -1) => string | undefined;
  /** As findWords.ts says it. */
  words: string;
  /** Asks the host again when it could not be searched; null when it could. */
  retry: (() => void) | null;
};

const PAUSE_MS = 200;
const MOST = 500;

/** Finds in what is loaded, at once, and on the whole host, when the reader pauses. */
export function useFind(hostId: string, tree: LineageTree): Find {
  const [text, setText] = useState('');
  const [current, setCurrent] = useState<string | null>(null);
  const wanted = useDeferredValue(text).trim();
  const asked = usePaused(wanted);
  const server = useQuery({
    queryKey: ['hosts', hostId, 'lineage', 'search', asked],
    queryFn: ({ signal }) =>
      apiGet(`/hosts/${encodeURIComponent(hostId)}/lineage/search`, lineageSearch, {
        params: { q: asked.slice(0, 200), limit: MOST },
        signal,
      }),
    enabled: asked !== '',
    staleTime: 60_000,
  });
  const answer = asked === wanted && wanted !== '' ? server.data : undefined;
  const hits = useMemo(() => {
    const local = findInTree(tree, wanted).filter((id) => tree.byId.get(id)?.type !== 'fold');
    const remote = answer?.hits.map((hit) => hit.entityId) ?? [];
    return [...new Set([...remote, ...local])];
  }, [tree, wanted, answer]);
  const found = useMemo(() => new Set(hits), [hits]);
  const at = current === null ? -1 : hits.indexOf(current);
  const failed = wanted !== '' && asked === wanted && server.isError;
  const beyond = Math.max(0, (answer?.total ?? 0) - (answer?.hits.length ?? 0));
  const hidden = useMemo(() => hits.filter((id) => !tree.byId.has(id)).length, [hits, tree]);
  return {
    text,
    setText: (next) => {
      setText(next);
      setCurrent(null);
    },
    hits,
    found,
    at,
    step: (by) => {
      const start = at < 0 && by < 0 ? 0 : at;
      const next = hits[(start + by + hits.length) % Math.max(1, hits.length)];
      setCurrent(next ?? null);
      return next;
    },
    words: findWords({
      wanted,
      server: failed ? 'failed' : answer === undefined ? 'reading' : 'answered',
      at,
      hits: hits.length,
      beyond,
      hidden,
    }),
    retry: failed ? () => void server.refetch() : null,
  };
}

/** The text once it has stayed the same for a moment. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}
