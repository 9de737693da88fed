import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { CLOCK, type Clock } from '#events';
import { UnitOfWork, type Scope, type Statement } from '#persistence';
import { errors } from '../issuer/oidc-library.ts';
import {
  consumeRecord,
  destroyRecord,
  putRecord,
  recordById,
  recordByUid,
  revokeGrant,
  sweepRecords,
  type OidcRecordRow,
} from './oidc-record.rows.ts';

const ofIssuer: Scope = { kind: 'system', key: '' };

/**
 * The provider's memory, in identity's own schema. An id is a secret (whoever holds a refresh token's id holds the
 * token), so a row knows only its digest, and a copy of the table opens nothing.
 */
@Injectable()
export class OidcRecords {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The records of one kind, as the provider asks for them. Those that have ended are not there. */
  of(kind: string): Adapter {
    return {
      upsert: (id, payload, expiresIn) => this.put(kind, id, payload, expiresIn),
      find: async (id) => {
        const found = await this.one(recordById, [kind, digest(id), this.clock.now()]);
        return found && { ...found, jti: id };
      },
      findByUid: (uid) => this.one(recordByUid, [kind, uid, this.clock.now()]),
      // the device flow's: not offered here
      findByUserCode: () => Promise.resolve(undefined),
      consume: async (id) => {
        const [first] = await this.ask(consumeRecord, [kind, digest(id), this.clock.now()]);
        // of two at the same moment the provider has let both through: only here they meet
        if (first === undefined) throw new errors.InvalidGrant('already used');
      },
      destroy: async (id) => void (await this.ask(destroyRecord, [kind, digest(id)])),
      revokeByGrantId: async (grantId) => void (await this.ask(revokeGrant, [kind, grantId])),
    };
  }

  /** Removes what has ended; answers how many rows that were. */
  async sweep(): Promise<number> {
    const [gone] = await this.ask<{ readonly count: number }>(sweepRecords, [this.clock.now()]);
    return gone?.count ?? 0;
  }

  private async put(kind: string, id: string, payload: AdapterPayload, expiresIn: number | undefined): Promise<void> {
    if (expiresIn === undefined) throw new Error(`an oidc record of kind ${kind} has no end`);
    const { jti: _secret, ...kept } = payload;
    const end = new Date(Date.parse(this.clock.now()) + expiresIn * 1000).toISOString();
    const { grantId = null, uid = null } = kept;
    await this.ask(putRecord, [kind, digest(id), JSON.stringify(kept), grantId, uid, end]);
  }

  private async one(by: Statement, values: readonly unknown[]): Promise<AdapterPayload | undefined> {
    const [row] = await this.ask<OidcRecordRow>(by, values);
    if (row === undefined) return undefined;
    const { payload, consumed_at: consumedAt } = row;
    return consumedAt === null ? payload : { ...payload, consumed: Math.floor(Date.parse(consumedAt) / 1000) };
  }

  private ask<Row extends object>(what: Statement, values: readonly unknown[]): Promise<readonly Row[]> {
    return this.unitOfWork.run(ofIssuer, (tx) => tx.query<Row>(what, values));
  }
}

function digest(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}
