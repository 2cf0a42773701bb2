import { AppError } from '../base/appError';
import type { Refused } from '../storage/decisions';
import type { Latest } from '../storage/latestChange';

/** Longest quote of what somebody did. */
const QUOTED = 300;

/** Why a decision about one finding was refused, with facts for the screen. */
export function refusalOf(refused: Refused): AppError {
  const detail = sentenceOf(refused);
  switch (refused.code) {
    case 'not_found':
      return new AppError('not_found', detail);
    case 'conflict': {
      const { revision, by, at, what } = refused.latest;
      return new AppError('conflict', detail, { revision, by, at: at?.toISOString() ?? null, what });
    }
    case 'blind_unacknowledged':
      return new AppError('blind_unacknowledged', detail, {
        blindStages: refused.blind.map(({ id, title, stateReason }) => ({
          id,
          title,
          why: stateReason ?? UNSEEN,
        })),
        proposed: 'undetermined',
      });
  }
}

const UNSEEN = 'it could not have been seen on this host';

/** Why a finding was left as it is, in a sentence for a list. */
export function sentenceOf(refused: Refused): string {
  switch (refused.code) {
    case 'not_found':
      return 'There is no finding with this id: the data it came from may have changed meanwhile.';
    case 'conflict':
      return `${changeSentence(refused.latest)} Look at it, then decide again.`;
    case 'blind_unacknowledged':
      return `It was not seen whether ${refused.blind.map(({ title }) => `"${title}"`).join(' and ')} happened, which the chain needs: say that you know it, or call it undetermined.`;
  }
}

/** Who changed a finding since somebody saw it, and what: a sentence. */
export function changeSentence({ by, what }: Latest): string {
  const quoted = what.length > QUOTED ? `${what.slice(0, QUOTED - 1)}…` : what;
  return by === null
    ? `New data changed it since you opened it: ${quoted}.`
    : `Since you opened it, ${by} ${quoted}${/[.!?…]$/.test(quoted) ? '' : '.'}`;
}
