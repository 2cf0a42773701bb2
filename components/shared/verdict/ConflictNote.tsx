import { HostileText } from '../MonoText';
import { PersonName } from '../people';
import { AgeText } from '../TimeText';
import type { Newest } from './judge';
import { VERDICT_WORD } from './verdictWords';

/** Somebody was faster: who, what they decided and why, and that saving again replaces it. One's words are kept. */
export function ConflictNote(props: { newest: Newest; by: string | null; detail: string }) {
  const { by, detail } = props;
  const { verdict, assignee } = props.newest;
  return (
    <div role="alert" className="space-y-1 border-l-2 border-warning pl-3">
      <p className="font-medium">
        {by === null ? (
          'It was changed while you were reading it'
        ) : (
          <>
            <PersonName handle={by} capital /> changed it while you were reading it
          </>
        )}
      </p>
      {verdict === undefined ? (
        <p className="text-text-2">
          <HostileText text={detail} />
        </p>
      ) : verdict === null ? (
        <p className="text-text-2">
          <HostileText text={detail} /> It has no verdict
          {assignee === null ? (
            '.'
          ) : (
            <>
              {' and is with '}
              <PersonName handle={assignee} />.
            </>
          )}
        </p>
      ) : (
        <p className="text-text-2 [overflow-wrap:anywhere]">
          <span className="font-medium text-text-1">{VERDICT_WORD[verdict.value]}</span>
          {' by '}
          <PersonName handle={verdict.by} />, <AgeText at={verdict.at} />
          {verdict.reason === '' ? null : (
            <>
              {': '}
              <HostileText text={verdict.reason} />
            </>
          )}
        </p>
      )}
      <p className="text-12 text-text-3">
        Nothing of yours was saved, and your words are still here. Saving again replaces theirs; they are
        told.
      </p>
    </div>
  );
}
