import type { LedgerAnchored } from '#contracts';
import { anchorDigest, firstAnchor, isSignedBy, type AnchorKey, type AnchorMark, type ChainHead } from './anchor.ts';
import { ofAnchor, type Finding } from '../ledger/finding.ts';

/**
 * Compares the anchors with each other, one by one in order, and with copies of them kept outside the database. A
 * signature covers every earlier anchor, because each names the one before. So only the last anchor of each key is
 * verified, and anchors of rotated keys are covered by later ones.
 */
export class AnchorCheck {
  private readonly heads = new Map<string, ChainHead>();
  private readonly found: Finding[] = [];
  private readonly lastOfKey = new Map<string, LedgerAnchored>();
  private readonly kept: Map<number, string>;
  private at: AnchorMark = { number: 0, digest: firstAnchor };

  constructor(
    private readonly keys: readonly AnchorKey[],
    kept: readonly AnchorMark[],
  ) {
    this.kept = new Map(kept.map((mark) => [mark.number, mark.digest]));
  }

  add(anchor: LedgerAnchored): void {
    const digest = anchorDigest(anchor);
    for (let missing = this.at.number + 1; missing < anchor.number; missing += 1)
      this.found.push(ofAnchor('anchor-removed', missing));
    const follows = anchor.number === this.at.number + 1;
    if (anchor.number <= this.at.number || (follows && anchor.previous !== this.at.digest))
      this.found.push(ofAnchor('anchor-altered', anchor.number));
    const outside = this.kept.get(anchor.number);
    if (outside !== undefined && outside !== digest) this.found.push(ofAnchor('anchor-altered', anchor.number));
    this.lastOfKey.set(anchor.keyId, anchor);
    for (const [index, clientId] of anchor.clientIds.entries()) {
      const head = { clientId, place: anchor.places[index] ?? 0, seal: anchor.seals[index] ?? '' };
      if (head.place > (this.heads.get(clientId)?.place ?? 0)) this.heads.set(clientId, head);
    }
    this.at = { number: Math.max(anchor.number, this.at.number), digest };
  }

  /** The last existing anchor. */
  get last(): AnchorMark {
    return this.at;
  }

  /** The place of each chain when it was last anchored. */
  get anchored(): ReadonlyMap<string, ChainHead> {
    return this.heads;
  }

  /** Call it after all anchors were added. */
  findings(): readonly Finding[] {
    const beyond = [...this.kept.keys()].filter((number) => number > this.at.number);
    return [
      ...this.found,
      ...beyond.sort((a, b) => a - b).map((number) => ofAnchor('anchor-removed', number)),
      ...this.unsigned(),
    ];
  }

  private unsigned(): readonly Finding[] {
    const lasts = [...this.lastOfKey.values()].sort((a, b) => a.number - b.number);
    return lasts.flatMap((anchor, index) => {
      const key = this.keys.find((each) => each.keyId === anchor.keyId);
      if (key !== undefined) return isSignedBy(anchor, key) ? [] : [ofAnchor('anchor-altered', anchor.number)];
      // an anchor with an unknown key is accepted only if a later anchor covers it
      return index < lasts.length - 1 ? [] : [ofAnchor('anchor-altered', anchor.number)];
    });
  }
}
