import { AppError } from '../base/appError';
import type { Problem } from '../contracts/problem';
import type { Refused } from '../storage/decisions';
import type { Latest } from '../storage/latestChange';

/** Longest quote of what somebody did. */
const QUOTED = 300;

/** Why a decision about one finding was refused, with facts for the screen. */
export function refusalOf(refused: Refused): AppError {
  return new AppError(refused.code, sentenceOf(refused), { ...factsOf(refused), ...adviceOf(refused) });
}

/** Facts about a refusal for the screen: who changed it to which revision, which stages nobody could have seen. */
export function factsOf(refused: Refused): Pick<Problem, 'revision' | 'by' | 'blindStages'> {
  switch (refused.code) {
    case 'not_found':
      return {};
    case 'conflict':
      return { revision: refused.latest.revision, by: refused.latest.by };
    case 'blind_unacknowledged':
      return {
        blindStages: refused.blind.map(({ id, title, stateReason }) => ({
          id,
          title,
          why: stateReason ?? UNSEEN,
        })),
      };
  }
}

/** What is told of one alone besides: when and what was changed, which verdict would be taken. */
function adviceOf(refused: Refused): Readonly<Record<string, unknown>> {
  switch (refused.code) {
    case 'not_found':
      return {};
    case 'conflict':
      return { at: refused.latest.at?.toISOString() ?? null, what: refused.latest.what };
    case 'blind_unacknowledged':
      return { proposed: 'undetermined' };
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

/** Who changed a finding since somebody did something with it, and what: a sentence. `since` is what they did. */
export function changeSentence(
  { by, what }: Latest,
  since: 'you opened it' | 'you decided' = 'you opened it',
): string {
  const quoted = what.length > QUOTED ? `${what.slice(0, QUOTED - 1)}…` : what;
  return by === null
    ? `New data changed it since ${since}: ${quoted}.`
    : `Since ${since}, ${by} ${quoted}${/[.!?…]$/.test(quoted) ? '' : '.'}`;
}
