import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { CLOCK, type Clock } from '#events';
import { UnitOfWork, type QueryArguments, type Scope } from '#persistence';
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
 * The provider's storage, in identity's own schema. An id is a secret (the id of a refresh token is the token), so a row
 * contains only its digest, and a copy of the table is useless to a thief.
 */
@Injectable()
export class OidcRecords {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The records of one kind, in the provider's interface. Expired records do not exist. */
  of(kind: string): Adapter {
    return {
      upsert: (id, payload, expiresIn) => this.put(kind, id, payload, expiresIn),
      find: async (id) => {
        const found = await this.one(recordById, [kind, digest(id), this.clock.now()]);
        return found && { ...found, jti: id };
      },
      findByUid: (uid) => this.one(recordByUid, [kind, uid, this.clock.now()]),
      // for the device flow, which is not offered here
      findByUserCode: () => Promise.resolve(undefined),
      consume: async (id) => {
        const [first] = await this.ask(consumeRecord, [kind, digest(id), this.clock.now()]);
        // the provider has let two simultaneous uses through; only here they collide
        if (first === undefined) throw new errors.InvalidGrant('already used');
      },
      destroy: async (id) => void (await this.ask(destroyRecord, [kind, digest(id)])),
      revokeByGrantId: async (grantId) => void (await this.ask(revokeGrant, [kind, grantId])),
    };
  }

  /** Removes expired records; returns how many. */
  async sweep(): Promise<number> {
    const [gone] = await this.ask(sweepRecords.reads<{ readonly count: number }>(), [this.clock.now()]);
    return gone?.count ?? 0;
  }

  private async put(kind: string, id: string, payload: AdapterPayload, expiresIn: number | undefined): Promise<void> {
    if (expiresIn === undefined) throw new Error(`an oidc record of kind ${kind} has no end`);
    const { jti: _secret, ...kept } = payload;
    const end = new Date(Date.parse(this.clock.now()) + expiresIn * 1000).toISOString();
    const { grantId = null, uid = null } = kept;
    await this.ask(putRecord, [kind, digest(id), JSON.stringify(kept), grantId, uid, end]);
  }

  private async one(
    by: typeof recordById | typeof recordByUid,
    values: [kind: string, id: string, now: string],
  ): Promise<AdapterPayload | undefined> {
    const [row] = await this.ask(by.reads<OidcRecordRow>(), values);
    if (row === undefined) return undefined;
    const { payload, consumed_at: consumedAt } = row;
    return consumedAt === null ? payload : { ...payload, consumed: Math.floor(Date.parse(consumedAt) / 1000) };
  }

  private ask<Values extends readonly unknown[], Row>(...asked: QueryArguments<Values, Row>): Promise<readonly Row[]> {
    return this.unitOfWork.run(ofIssuer, (tx) => tx.query(...asked));
  }
}

function digest(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}
