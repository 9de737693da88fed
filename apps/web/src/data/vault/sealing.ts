/** A value that only the person’s key opens. */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

const ivBytes = 12;

/**
 * Encrypts a JSON value by AES-GCM. `place`: where the value is kept; it is bound to the value, so that a record that was
 * moved to another place does not open.
 */
export async function sealed(key: CryptoKey, place: string, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
  const bytes = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: encoded(place) },
    key,
    encoded(JSON.stringify(value)),
  );
  return { iv, bytes };
}

/** Undefined for another key, another place, or changed bytes. */
export async function opened(key: CryptoKey, place: string, { iv, bytes }: Sealed): Promise<unknown> {
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: encoded(place) }, key, bytes);
    return JSON.parse(new TextDecoder().decode(plain)) as unknown;
  } catch {
    return undefined;
  }
}

function encoded(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
