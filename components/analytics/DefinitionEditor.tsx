'use client';

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ProblemNote } from '@/components/shared/ProblemNote';
import type { AnalyticChange } from '@/lib/contracts/analytics';
import { ChangeBar } from './ChangeBar';
import { ImportPicker } from './ImportPicker';
import { ProblemsList } from './ProblemsList';
import { useSaveChange, vocabularyQuery } from './queries';
import { useTrial } from './useTrial';
import { useValidation } from './useValidation';
import { YamlEditor } from './YamlEditor';
import type { YamlProblem } from './yamlProblems';

type DefinitionEditorProps = {
  /** Id under which it is tried and saved. */
  subject: string;
  text: string;
  enabled: boolean;
  /** What differs from what is saved; empty when nothing does. */
  changes: readonly string[];
  /** Why it cannot be tried, beside what the server finds; null when it can. */
  obstacle: string | null;
  onChange: (text: string) => void;
  onSaved: () => void;
  onDiscard: () => void;
  /** What it is while it was never saved. */
  title?: string | undefined;
  head?: ReactNode;
};

/** A definition of one's own: written with completion, checked as one types, tried on imports, tried on all, saved. */
export function DefinitionEditor(props: DefinitionEditorProps) {
  const { subject, text, enabled, changes } = props;
  const vocabulary = useQuery(vocabularyQuery);
  const check = useValidation(text, true);
  const [jump, setJump] = useState<YamlProblem | null>(null);
  const change: AnalyticChange | null =
    changes.length === 0 || text.trim() === '' ? null : { kind: 'definition', yaml: text, enabled };
  const trial = useTrial(subject, change);
  const save = useSaveChange(subject);
  const obstacle = props.obstacle ?? checkObstacle(check);
  const busy = trial.running || trial.starting;
  return (
    <div className="flex h-full min-h-0 flex-col">
      {props.head}
      <div className="min-h-40 flex-1">
        <YamlEditor
          label={`Definition of ${subject === '' ? 'a new analytic' : subject}, YAML`}
          value={text}
          onChange={props.onChange}
          vocabulary={vocabulary.data}
          problems={check.problems}
          jump={jump}
        />
      </div>
      {check.error ? (
        <div className="px-4 py-2">
          <ProblemNote
            compact
            error={check.error}
            what="The definition could not be checked"
            safe="What you wrote is kept in this tab."
          />
        </div>
      ) : null}
      <ProblemsList problems={check.problems} onJump={(problem) => setJump({ ...problem })} />
      <ChangeBar
        trial={trial}
        changes={changes}
        title={props.title}
        obstacle={obstacle}
        beside={
          <ImportPicker disabled={busy || obstacle !== null} onTest={(imports) => trial.start(imports)} />
        }
        save={save.mutateAsync}
        onSaved={props.onSaved}
        onDiscard={() => void trial.forget().then(props.onDiscard)}
      />
    </div>
  );
}

function checkObstacle({ problems, ok, current }: ReturnType<typeof useValidation>): string | null {
  if (!current) return 'Checking…';
  if (ok) return null;
  const count = problems.length;
  return `${count} ${count === 1 ? 'problem' : 'problems'} to mend before it can be tried.`;
}
