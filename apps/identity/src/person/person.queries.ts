import { Injectable } from '@nestjs/common';
import { networkScope, type Actor } from '#access';
import type { PeopleAsked, PersonId, PersonView } from '#contracts';
import { statement, UnitOfWork, type Scope, type Tx } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import { clientAsPersonView, toPersonView, type PersonRow, type SystemClientRow } from './person.rows.ts';

const personById = statement('person by id', 'select * from person where person_id = $1 and active').reads<PersonRow>();
const anyPersonById = statement('any person by id', 'select * from person where person_id = $1').reads<PersonRow>();
const personByLogin = statement(
  'person by login',
  'select * from person where login = $1 and active',
).reads<PersonRow>();
const clientById = statement(
  'system-client by id',
  'select * from system_client where client_id = $1',
).reads<SystemClientRow>();
const clientByPerson = statement(
  'system-client by person',
  'select * from system_client where person_id = $1',
).reads<SystemClientRow>();
const everyLogin = statement('logins', 'select * from person where active order by login').reads<PersonRow>();

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
      const [person] = await tx.query(personById, [actor.personId]);
      if (person !== undefined) return toPersonView(person);
      const [client] = await tx.query(clientByPerson, [actor.personId]);
      return client === undefined ? undefined : clientAsPersonView(client);
    });
  }

  async one(actor: Actor, personId: PersonId): Promise<PersonRow | undefined> {
    const [row] = await this.unitOfWork.run(networkScope(actor), (tx) => tx.query(personById, [personId]));
    return row;
  }

  /** The person, active or not: for callers who may change that. */
  async find(tx: Tx, personId: PersonId): Promise<PersonRow | undefined> {
    const [row] = await tx.query(anyPersonById, [personId]);
    return row;
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
    const [row] = await this.unitOfWork.run(ofIssuer, (tx) => tx.query(personByLogin, [login]));
    return row;
  }

  async byId(personId: PersonId): Promise<PersonRow | undefined> {
    const [row] = await this.unitOfWork.run(ofIssuer, (tx) => tx.query(personById, [personId]));
    return row;
  }

  async withLogins(): Promise<readonly PersonRow[]> {
    return this.unitOfWork.run(ofIssuer, (tx) => tx.query(everyLogin));
  }

  async client(clientId: string): Promise<SystemClientRow | undefined> {
    const [row] = await this.unitOfWork.run(ofIssuer, (tx) => tx.query(clientById, [clientId]));
    return row;
  }
}
