'use client';

import { useId, useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { useMay } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { sizeText } from '@/components/shared/sizeText';
import { useLeaveWarning } from '@/components/shared/useLeaveWarning';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Segmented } from '@/components/ui/Segmented';
import { TextArea } from '@/components/ui/TextArea';
import { TextField } from '@/components/ui/TextField';
import { useToast } from '@/components/ui/Toast';
import { counted } from '@/lib/base/numberWords';
import { PasteRules } from './PasteRules';
import { RuleDrop } from './RuleDrop';
import { type Picked, readRuleFiles, sortPicked, suggestedName } from './ruleFiles';
import { useTakeIn } from './sigmaWrites';
import { type Drop, useRuleDrop } from './useRuleDrop';

/**
 * Takes in rules as a new set, or as the next version of one: a folder, files, a ZIP, or pasted text that is checked as
 * it is written. Whoever may not take any in may still try what they paste.
 */
export function AddRulesDialog(props: {
  into: { id: string; name: string } | null;
  /** What was dropped on the page to begin with. */
  dropped?: Drop | undefined;
  onClose: () => void;
  onTaken: (id: string) => void;
}) {
  const { into, dropped } = props;
  const form = useId();
  const mayTake = useMay('sigma.write');
  const toast = useToast();
  const { take, sent, cancel } = useTakeIn();
  const [by, setBy] = useState<'files' | 'paste'>(mayTake ? 'files' : 'paste');
  const [picked, setPicked] = useState<Picked | null>(() =>
    dropped ? sortPicked(dropped.picked, dropped) : null,
  );
  const [suggested, setSuggested] = useState(() => suggestedName(dropped?.picked ?? []));
  const [pasted, setPasted] = useState({ path: 'pasted.yml', text: '' });
  const [name, setName] = useState<string | null>(into?.name ?? null);
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState(false);
  const [reading, setReading] = useState(false);
  useLeaveWarning(pasted.text.trim() !== '');
  const shownName = name ?? suggested;
  const ready = by === 'paste' ? pasted.text.trim() !== '' : picked !== null && picked.kind !== 'none';
  const busy = reading || take.isPending;
  const choose = ({ picked: files, ...left }: Drop) => {
    // While something is sent, or for whom may take nothing in, it falls nowhere; never on the page behind.
    if (busy || !mayTake) return;
    setBy('files');
    setPicked(sortPicked(files, left));
    setSuggested(suggestedName(files));
    take.reset();
  };
  const { over, failed, handlers } = useRuleDrop(choose);
  const close = () => {
    cancel();
    props.onClose();
  };
  const submit = async () => {
    setAsked(true);
    if (busy || !mayTake || !ready || shownName.trim() === '') return;
    setReading(true);
    try {
      const what =
        by === 'paste' ? [pasted] : picked?.kind === 'archive' ? picked.file : await rulesOf(picked);
      take.mutate(
        { into: { set: into?.id ?? null, name: shownName.trim(), note: note.trim() }, what },
        {
          onSuccess: ({ id, rules }) => {
            toast.show({
              text: `${counted(rules.loaded, 'rule')} taken in${rules.refused > 0 ? `, ${rules.refused.toLocaleString('en')} refused` : ''}.`,
            });
            props.onTaken(id);
          },
        },
      );
    } catch (error) {
      toast.show({
        text: `A file could not be read. ${error instanceof Error ? error.message : ''}`,
        tone: 'danger',
      });
    } finally {
      setReading(false);
    }
  };
  const size = picked?.kind === 'archive' ? picked.file.size : null;
  return (
    // The dialog is drawn elsewhere in the page, yet its events come through here, and no further.
    <div className="contents" {...handlers}>
      <Dialog
        open
        width="lg"
        onOpenChange={(open) => !open && close()}
        title={!mayTake ? 'Try a rule' : into === null ? 'Add rules' : 'A new version of the set'}
        description={
          !mayTake ? (
            'Your role tries rules; a lead or engineer takes them in.'
          ) : into === null ? (
            'They become a set of their own, switched off. What cannot be used is refused, the rest is kept.'
          ) : (
            <>
              All rules of <HostileText text={into.name} /> are replaced; the versions before are kept.
            </>
          )
        }
        footer={
          <>
            <p role="status" className="num min-w-0 flex-1 text-12 text-text-2">
              {take.isPending && size !== null ? `${sizeText(sent)} of ${sizeText(size)} sent` : ''}
            </p>
            <Button onClick={close}>{mayTake ? 'Cancel' : 'Done'}</Button>
            {mayTake ? (
              <Button variant="primary" type="submit" form={form} disabled={busy || !ready}>
                {busy ? 'Taking in…' : 'Take in'}
              </Button>
            ) : null}
          </>
        }
      >
        <form
          id={form}
          noValidate
          className="space-y-4 px-5 py-4"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          {mayTake ? (
            <Segmented
              label="Rules from"
              value={by}
              onChange={setBy}
              options={[
                { value: 'files', label: 'Folder, files or ZIP' },
                { value: 'paste', label: 'Paste' },
              ]}
            />
          ) : null}
          {by === 'files' ? (
            <RuleDrop
              over={over}
              failed={failed}
              onPicked={(files) => choose({ picked: files, others: 0, cut: false })}
            >
              <PickedText picked={picked} />
            </RuleDrop>
          ) : (
            <PasteRules pasted={pasted} onChange={setPasted} />
          )}
          {mayTake && into === null ? (
            <TextField
              label="Name of the set"
              maxLength={200}
              value={shownName}
              error={asked && shownName.trim() === '' ? 'Name the set.' : undefined}
              onChange={(event) => setName(event.target.value)}
            />
          ) : null}
          {mayTake ? (
            <TextArea
              label="Note"
              rows={2}
              maxLength={2000}
              placeholder="Where they come from, and under which licence"
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          ) : null}
          {take.error && take.error.name !== 'AbortError' ? (
            <ProblemNote
              compact
              error={take.error}
              what="Nothing was taken in"
              safe="All sets are as they were."
            />
          ) : null}
        </form>
      </Dialog>
    </div>
  );
}

function rulesOf(picked: Picked | null) {
  return readRuleFiles(picked?.kind === 'rules' ? picked.files : []);
}

/** What was picked, or what may be. */
function PickedText({ picked }: { picked: Picked | null }) {
  if (picked === null)
    return <p>Drop a folder of rules, files of YAML, or a ZIP here. At most 32 MiB and 20,000 files.</p>;
  if (picked.kind === 'none')
    return (
      <p role="alert" className="text-danger [overflow-wrap:anywhere]">
        <HostileText text={picked.reason} />
      </p>
    );
  if (picked.kind === 'archive')
    return (
      <p role="status" className="num">
        <HostileText text={picked.file.name} />, {sizeText(picked.file.size)}
      </p>
    );
  return (
    <p role="status" className="num">
      {counted(picked.files.length, 'file')} of YAML, {sizeText(picked.bytes)}
      {picked.skipped > 0 ? `; ${counted(picked.skipped, 'other file')} left out` : ''}
    </p>
  );
}
