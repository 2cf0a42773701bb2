'use client';

import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { hostilePlain } from '@/components/shared/hostileText';
import { showHidden } from './showHidden';

/** Addresses a note may lead to: pages of this server and of the web. Anything else is shown, not linked. */
function isSafe(address: string): boolean {
  return /^https?:\/\//i.test(address) || /^\/(?![/\\])/.test(address) || address.startsWith('#');
}

const PARTS: Components = {
  a: ({ href, children }) =>
    href !== undefined && isSafe(href) ? (
      <a
        className="link"
        href={href}
        {...(href.startsWith('/') || href.startsWith('#')
          ? {}
          : { target: '_blank', rel: 'noreferrer noopener' })}
      >
        {children}
      </a>
    ) : (
      <span title={hostilePlain(href ?? '')}>{children}</span>
    ),
  // A picture of elsewhere would tell its server who reads the note: its words stand for it.
  img: ({ alt, src }) => (
    <span className="text-text-3">
      [picture: {hostilePlain(alt || 'without words')}, {typeof src === 'string' ? hostilePlain(src) : ''}]
    </span>
  ),
  h1: ({ children }) => <h3 className="mt-3 text-15 first:mt-0">{children}</h3>,
  h2: ({ children }) => <h4 className="mt-3 font-medium first:mt-0">{children}</h4>,
  h3: ({ children }) => <h5 className="mt-2 font-medium text-text-2 first:mt-0">{children}</h5>,
  p: ({ children }) => <p className="mt-2 [overflow-wrap:anywhere] first:mt-0">{children}</p>,
  ul: ({ children }) => <ul className="mt-2 list-disc space-y-0.5 pl-5">{children}</ul>,
  ol: ({ children }) => <ol className="mt-2 list-decimal space-y-0.5 pl-5">{children}</ol>,
  code: ({ children }) => <code className="machine rounded-sm bg-surface-2 px-1">{children}</code>,
  pre: ({ children }) => (
    <pre className="machine mt-2 overflow-x-auto rounded-md border bg-surface-2 p-2">{children}</pre>
  ),
  blockquote: ({ children }) => (
    <blockquote className="mt-2 border-l-2 border-line-strong pl-3 text-text-2">{children}</blockquote>
  ),
  table: ({ children }) => (
    <div className="mt-2 overflow-x-auto">
      <table className="border-collapse">{children}</table>
    </div>
  ),
  th: ({ children }) => <th className="border px-2 py-1 text-left font-medium">{children}</th>,
  td: ({ children }) => <td className="border px-2 py-1 align-top">{children}</td>,
};

/**
 * A note as its author meant it. HTML in it is shown as text, characters that turn or hide text are written out, and
 * nothing of elsewhere is loaded.
 */
export function Markdown({ text }: { text: string }) {
  return (
    <ReactMarkdown
      remarkPlugins={[remarkGfm]}
      rehypePlugins={[showHidden]}
      components={PARTS}
      urlTransform={(address) => address}
    >
      {text}
    </ReactMarkdown>
  );
}
