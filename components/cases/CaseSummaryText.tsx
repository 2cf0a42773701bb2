'use client';

import { type FormEvent, useState } from 'react';
import { createDrafts } from '@/components/shared/drafts';
import { HostileText } from '@/components/shared/MonoText';
import { useDraft } from '@/components/shared/useDraft';
import { Button } from '@/components/ui/Button';
import { TextArea } from '@/components/ui/TextArea';
import type { CaseDetail } from '@/lib/contracts/cases';
import { CaseProblem } from './CaseProblem';
import { useChangeCase } from './caseQueries';

const drafts = createDrafts(50);
/** The summary that each draft was begun on, behind a sign of its own so that an empty one is kept too. */
const bases = createDrafts(50);

function baseOf({ id, summary }: CaseDetail): string {
  const kept = bases.get(String(id));
  return drafts.get(String(id)) === '' || kept === '' ? summary : kept.slice(1);
}

/** What the case is about, in a few sentences, and the means to write them. */
export function CaseSummaryText({ shown, mayWrite }: { shown: CaseDetail; mayWrite: boolean }) {
  const [begunOn, setBegunOn] = useState<string | null>(null);
  if (mayWrite && begunOn !== null)
    return <SummaryForm shown={shown} begunOn={begunOn} onBegin={setBegunOn} />;
  if (shown.summary === '' && !mayWrite) return null;
  return (
    <div className="flex flex-wrap items-start gap-x-2">
      {shown.summary === '' ? null : (
        <p className="max-w-[92ch] [overflow-wrap:anywhere]">
          {shown.summary.split('\n').map((line, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text that does not change
            <span key={place} className="block min-h-5">
              <HostileText text={line} />
            </span>
          ))}
        </p>
      )}
      {mayWrite ? (
        <Button size="sm" variant="quiet" onClick={() => setBegunOn(baseOf(shown))}>
          {shown.summary === '' ? 'Add a summary' : 'Change the summary'}
        </Button>
      ) : null}
    </div>
  );
}

/** `begunOn`: the summary that stood when the writing began; null to `onBegin` ends it. */
function SummaryForm(props: {
  shown: CaseDetail;
  begunOn: string;
  onBegin: (summary: string | null) => void;
}) {
  const { shown, begunOn, onBegin } = props;
  const change = useChangeCase(shown.id);
  const draft = useDraft(drafts, String(shown.id));
  const [touched, setTouched] = useState(draft.text !== '');
  const text = touched ? draft.text : begunOn;
  // Only another summary is in the way of this one; other changes of the case are not.
  const changed = shown.summary !== begunOn;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutateAsync({ act: 'change', body: { summary: text.trim(), revision: shown.revision } }).then(
      () => {
        draft.write('');
        onBegin(null);
      },
      // Told below; the words stay.
      () => undefined,
    );
  };
  return (
    <form onSubmit={submit} className="max-w-[92ch] space-y-2">
      <TextArea
        label="Summary"
        autoFocus
        rows={4}
        maxLength={20_000}
        placeholder="What happened, on which hosts, and how it stands"
        value={text}
        onChange={(event) => {
          setTouched(true);
          bases.keep(String(shown.id), `=${begunOn}`);
          draft.write(event.target.value);
        }}
      />
      {changed ? (
        <div role="alert" className="space-y-1 border-l-2 border-warning pl-3">
          <p>Somebody changed the summary since you began. It now says:</p>
          <p className="whitespace-pre-wrap text-text-2 [overflow-wrap:anywhere]">
            {shown.summary === '' ? 'nothing' : <HostileText text={shown.summary} />}
          </p>
          <Button
            size="sm"
            onClick={() => {
              if (!touched) draft.write(begunOn);
              setTouched(true);
              bases.keep(String(shown.id), `=${shown.summary}`);
              onBegin(shown.summary);
            }}
          >
            Go on with mine
          </Button>
        </div>
      ) : null}
      <div className="flex gap-2">
        <Button size="sm" type="submit" disabled={change.isPending || changed}>
          Keep the summary
        </Button>
        <Button
          size="sm"
          variant="quiet"
          onClick={() => {
            draft.write('');
            onBegin(null);
          }}
        >
          Cancel
        </Button>
      </div>
      {change.error ? <CaseProblem error={change.error} /> : null}
    </form>
  );
}
