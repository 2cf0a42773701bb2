import { HostileText } from '@/components/shared/MonoText';
import { cutText } from '@/lib/base/cutText';
import { counted } from '@/lib/base/numberWords';

/** What is drawn of a text at most, in lines and characters: each line is elements of its own. */
const MOST_LINES = 2_000;
const MOST_CHARACTERS = 100_000;

/**
 * Text of several lines: breaks stay breaks, what else is hidden in a line is shown. Of a very long one the beginning,
 * with how many lines follow.
 */
export function HostileLines({ text }: { text: string }) {
  const all = text.split(/\r?\n/);
  const lines = cutText(text, MOST_CHARACTERS).split(/\r?\n/).slice(0, MOST_LINES);
  const more = all.length - lines.length;
  return (
    <>
      {lines.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are positions in an immutable string
        <span key={place}>
          {place === 0 ? '' : '\n'}
          <HostileText text={line} />
        </span>
      ))}
      {more > 0 || text.length > MOST_CHARACTERS ? (
        <span className="num text-text-3">
          {'\n'}
          {more > 0 ? `and ${counted(more, 'more line')}` : 'and more'}
        </span>
      ) : null}
    </>
  );
}
