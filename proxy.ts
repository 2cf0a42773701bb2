import { type NextRequest, NextResponse } from 'next/server';

/**
 * Security headers of every page. Scripts run only with this response's nonce or from our own origin:
 * telemetry is attacker-controlled, and should text of it ever reach the document as markup, it stays dead.
 * Styles may be inline because React and d3 set positions. API answers set their own headers in lib/http;
 * they pass by here, also because a proxy in front of uploads would cut them at 10 MB.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64');
  const development = process.env.NODE_ENV === 'development';
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    // The lineage of a large host is laid out beside the page's own thread.
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  // A layout is not told which page it is for; where somebody has to sign in first, it leads them back here.
  headers.set('x-sequela-path', `${request.nextUrl.pathname}${request.nextUrl.search}`);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('x-frame-options', 'DENY');
  response.headers.set('referrer-policy', 'no-referrer');
  response.headers.set('cross-origin-opener-policy', 'same-origin');
  response.headers.set('permissions-policy', PERMISSIONS);
  return response;
}

/** Of what browsers offer, passkeys alone are used. */
const PERMISSIONS = [
  'camera=()',
  'microphone=()',
  'geolocation=()',
  'payment=()',
  'usb=()',
  'publickey-credentials-get=(self)',
  'publickey-credentials-create=(self)',
].join(', ');

export const config = {
  matcher: '/((?!api/|healthz|readyz|metrics|_next/static|_next/image|icon.svg|preferences.js).*)',
};
