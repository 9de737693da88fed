import type { DueGroup } from '#contracts/codes/due-group';
import type { Need } from '#contracts/codes/need';
import { useState, type ReactElement } from 'react';
import { Badge } from '../../src/kit/badge/badge.tsx';
import { Button } from '../../src/kit/button/button.tsx';
import { Checkbox, CheckboxGroup } from '../../src/kit/choice/checkbox.tsx';
import { Link } from '../../src/kit/link/link.tsx';
import { List } from '../../src/kit/list/list.tsx';
import { Row } from '../../src/kit/list/row.tsx';
import { Menu } from '../../src/kit/menu/menu.tsx';
import { Segmented } from '../../src/kit/segmented/segmented.tsx';
import { Due } from '../../src/pieces/due/due-mark.tsx';
import { NeedName } from '../../src/pieces/need/need-name.tsx';
import { usePersonName } from '../../src/pieces/person-label/person-name.ts';
import { Reference } from '../../src/pieces/reference/reference-mark.tsx';
import { StateLine, StateMark } from '../../src/pieces/state/state-mark.tsx';
import { lookOf, type StateFacts } from '../../src/pieces/state/state.ts';
import { Timeline } from '../../src/pieces/timeline/timeline-list.tsx';
import { codesWords } from '../../src/words/codes/codes.words.ts';
import { useWords } from '../../src/words/use-words.ts';
import { happened, nameOf } from '../people.ts';
import styles from '../specimens.module.css';
import { specimenWords } from '../specimens.words.ts';

interface Shown {
  readonly id: string;
  readonly need: Need;
  readonly initials: string;
  readonly ageBand: string;
  readonly dueAt: string;
  readonly group: DueGroup;
  readonly isUrgent?: boolean;
  readonly facts: StateFacts;
}

const agencySide = { side: 'agency' } as const;
const shown: readonly Shown[] = [
  {
    id: 'J',
    need: 'housing',
    initials: 'JM',
    ageBand: '25-34',
    dueAt: '2026-12-01T11:00:00Z',
    group: 'critically-overdue',
    isUrgent: true,
    facts: { state: 'sent', ...agencySide },
  },
  {
    id: 'R',
    need: 'housing',
    initials: 'RV',
    ageBand: '50-64',
    dueAt: '2026-11-30T14:00:00Z',
    group: 'overdue',
    facts: { state: 'received', owner: null, ...agencySide },
  },
  {
    id: 'T',
    need: 'housing',
    initials: 'TK',
    ageBand: '18-24',
    dueAt: '2026-12-03T23:00:00Z',
    group: 'due-soon',
    facts: { state: 'received', owner: 'Ines', ...agencySide },
  },
  {
    id: 'L',
    need: 'food',
    initials: 'LB',
    ageBand: '65+',
    dueAt: '2026-12-02T19:00:00Z',
    group: 'due-soon',
    facts: { state: 'on-hold', subState: 'waitlisted', reviewOn: '2026-12-04', ...agencySide },
  },
  {
    id: 'A',
    need: 'employment',
    initials: 'AO',
    ageBand: '35-49',
    dueAt: '2026-12-08T21:00:00Z',
    group: 'not-due',
    facts: {
      state: 'in-progress',
      subState: 'appointment-booked',
      appointmentAt: '2026-12-08T21:00:00Z',
      ...agencySide,
    },
  },
];
const groups = ['critically-overdue', 'overdue', 'due-soon', 'not-due'] as const;

/** Parts and pieces as a screen puts them together: an agency's inbox. */
export function Together(): ReactElement {
  const say = useWords(specimenWords);
  const sayCode = useWords(codesWords);
  const personName = usePersonName();
  const [open, setOpen] = useState('R');
  return (
    <div className={styles['inbox']}>
      <Filters />
      <div className={styles['lines']}>
        <div className={styles['row']}>
          <h3>{say('inbox.title')}</h3>
          <Button kind="quiet">{say('inbox.new', { count: 2 })}</Button>
        </div>
        <List
          label={say('inbox.list')}
          headingLevel={3}
          groups={groups.map((key) => ({
            key,
            heading: (
              <>
                {key.endsWith('overdue') ? (
                  <Badge shape="flag" tone="late">
                    {sayCode(`due-group.${key}`)}
                  </Badge>
                ) : (
                  sayCode(`due-group.${key}`)
                )}
                <span className={styles['quiet']}>{shown.filter(({ group }) => group === key).length}</span>
              </>
            ),
            rows: shown.filter(({ group }) => group === key),
          }))}
          rowKey={({ id }) => id}
          rowState={({ id }) => ({ isOpen: id === open, hasChanged: id === 'T', hasEnded: id === 'A' })}
          renderRow={(row, main) => (
            <Row
              name={
                <Link
                  kind="row"
                  href={`#${row.id}`}
                  aria-current={row.id === open}
                  onClick={(event) => {
                    event.preventDefault();
                    setOpen(row.id);
                  }}
                  {...main}
                >
                  <NeedName need={row.need} /> {personName({ initials: row.initials, ageBand: row.ageBand })}
                </Link>
              }
              due={<Due isGrouped facts={{ dueAt: row.dueAt, dueGroup: row.group, dueTimer: null }} />}
              facts={[
                <StateMark key="state" state={row.facts.state} />,
                nameOf('st-brigid'),
                ...(row.isUrgent === true ? [say('inbox.leaves-today')] : []),
                <StateLine key="line" facts={row.facts} />,
              ]}
            />
          )}
        />
      </div>
      <Panel shown={shown.find(({ id }) => id === open) ?? shown[0]} />
    </div>
  );
}

function Filters(): ReactElement {
  const say = useWords(specimenWords);
  const sayCode = useWords(codesWords);
  const [whose, setWhose] = useState<'mine' | 'team'>('mine');
  const [needs, setNeeds] = useState<string[]>(['housing']);
  return (
    <div className={styles['filters']}>
      <Segmented
        label={say('inbox.whose')}
        options={[
          { value: 'mine', label: say('inbox.mine'), count: '3' },
          { value: 'team', label: say('inbox.team'), count: '14' },
        ]}
        value={whose}
        onChange={setWhose}
      />
      <CheckboxGroup label={say('inbox.need')} value={needs} onChange={setNeeds}>
        <Checkbox value="housing">{sayCode('need.housing')}</Checkbox>
        <Checkbox value="food">{sayCode('need.food')}</Checkbox>
      </CheckboxGroup>
    </div>
  );
}

function Panel({ shown: row }: { readonly shown: Shown | undefined }): ReactElement | null {
  const say = useWords(specimenWords);
  const sayCode = useWords(codesWords);
  const personName = usePersonName();
  if (row === undefined) return null;
  const person = personName({ initials: row.initials, ageBand: row.ageBand });
  const isSent = lookOf(row.facts.state).word === 'sent';
  return (
    <section className={styles['panel']} aria-label={person}>
      <div className={styles['lines']}>
        <h3>{say('inbox.heading', { need: sayCode(`need-plain.${row.need}`), person })}</h3>
        <p>
          <StateMark state={row.facts.state} />
        </p>
        <p className={styles['quiet']}>
          {say('inbox.sent-by', { organization: nameOf('st-brigid') ?? '' })} <Reference reference="K74Q2M9P" />
        </p>
        {row.isUrgent === true ? <p>{say('inbox.urgent')}</p> : null}
        <Due isNamed facts={{ dueAt: row.dueAt, dueGroup: row.group, dueTimer: 'acknowledge-by' }} />
      </div>
      <div className={styles['acts']}>
        <Button kind={isSent ? 'filled' : 'plain'} keyHint="R">
          {sayCode('action.acknowledge')}
        </Button>
        <Button kind={isSent ? 'plain' : 'filled'} keyHint="A">
          {sayCode('action.accept')}
        </Button>
        <Button keyHint="D">{sayCode('action.decline')}</Button>
        <Button keyHint="Q">{sayCode('action.ask')}</Button>
        <Menu
          label={say('inbox.more')}
          spokenLabel={say('inbox.more-of', { person })}
          entries={[{ id: 'redirect', label: sayCode('action.redirect'), keyHint: 'V' }]}
          onChoose={ignore}
        />
      </div>
      <div className={styles['packet']}>
        <h4>{say('inbox.who')}</h4>
        <p className={styles['quiet']}>{say('inbox.recorded')}</p>
        <Button>{say('inbox.open')}</Button>
      </div>
      <h4>{say('inbox.happened')}</h4>
      <Timeline items={happened} serviceRequestId="housing" nameOf={nameOf} />
    </section>
  );
}

function ignore(): void {
  // a specimen does nothing
}
