import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

/**
 * Places in the changes as one circle of readers gets them. The changes of all organizations are numbered together,
 * so a plain number would show how active the others are: an id is that number, encrypted with a key for each circle.
 * One block and no more, so the same place has the same id at every start.
 */
export class Places {
  private readonly key: Buffer;

  /** `circle`: whose readers; ids of one mean nothing in another. */
  constructor(secret: string, circle: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, 'closed-loop-referrals', `live/${circle}`, 16));
  }

  idOf(changeId: number): string {
    const block = Buffer.alloc(16);
    block.writeBigUInt64BE(BigInt(changeId), 8);
    return createCipheriv('aes-128-ecb', this.key, null).setAutoPadding(false).update(block).toString('base64url');
  }

  /** Undefined for what is no id of this circle. */
  placeIn(id: string): number | undefined {
    const block = Buffer.from(id, 'base64url');
    if (block.length !== 16 || block.toString('base64url') !== id) return undefined;
    const found = createDecipheriv('aes-128-ecb', this.key, null).setAutoPadding(false).update(block);
    // eight bytes of nothing: who guesses hits them once in 2^64
    if (found.readBigUInt64BE(0) !== 0n) return undefined;
    const place = Number(found.readBigUInt64BE(8));
    return Number.isSafeInteger(place) ? place : undefined;
  }
}
