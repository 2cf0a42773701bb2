/** A piece of a document that is told as Markdown, as a page and as PDF alike. Text is as it was; each way escapes it. */
export type Block =
  | { readonly type: 'title' | 'heading' | 'subheading' | 'text' | 'quiet' | 'code'; readonly text: string }
  | { readonly type: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | { readonly type: 'list'; readonly items: readonly string[] };
