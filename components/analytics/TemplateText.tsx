import { templateParts } from './analyticWords';

/** A text of a definition; the places that a finding fills with its own facts stand out. */
export function TemplateText({ text }: { text: string }) {
  return (
    <>
      {templateParts(text).map((part) =>
        part.place ? (
          <span key={part.at} className="machine text-text-3">
            {part.text.slice(1, -1).replace(/\|.*$/, '')}
          </span>
        ) : (
          <span key={part.at}>{part.text}</span>
        ),
      )}
    </>
  );
}
