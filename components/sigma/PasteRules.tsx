'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { TextArea } from '@/components/ui/TextArea';
import { TextField } from '@/components/ui/TextField';
import { counted } from '@/lib/base/numberWords';
import type { sigmaCheck } from '@/lib/contracts/sigmaSets';
import { BacktestReport } from './BacktestReport';
import { LevelWord } from './hitColumns';
import { RefusalTable } from './RefusalTable';
import { checkQuery } from './sigmaQueries';
import { type RuleFile, useAskBacktest } from './sigmaWrites';
import { useSettled } from './useSettled';

const LONGEST = 2_000_000;

/** A text of rules, checked as it is written; and tried on what is stored before anything of it is kept. */
export function PasteRules(props: { pasted: RuleFile; onChange: (pasted: RuleFile) => void }) {
  const { pasted, onChange } = props;
  const settled = useSettled(pasted.text, 400);
  const path = pasted.path.trim() || 'pasted.yml';
  const check = useQuery({
    ...checkQuery({ path, text: settled }),
    enabled: settled.trim() !== '',
    placeholderData: keepPreviousData,
  });
  const current = settled === pasted.text && !check.isPlaceholderData;
  const found = pasted.text.trim() === '' ? undefined : check.data;
  const ask = useAskBacktest();
  const [tried, setTried] = useState<string | null>(null);
  const mayTry = current && (found?.rules.some(({ kind }) => kind === 'detection') ?? false);
  return (
    <div className="space-y-3">
      <TextField
        label="File name"
        dense
        className="w-60"
        maxLength={1000}
        value={pasted.path}
        onChange={(event) => onChange({ ...pasted, path: event.target.value })}
      />
      <TextArea
        label="Rules, YAML; several are parted by ---"
        rows={12}
        spellCheck={false}
        data-autofocus
        maxLength={LONGEST}
        className="[&_textarea]:font-mono [&_textarea]:text-12"
        value={pasted.text}
        onChange={(event) => onChange({ ...pasted, text: event.target.value })}
      />
      {check.error && pasted.text.trim() !== '' ? (
        <ProblemNote
          compact
          error={check.error}
          what="The text was not checked"
          onRetry={() => void check.refetch()}
        />
      ) : found ? (
        <Checked found={found} current={current} />
      ) : pasted.text.trim() === '' ? null : (
        <p role="status" className="text-text-3">
          Checking…
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          size="sm"
          disabled={!mayTry || ask.isPending}
          onClick={() =>
            ask.mutate({ files: [{ path, text: pasted.text }] }, { onSuccess: ({ id }) => setTried(id) })
          }
        >
          {ask.isPending ? 'Asking…' : 'Try on stored data'}
        </Button>
        <span className="min-w-0 flex-1 text-12 text-text-3">Nothing is kept by it but its result.</span>
      </div>
      {ask.error ? <ProblemNote compact error={ask.error} what="It was not tried" /> : null}
      {tried === null ? null : <BacktestReport key={tried} id={tried} />}
    </div>
  );
}

/** What a text comes to: rules that compile, with their log source; what is refused, with its line. */
export function Checked({ found, current }: { found: z.infer<typeof sigmaCheck>; current: boolean }) {
  const { rules, refused } = found;
  return (
    <section aria-label="What it comes to" aria-busy={!current} className="space-y-2">
      <p role="status" className={refused.length > 0 ? 'num text-danger' : 'num text-text-2'}>
        {counted(rules.length, 'rule')} can be used
        {refused.length > 0 ? `, ${refused.length.toLocaleString('en')} cannot` : ''}
        {current ? '.' : '…'}
      </p>
      {rules.length === 0 ? null : (
        <ul
          aria-label="Rules that can be used"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
          tabIndex={0}
          className="focus-inset max-h-40 overflow-y-auto border-y"
        >
          {rules.map((rule) => (
            <li
              key={`${rule.line} ${rule.ruleId}`}
              className="flex flex-wrap items-baseline gap-x-3 border-b py-1 last:border-b-0"
            >
              <LevelWord level={rule.level} />
              <span className="min-w-0 flex-1 basis-48 [overflow-wrap:anywhere]">
                <HostileText text={rule.title} />
              </span>
              <span className="text-12 text-text-3">
                {rule.kind === 'detection' ? '' : `${rule.kind}, `}
                <HostileText text={`${rule.status}, line ${rule.line}`} />
              </span>
              {rule.logsource === '' ? null : (
                <span className="machine text-text-2">
                  <HostileText text={rule.logsource} />
                </span>
              )}
              {rule.foreign ? (
                <span className="text-12 text-warning">no format reads such records</span>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {refused.length === 0 ? null : <RefusalTable refused={refused} />}
    </section>
  );
}
