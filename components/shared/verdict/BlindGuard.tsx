import { Button } from '@/components/ui/Button';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { HostileText } from '../MonoText';
import { StagePip } from '../StagePip';
import { type BlindStage, stageNames } from './verdictWords';

/**
 * Says which required stage nobody could have seen, and why; proposes undetermined, and lets a false positive be given
 * by whoever says to know it. Nothing is drawn while neither was asked for.
 */
export function BlindGuard(props: {
  blind: readonly BlindStage[];
  value: VerdictValue;
  /** A false positive was asked for, whatever is chosen now. */
  asked: boolean;
  acknowledged: boolean;
  /** Saving was tried without it. */
  missing: boolean;
  onUse: (value: VerdictValue) => void;
  onAcknowledge: (acknowledged: boolean) => void;
}) {
  const { blind, value, asked, acknowledged } = props;
  const wantsFalse = value === 'false_positive';
  if (blind.length === 0 || !(wantsFalse || (asked && value === 'undetermined'))) return null;
  const names = stageNames(blind);
  const several = blind.length > 1;
  return (
    <div role="note" aria-label="Blind stages" className="space-y-1.5 border-l-2 border-blind pl-3">
      <p className="flex items-start gap-2 font-medium">
        <span className="flex h-[19px] items-center">
          <StagePip state="blind" size={12} />
        </span>
        <span>
          {names} {several ? 'are' : 'is'} required and {several ? 'were' : 'was'} blind
        </span>
      </p>
      <ul className="text-12 text-blind">
        {blind.map((stage) =>
          stage.why === null ? null : (
            <li key={`${stage.title}${stage.why}`}>
              {several ? `${stage.title}: ` : null}
              <HostileText text={stage.why} />
            </li>
          ),
        )}
      </ul>
      <p className="text-12 text-text-2">
        Nobody could have seen {several ? 'them' : 'it'} then, so silence does not show that nothing happened.
        {wantsFalse ? null : ' Undetermined says what is known, and is proposed in place of false positive.'}
      </p>
      {wantsFalse ? (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <label className="flex min-h-6 items-center gap-2">
            <input
              type="checkbox"
              className="size-4 accent-(--accent)"
              checked={acknowledged}
              aria-invalid={props.missing}
              onChange={(event) => props.onAcknowledge(event.target.checked)}
            />
            I know that {names} could not be seen
          </label>
          <Button size="sm" onClick={() => props.onUse('undetermined')}>
            Use undetermined
          </Button>
        </div>
      ) : (
        <Button size="sm" onClick={() => props.onUse('false_positive')}>
          False positive all the same
        </Button>
      )}
      {props.missing && wantsFalse && !acknowledged ? (
        <p role="alert" className="text-12 text-danger">
          Say that you know it, or use undetermined.
        </p>
      ) : null}
    </div>
  );
}
