import Link from 'next/link';
import { sentenceParts } from './analyticWords';

/** A sentence of a definition; the shared lists it names lead to their values. */
export function SentenceText({ text }: { text: string }) {
  return (
    <>
      {sentenceParts(text).map((part) =>
        part.list === null ? (
          <span key={part.at}>{part.text}</span>
        ) : (
          <Link
            key={part.at}
            href={`/analytics/environment?list=${encodeURIComponent(part.list)}`}
            className="link"
          >
            {part.text}
          </Link>
        ),
      )}
    </>
  );
}
