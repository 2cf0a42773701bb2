'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { SelectField } from '@/components/ui/TextField';
import type { Mapping } from '@/lib/contracts/mappings';
import { KindRules } from './KindRules';
import { MappingSkeleton } from './MappingSkeleton';
import { isWhole } from './mappingDraft';
import { PreviewTable } from './PreviewTable';
import { mappingsQuery, previewQuery } from './queries';
import { SaveBar } from './SaveBar';
import { SourceFields } from './SourceFields';
import { TimeAndMachine } from './TimeAndMachine';
import { useMappingDraft } from './useMappingDraft';

type MappingEditorProps = {
  importId: string;
  member: string | null;
  /** Saved mapping to begin with; null: a guess. */
  existing: string | null;
  onMember: (member: string) => void;
};

/** Guess, correct, see what comes of it, save: the fields of one export's records. */
export function MappingEditor({ importId, member, existing, onMember }: MappingEditorProps) {
  const { draft, change, forget } = useMappingDraft(`${importId}/${member ?? ''}/${existing ?? ''}`);
  const saved = useQuery({ ...mappingsQuery, enabled: existing !== null });
  const begin = saved.data?.items.find(({ mapping }) => mapping.id === existing)?.mapping ?? null;
  const wanted = useSettled(draft ?? begin);
  const waiting = existing !== null && saved.data === undefined && saved.error === null;
  const answer = useQuery({ ...previewQuery({ importId, member, mapping: wanted }), enabled: !waiting });
  const preview = useLast(answer.data);
  if (preview === undefined) {
    if (answer.error === null) return <MappingSkeleton />;
    return (
      <ProblemNote
        error={answer.error}
        what="The records of this import cannot be shown"
        safe="The original is stored unchanged."
        onRetry={() => void answer.refetch()}
      />
    );
  }
  const mapping = draft ?? preview.mapping;
  const stale = answer.isPlaceholderData || (draft ?? begin) !== wanted;
  return (
    <div className="flex h-full flex-col">
      <header className="flex flex-wrap items-end gap-x-4 gap-y-2 border-b px-4 py-2.5">
        <div className="min-w-0 flex-1">
          <h1 className="truncate text-15">
            Map the fields of <HostileText text={preview.importName} />
          </h1>
          <p className="text-text-2">
            {preview.recognisedAs === null
              ? 'No format knows these records. Say once what their fields are; later files of this shape are read by themselves.'
              : `These records are read as ${preview.recognisedAs} by themselves.`}
          </p>
        </div>
        {preview.members.length > 1 ? (
          <SelectField
            dense
            className="w-64"
            label="File inside the archive"
            value={preview.member}
            onChange={(event) => onMember(event.target.value)}
          >
            {preview.members.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </SelectField>
        ) : null}
        {draft === null ? null : (
          <Button onClick={forget}>
            {existing === null ? 'Back to the guess' : 'Back to what is saved'}
          </Button>
        )}
        <Link href={`/imports?import=${importId}`} className="link py-1.5">
          To the import
        </Link>
      </header>
      <div className="flex min-h-0 flex-1 max-lg:block max-lg:overflow-auto">
        <div className="focus-inset w-[540px] shrink-0 space-y-6 overflow-y-auto border-r px-4 py-3 max-lg:w-auto max-lg:border-r-0">
          <SourceFields preview={preview} mapping={mapping} onChange={change} />
          <KindRules key={`rules ${draft === null}`} preview={preview} mapping={mapping} onChange={change} />
          <TimeAndMachine
            key={`time ${draft === null}`}
            preview={preview}
            mapping={mapping}
            onChange={change}
          />
        </div>
        <div className="flex min-w-0 flex-1 flex-col">
          {answer.error === null ? null : (
            <div className="px-4 pt-3">
              <ProblemNote compact error={answer.error} what="This mapping cannot be tried" />
            </div>
          )}
          <PreviewTable
            preview={preview}
            note={
              !isWhole(mapping)
                ? 'Finish the name and the rules to see what comes of them.'
                : stale
                  ? 'Working it out…'
                  : null
            }
          />
        </div>
      </div>
      <SaveBar
        preview={preview}
        mapping={mapping}
        existing={begin === null ? null : existing}
        ready={!stale && answer.error === null && isWhole(mapping)}
        onChange={change}
        onSaved={forget}
      />
    </div>
  );
}

/** The value, or the last there was: a mapping that cannot be tried must not take the screen away. */
function useLast<Value>(value: Value | undefined): Value | undefined {
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  return value ?? last;
}

const SETTLE_MS = 250;

/** The mapping once nothing was changed for a moment, and only when it can be tried. */
function useSettled(mapping: Mapping | null): Mapping | null {
  const [settled, setSettled] = useState(mapping);
  useEffect(() => {
    if (mapping !== null && !isWhole(mapping)) return;
    const timer = setTimeout(() => setSettled(mapping), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [mapping]);
  return settled;
}
