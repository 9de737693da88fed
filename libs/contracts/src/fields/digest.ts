import { Matches } from 'class-validator';
import { field, type FieldOptions } from '../fields.ts';

const digest = /^[0-9a-f]{64}$/;
const signature = /^[A-Za-z0-9_-]{86}$/;

/** A SHA-256 in lower-case hex: it shows whether content is unchanged, and nothing of the content. */
export const Digest = (options: FieldOptions = {}): PropertyDecorator =>
  field('digest', options, (each) => [
    Matches(digest, {
      each,
      message: '$property must be a SHA-256 in lower-case hex',
      context: { allowed: '64 hex digits' },
    }),
  ]);

/** An ES256 signature (JWS: r and s in base64url, 86 characters). */
export const Signature = (options: FieldOptions = {}): PropertyDecorator =>
  field('signature', options, (each) => [
    Matches(signature, {
      each,
      message: '$property must be an ES256 signature in base64url',
      context: { allowed: '86 characters of base64url' },
    }),
  ]);

/** The patterns of {@link Digest} and {@link Signature}, for checks without a class. */
export const sealedPatterns = { digest, signature } as const;
