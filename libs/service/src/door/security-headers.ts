/** By name, in lower case. */
export type HeaderTable = Readonly<Record<string, string>>;

const always: HeaderTable = {
  // `upgrade-insecure-requests` is missing on purpose: the platform may be served without TLS, on a laptop
  'content-security-policy': [
    "default-src 'self'",
    "base-uri 'self'",
    "font-src 'self' https: data:",
    "form-action 'self'",
    "frame-ancestors 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "script-src 'self'",
    "script-src-attr 'none'",
    "style-src 'self' https: 'unsafe-inline'",
  ].join(';'),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
};

/** A year. Not for subdomains: we do not own them. */
const onlyByTls: HeaderTable = { 'strict-transport-security': 'max-age=31536000' };

/**
 * Headers that restrict the browser, on every answer: refusals, pages, and what the HTTP parser rejects. `publicUrl` is
 * the address that people use: if it is https, a browser that has seen the header uses only https.
 */
export function securityHeaders(publicUrl: string): HeaderTable {
  return publicUrl.startsWith('https://') ? { ...always, ...onlyByTls } : always;
}
