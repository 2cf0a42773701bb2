'use client';

import { useState } from 'react';
import { Allowed, useMay, useRefusal } from '@/components/shared/me';
import { Button } from '@/components/ui/Button';
import { useToast } from '@/components/ui/Toast';
import { Switch } from '@/components/ui/Toggle';
import type { AnalyticView } from '@/lib/contracts/analytics';
import { CloneDialog } from './CloneDialog';
import { idOf } from './cloneText';
import { DefinitionEditor } from './DefinitionEditor';
import type { Kept } from './useKept';
import { YamlEditor } from './YamlEditor';

/** The definition as written: to read where it is shipped, to change where it is one's own. */
export function YamlTab({ analytic, draft }: { analytic: AnalyticView; draft: Kept<string> }) {
  const mayTest = useMay('analytics.test');
  if (analytic.origin !== 'own') return <Shipped analytic={analytic} />;
  return mayTest ? <Own analytic={analytic} draft={draft} /> : <ReadOnly analytic={analytic} />;
}

/** One's own definition, for those who may not try a change of it. */
function ReadOnly({ analytic }: { analytic: AnalyticView }) {
  const refusal = useRefusal('analytics.test');
  return (
    <div className="flex h-full flex-col">
      <p className="border-b px-4 py-2 text-text-2">{refusal}</p>
      <div className="min-h-0 flex-1">
        <YamlEditor label={`Definition of ${analytic.id}, YAML, read only`} value={analytic.yaml} readOnly />
      </div>
    </div>
  );
}

function Shipped({ analytic }: { analytic: AnalyticView }) {
  const [cloning, setCloning] = useState(false);
  return (
    <div className="flex h-full flex-col">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2">
        <p className="min-w-0 flex-1 basis-64 text-text-2">
          A shipped definition is not edited, so that updates of the product reach it. Its windows, lists and
          points are changed under Tuning; every line can be changed in a copy.
        </p>
        <Allowed to="analytics.tune">
          <Button size="sm" onClick={() => setCloning(true)}>
            Clone to make your own…
          </Button>
        </Allowed>
      </div>
      <div className="min-h-0 flex-1">
        <YamlEditor label={`Definition of ${analytic.id}, YAML, read only`} value={analytic.yaml} readOnly />
      </div>
      {cloning ? <CloneDialog analytic={analytic} onClose={() => setCloning(false)} /> : null}
    </div>
  );
}

function Own({ analytic, draft }: { analytic: AnalyticView; draft: Kept<string> }) {
  const toast = useToast();
  const [enabled, setEnabled] = useState(analytic.enabled);
  const text = draft.kept ?? analytic.yaml;
  const changes = [
    ...(text === analytic.yaml ? [] : ['the definition']),
    ...(enabled === analytic.enabled ? [] : [enabled ? 'switched on' : 'switched off']),
  ];
  const id = idOf(text);
  return (
    <DefinitionEditor
      subject={analytic.id}
      text={text}
      enabled={enabled}
      changes={changes}
      obstacle={
        id !== null && id !== analytic.id
          ? `The id must stay ${analytic.id}: findings carry it. Clone it to have another.`
          : null
      }
      onChange={(next) => (next === analytic.yaml ? draft.forget() : draft.keep(next))}
      onSaved={() => {
        draft.forget();
        toast.show({ text: `Saved ${analytic.id}. It is run over what is stored, in the background.` });
      }}
      onDiscard={() => {
        draft.forget();
        setEnabled(analytic.enabled);
      }}
      head={
        <div className="border-b px-4 py-2">
          <Switch checked={enabled} onChange={setEnabled} label="Runs here" />
        </div>
      }
    />
  );
}
