import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

/**
 * Places in the changes as one circle of readers gets them. The changes of all organizations are numbered together,
 * so a plain number would show how active the others are: an id is that number, encrypted with a key for each circle.
 * It is a single cipher block, so the same place has the same id at every start.
 */
export class Places {
  private readonly key: Buffer;

  /** `circle`: whose readers they are; ids of one circle are invalid in another. */
  constructor(secret: string, circle: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, 'closed-loop-referrals', `live/${circle}`, 16));
  }

  idOf(changeId: number): string {
    const block = Buffer.alloc(16);
    block.writeBigUInt64BE(BigInt(changeId), 8);
    return createCipheriv('aes-128-ecb', this.key, null).setAutoPadding(false).update(block).toString('base64url');
  }

  /** Undefined if it is not an id of this circle. */
  placeIn(id: string): number | undefined {
    const block = Buffer.from(id, 'base64url');
    if (block.length !== 16 || block.toString('base64url') !== id) return undefined;
    const found = createDecipheriv('aes-128-ecb', this.key, null).setAutoPadding(false).update(block);
    // eight zero bytes: a guessed id passes once in 2^64
    if (found.readBigUInt64BE(0) !== 0n) return undefined;
    const place = Number(found.readBigUInt64BE(8));
    return Number.isSafeInteger(place) ? place : undefined;
  }
}
