/**
 * What a page of the web application may load and run: files of this origin, no inline script, no inline style but two.
 * The hashes are those of the two `<style>` texts that react-aria 3.53.1 inserts: one when something can be pressed, one
 * on an iPhone while a dialog is open.
 */
export const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  [
    "style-src 'self'",
    "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='",
    "'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='",
  ].join(' '),
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');
