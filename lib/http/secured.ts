/** What every answer of the API says of itself unless its handler said otherwise. */
const HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  // Not to be read by pages of other sites, not even as an image or a script.
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  // Should a browser show it as a document after all, nothing in it runs.
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
};

/** An answer with the headers that keep browsers from using it for anything else, and with cookies to set. */
export function secured(answer: Response, cookies: readonly string[] = []): Response {
  for (const [name, value] of Object.entries(HEADERS))
    if (!answer.headers.has(name)) answer.headers.set(name, value);
  for (const cookie of cookies) answer.headers.append('set-cookie', cookie);
  return answer;
}
