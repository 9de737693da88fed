import { reasonsFor, type ReasonCode, type TaskAction } from '#contracts';
import { personId } from '../../stories/scene.ts';
import { line, type LineOptions, type Line } from './line.ts';
import { soon, type Scene } from './scene.ts';

type Reasoned = Parameters<typeof reasonsFor>[0];

const route = 'POST /api/referrals/tasks/{id}/{action}';
const now = (): string => new Date().toISOString();
const owner = (): object => ({ ownerId: personId('ines.harbor') });

function reason(action: Reasoned): ReasonCode {
  return reasonsFor(action).find((code) => !['deceased', 'other', 'unable-to-contact'].includes(code)) as ReasonCode;
}

//                          sender P   A   O   S | agency I  A | council C   N   O   S | another P   A   I   O   S  foreign C
/** P or A of the sender, or C. The agency's own A sees the Task and learns that the move belongs to the other side. */
const senderOrC = 'may may 403 403 | 403 no  | may 403 403 403 | 404 404 403 403 403 404';
const senderUnsent = 'may may 403 403 | 403 404 | may 403 403 403 | 404 404 403 403 403 404';
/** I or A of the agency. The sender's A sees the Task and learns that the move belongs to the other side. */
const agency = '403 no  403 403 | may may | 403 403 403 403 | 403 404 404 403 403 403';
const coordinator = '403 403 403 403 | 403 403 | may 403 403 403 | 403 403 403 403 403 404';
/**
 * The sender's P and A, the creator of the offer (a coordinator, a hospital's system), or O, including the network's:
 * nobody else who sees it.
 */
const creatorOrO = 'may may may no  | 403 no  | no  403 may 404 | 404 404 403 404 404 404';
/** After a packet was opened: only O (domain.md §2, row 21). */
const disclosed = 'no  no  may no  | 403 no  | no  403 may 404 | 404 404 403 404 404 404';

function does(action: TaskAction, on: string, cells: string, body: LineOptions['body'] = () => ({})): Line {
  return line(route, cells, { id: on, action, body });
}

/** contract.md §2.2: each action on a Task in a state in which it is legal; the version sent is stale. */
// prettier-ignore
export const actionsLines: readonly Line[] = [
  does('send',               'draft',    senderUnsent),
  does('acknowledge',        'sent',     agency),
  does('ask',                'sent',     agency,       () => ({ question: 'Since when?' })),
  does('reply',              'asked',    senderOrC,    () => ({ reply: 'Since May.' })),
  does('accept',             'sent',     agency,       owner),
  // an eligible agency may only accept a pool's Task
  does('accept',             'pool',     agency,       owner),
  does('acknowledge',        'pool',     '403 no  403 403 | no  no  | 403 403 403 403 | 403 404 404 403 403 403'),
  does('ask',                'pool',     '403 no  403 403 | no  no  | 403 403 403 403 | 403 404 404 403 403 403', () => ({ question: 'Who is it?' })),
  does('decline',            'sent',     agency,       () => ({ reason: reason('decline') })),
  does('decline',            'accepted', agency,       () => ({ reason: reason('decline') })),
  does('approve-decline',    'reviewed', coordinator),
  does('return-decline',     'reviewed', coordinator,  () => ({ note: 'Please look again.' })),
  does('take-back-decline',  'reviewed', agency),
  does('pick',               'accepted', senderOrC),
  does('redirect',           'sent',     agency,       (scene: Scene) => ({ healthcareServiceId: scene['anotherService'], reason: reason('redirect') })),
  does('progress',           'accepted', agency,       () => ({ kind: 'appointment-booked', at: now() })),
  does('hold',               'accepted', agency,       () => ({ subState: 'waitlisted', reviewOn: soon() })),
  does('resume',             'held',     agency),
  does('complete',           'accepted', agency,       () => ({ outcome: 'housed', outputs: [{ kind: 'placement', at: now() }] })),
  does('not-complete',       'accepted', agency,       () => ({ reason: reason('not-complete') })),
  does('withdraw',           'sent',     senderOrC,    () => ({ reason: reason('withdraw') })),
  does('withdraw',           'accepted', senderOrC,    () => ({ reason: reason('withdraw') })),
  does('confirm-withdrawal', 'leaving',  agency),
  // I assigns to themselves, A to anyone: the owner is first this intake worker, then the administrator
  does('assign',             'accepted', agency,       owner),
  does('assign',             'accepted', '403 no  403 403 | fact may | 403 403 403 403 | 403 404 404 403 403 403', () => ({ ownerId: personId('abel.harbor') })),
  does('reopen',             'ended',    senderOrC,    () => ({ reason: 'other', note: 'The room was lost.' })),
  does('mark-error',         'sent',     creatorOrO,   () => ({ reason: reason('mark-error') })),
  does('mark-error',         'opened',   disclosed,    () => ({ reason: reason('mark-error') })),
];
