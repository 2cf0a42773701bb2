import path from 'node:path';
import { pathToFileURL } from 'node:url';

type Handler = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>;

const root = path.resolve(import.meta.dirname, '../..');

/** What a test sends with a request. */
export type Sent = {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text in place of a JSON body. */
  readonly text?: string;
};

/** The handler of an operation, out of the file that Next would take for its path; undefined: there is none. */
export async function handlerOf(method: string, routePath: string): Promise<Handler | undefined> {
  const folder = routePath.replace(/\{(\w+)\}/g, '[$1]');
  const file = path.join(root, 'app', folder, 'route.ts');
  const module = (await import(pathToFileURL(file).href)) as Record<string, Handler | undefined>;
  return module[method];
}

/** A browser for tests: keeps cookies, sends them along as a page of our own would, and knows nothing else. */
export class TestVisitor {
  readonly cookies = new Map<string, string>();
  readonly address: string;
  origin = 'http://localhost:3000';

  constructor(address = '192.0.2.1') {
    this.address = address;
  }

  /** Sends a request to the handler of its route; `{id}` and the like are filled from `params`. */
  async send(
    method: string,
    routePath: string,
    sent: Sent = {},
    params: Readonly<Record<string, string>> = {},
    query = '',
  ): Promise<Response> {
    const handler = await handlerOf(method, routePath);
    if (handler === undefined) throw new Error(`no handler for ${method} ${routePath}`);
    const { host } = new URL(this.origin);
    const headers: Record<string, string> = {
      host,
      origin: this.origin,
      'sec-fetch-site': 'same-origin',
      'x-forwarded-for': this.address,
      'user-agent': 'test browser',
      ...(this.cookies.size > 0 ? { cookie: this.cookieHeader() } : {}),
      ...(sent.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...sent.headers,
    };
    const place = routePath.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(params[name] ?? ''),
    );
    const text = sent.text ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body));
    const request = new Request(`${this.origin}${place}${query}`, {
      method,
      headers,
      ...(text === undefined ? {} : { body: text }),
    });
    const answer = await handler(request, { params: Promise.resolve({ ...params }) });
    this.keep(answer);
    return answer;
  }

  /** Takes an answer's cookies, as a browser does. */
  keep(answer: Response): void {
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split(';');
      const name = pair.slice(0, pair.indexOf('='));
      const gone = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute));
      if (gone) this.cookies.delete(name);
      else this.cookies.set(name, pair.slice(pair.indexOf('=') + 1));
    }
  }

  /** The cookie that proves the session, if there is one. */
  session(): string | undefined {
    return this.cookies.get('sequela.session_token');
  }

  private cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}
