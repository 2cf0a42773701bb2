'use client';

import { type FormEvent, useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextArea } from '@/components/ui/TextArea';
import type { AttackAnalytic } from '@/lib/contracts/attack';
import { useMapTechnique } from './attackQueries';
import { techniqueId } from './attackWords';
import { TechniqueField } from './TechniqueField';

const REASON_MAX = 500;

/** Says for the one who looks that an analytic is about a technique, and why. */
export function MapTechniqueDialog(props: {
  analytic: AttackAnalytic;
  /** Whether there is a release to search; without one an id is typed. */
  searchable: boolean;
  onClose: () => void;
}) {
  const { analytic, searchable, onClose } = props;
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const map = useMapTechnique();
  const technique = techniqueId(typed);
  const missing = {
    technique: technique === null ? 'Not an id of a technique, as T1218.005.' : undefined,
    reason: reason.trim() === '' ? 'Say why: others will rely on it.' : undefined,
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (technique === null || missing.reason !== undefined || map.isPending) return;
    map.mutate({ analytic: analytic.analytic, technique, reason: reason.trim() }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Map ${analytic.analytic} to a technique`}
      description={<HostileText text={analytic.title} />}
    >
      <form onSubmit={submit} className="space-y-3 px-5 py-4">
        <TechniqueField
          value={typed}
          onChange={setTyped}
          searchable={searchable}
          error={asked ? missing.technique : undefined}
        />
        <TextArea
          label="Why"
          rows={2}
          maxLength={REASON_MAX}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          error={asked ? missing.reason : undefined}
          hint="Stands beside the mapping, with your name."
        />
        {map.error === null ? null : (
          <ProblemNote
            compact
            error={map.error}
            what="The analytic was not mapped"
            safe="Nothing was stored."
          />
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={map.isPending}>
            {map.isPending ? 'Mapping…' : 'Map'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
