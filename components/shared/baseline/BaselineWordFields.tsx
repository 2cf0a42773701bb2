import { clsx } from 'clsx';
import { TextArea } from '@/components/ui/TextArea';
import { TextField } from '@/components/ui/TextField';
import { type BaselineDraft, dayAfter, latestExpiry } from './baselineWords';

type BaselineWords = Pick<BaselineDraft, 'title' | 'reason' | 'owner' | 'expires'>;

/** What a baseline says beside its pattern, as fields of a form: its title, why, who answers for it, until when. */
export function BaselineWordFields(props: {
  words: BaselineWords;
  onChange: (change: Partial<BaselineWords>) => void;
  /** What is wrong, by field; an absent one is right or not yet said. */
  problems: Partial<Record<keyof BaselineWords, string>>;
  /** Milliseconds since 1970, UTC: the end lies from the next day to a year after it. */
  now: number;
  endHint: string;
  ownerHint?: string;
  titleExample?: string;
  /** Lines of the reason at first. */
  reasonRows: number;
  /** In a pane, what has no room beside another goes below it by the pane's width, elsewhere by the screen's. */
  inPane?: boolean;
}) {
  const { words, onChange, problems, now } = props;
  return (
    <>
      <TextField
        label="Title"
        value={words.title}
        maxLength={200}
        placeholder={props.titleExample}
        error={problems.title}
        onChange={(event) => onChange({ title: event.target.value })}
      />
      <TextArea
        label="Reason"
        rows={props.reasonRows}
        maxLength={2000}
        value={words.reason}
        placeholder="Why this is normal, and how you know"
        error={problems.reason}
        onChange={(event) => onChange({ reason: event.target.value })}
      />
      <div
        className={clsx(
          'grid grid-cols-2 gap-4',
          props.inPane ? '@max-sm:grid-cols-1' : 'max-sm:grid-cols-1',
        )}
      >
        <TextField
          label="Owner"
          value={words.owner}
          maxLength={200}
          error={problems.owner}
          hint={props.ownerHint}
          onChange={(event) => onChange({ owner: event.target.value })}
        />
        <TextField
          label="Ends on"
          type="date"
          min={dayAfter(now, 1)}
          max={latestExpiry(now)}
          value={words.expires}
          error={problems.expires}
          hint={props.endHint}
          onChange={(event) => onChange({ expires: event.target.value })}
        />
      </div>
    </>
  );
}
