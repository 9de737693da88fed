import { Injectable } from '@nestjs/common';
import { networkScope, type Actor } from '#access';
import type { PeopleAsked, PersonId, PersonView } from '#contracts';
import { statement, UnitOfWork, type Scope, type Tx } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import type { Repository } from 'typeorm';
import { clientAsPersonView, PersonRow, SystemClientRow, toPersonView } from './person.entity.ts';

const peopleOfNetwork = statement(
  'people of network',
  `select * from person
   where network_id = $1 and active = $6
     and ($2::uuid is null or organization_id = $2)
     and ($3::text is null or (display_name, person_id) > ($3, $4::uuid))
   order by display_name, person_id limit $5`,
).reads<PersonRow>();

/** The issuer serves every network and asks before the caller is known. */
const ofIssuer: Scope = { kind: 'system', key: '' };

/** Reads active people; inactive ones are not found. */
@Injectable()
export class PersonQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The person or program that the token is about. */
  async me(actor: Actor): Promise<PersonView | undefined> {
    return this.unitOfWork.run(networkScope(actor), async (tx) => {
      const person = await people(tx).findOneBy({ person_id: actor.personId, active: true });
      if (person !== null) return toPersonView(person);
      const client = await tx.manager.getRepository(SystemClientRow).findOneBy({ person_id: actor.personId });
      return client === null ? undefined : clientAsPersonView(client);
    });
  }

  async one(actor: Actor, personId: PersonId): Promise<PersonRow | undefined> {
    const found = await this.unitOfWork.run(networkScope(actor), (tx) =>
      people(tx).findOneBy({ person_id: personId, active: true }),
    );
    return found ?? undefined;
  }

  /** The person, active or not: for callers who may change that. */
  async find(tx: Tx, personId: PersonId): Promise<PersonRow | undefined> {
    return (await people(tx).findOneBy({ person_id: personId })) ?? undefined;
  }

  /** By name. */
  async list(
    actor: Actor,
    asked: PeopleAsked,
    page: PageAsked<readonly [name: string, personId: string]>,
  ): Promise<Page<PersonView>> {
    const [name, personId] = page.after ?? [null, null];
    const organizationId = asked.organizationId ?? null;
    const rows = await this.unitOfWork.run(networkScope(actor), (tx) =>
      tx.query(peopleOfNetwork, [
        actor.networkId,
        organizationId,
        name,
        personId,
        page.limit + 1,
        asked.active ?? true,
      ]),
    );
    return pageFrom(page, rows, (row) => [row.display_name, row.person_id], toPersonView);
  }

  async byLogin(login: string): Promise<PersonRow | undefined> {
    const found = await this.unitOfWork.run(ofIssuer, (tx) => people(tx).findOneBy({ login, active: true }));
    return found ?? undefined;
  }

  async byId(personId: PersonId): Promise<PersonRow | undefined> {
    const found = await this.unitOfWork.run(ofIssuer, (tx) =>
      people(tx).findOneBy({ person_id: personId, active: true }),
    );
    return found ?? undefined;
  }

  async withLogins(): Promise<readonly PersonRow[]> {
    return this.unitOfWork.run(ofIssuer, (tx) => people(tx).find({ where: { active: true }, order: { login: 'asc' } }));
  }

  async client(clientId: string): Promise<SystemClientRow | undefined> {
    const found = await this.unitOfWork.run(ofIssuer, (tx) =>
      tx.manager.getRepository(SystemClientRow).findOneBy({ client_id: clientId }),
    );
    return found ?? undefined;
  }
}

function people(tx: Tx): Repository<PersonRow> {
  return tx.manager.getRepository(PersonRow);
}
