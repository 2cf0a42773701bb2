'use client';

import { type RefObject, useEffect, useId, useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { Button } from '@/components/ui/Button';
import { Menu, MenuItem, MenuLabel, MenuRule } from '@/components/ui/Menu';
import { parseQuery } from '@/lib/query/parse';
import { QueryHelp } from './QueryHelp';
import { QueryLine } from './QueryLine';
import { queryHistory, rememberQuery, stepHistory } from './queryHistory';

type QueryBarProps = {
  /** The query that is shown. */
  query: string;
  /** Runs another one; only ever called with one that is well formed. */
  onRun: (query: string) => void;
  onLeave: () => void;
  focuser: RefObject<() => void>;
};

/** Milliseconds without a key after which a mistake is told: half a word is not yet one. */
const PATIENCE = 700;

/** Where a query is written: mistakes are told at their place and not sent; earlier searches and help are a key away. */
export function QueryBar({ query, onRun, onLeave, focuser }: QueryBarProps) {
  const note = useId();
  const [draft, setDraft] = useState(query);
  const [shownQuery, setShownQuery] = useState(query);
  const [telling, setTelling] = useState(true);
  const [place, setPlace] = useState(-1);
  const [helping, setHelping] = useState(false);
  const history = queryHistory.use() ?? [];
  // A pivot, a facet or the way back changed the query: what was being typed makes room.
  if (shownQuery !== query) {
    setShownQuery(query);
    setDraft(query);
    setPlace(-1);
  }
  const parsed = parseQuery(draft);
  const problem = parsed.ok ? null : parsed.problem;
  const told = telling ? problem : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of the text begins the wait anew
  useEffect(() => {
    if (telling) return;
    const timer = setTimeout(() => setTelling(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [telling, draft]);

  const type = (text: string) => {
    setDraft(text);
    setTelling(false);
  };
  const run = (text: string) => {
    setTelling(true);
    if (!parseQuery(text).ok) return;
    setPlace(-1);
    rememberQuery(text);
    onRun(text.trim());
  };
  const recall = (step: 1 | -1) => {
    const next = stepHistory(history, place, step);
    if (next === place) return false;
    setPlace(next);
    type(next < 0 ? query : (history[next] ?? ''));
    return true;
  };
  return (
    <div>
      <form
        aria-label="Search events"
        onSubmit={(event) => {
          event.preventDefault();
          run(draft);
        }}
        className="flex flex-wrap items-start gap-2"
      >
        <div
          className={`flex min-h-8 min-w-0 flex-1 basis-64 items-center rounded-md border bg-surface-0 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent ${told ? 'border-danger' : 'border-line-strong'}`}
        >
          <QueryLine
            label="Query"
            value={draft}
            onChange={type}
            onRun={() => run(draft)}
            onHistory={recall}
            onLeave={onLeave}
            problem={told}
            describedBy={note}
            placeholder="process.name:mshta.exe and destination.port:443   /"
            focuser={focuser}
          />
        </div>
        <Button variant="primary" type="submit" keys="Enter">
          Search
        </Button>
        <Recent history={history} onChoose={run} />
        <Button onClick={() => setHelping(true)}>Query help</Button>
      </form>
      <p id={note} aria-live="polite" className={told ? 'pt-1 text-12 text-danger' : 'sr-only'}>
        {told ? (
          <>
            At character {told.from + 1}: <HostileText text={told.message} />
          </>
        ) : (
          'Enter searches, Tab takes a completion or leaves, Up and Down go through earlier searches.'
        )}
      </p>
      <QueryHelp
        open={helping}
        onOpenChange={setHelping}
        onTry={(example) => {
          setHelping(false);
          run(example);
        }}
      />
    </div>
  );
}

function Recent(props: { history: readonly string[]; onChoose: (query: string) => void }) {
  if (props.history.length === 0) return null;
  return (
    <Menu trigger={<Button>Recent</Button>} label="Recent searches" align="end">
      <MenuLabel>Recent searches of this browser</MenuLabel>
      {props.history.map((query) => (
        <MenuItem key={query} onSelect={() => props.onChoose(query)}>
          <span className="machine block max-w-[70ch] truncate">
            <HostileText text={query} />
          </span>
        </MenuItem>
      ))}
      <MenuRule />
      <MenuItem onSelect={() => queryHistory.set([])}>Forget them</MenuItem>
    </Menu>
  );
}
