import type { TaskState } from '#contracts/codes/task-state';
import { useState, type ReactElement } from 'react';
import { Figure } from '../../src/kit/figure/figure.tsx';
import { Link } from '../../src/kit/link/link.tsx';
import { List } from '../../src/kit/list/list.tsx';
import { Row } from '../../src/kit/list/row.tsx';
import { Skeleton } from '../../src/kit/skeleton/skeleton.tsx';
import { Table } from '../../src/kit/table/table.tsx';
import { StateMark } from '../../src/pieces/state/state-mark.tsx';
import { readable } from '../../src/pieces/reference/reference.ts';
import { useSpeech, useWords } from '../../src/words/use-words.ts';
import { agencies } from '../people.ts';
import styles from '../specimens.module.css';
import { specimenWords } from '../specimens.words.ts';

const states: readonly TaskState[] = ['declined', 'sent', 'accepted', 'completed'];

export function Lists(): ReactElement {
  const say = useWords(specimenWords);
  const { locale } = useSpeech();
  const figures = new Intl.NumberFormat(locale);
  return (
    <>
      <div className={styles['row']}>
        <Figure value={figures.format(3)} href="#part-lists">
          {say('figure.declines', { count: 3 })}
        </Figure>
        <Figure value={figures.format(5)} isLate href="#part-lists">
          {say('figure.late')}
        </Figure>
        <Figure value={figures.format(1212)}>{say('list.days')}</Figure>
      </div>
      <div className={styles['card']}>
        <Table
          caption={say('list.caption')}
          rows={agencies.map((agency, place) => ({ agency, state: states[place] ?? 'sent', days: place * 4 + 1 }))}
          rowKey={({ agency }) => agency}
          columns={[
            {
              key: 'agency',
              heading: say('list.agency'),
              cell: ({ agency }) => <Link href="#part-lists">{agency}</Link>,
            },
            { key: 'state', heading: say('list.state'), cell: ({ state }) => <StateMark state={state} /> },
            { key: 'days', heading: say('list.days'), isFigure: true, cell: ({ days }) => figures.format(days) },
          ]}
        />
      </div>
      <div className={styles['card']}>
        <Skeleton label={say('list.loading')} rows={3} />
      </div>
      <div className={styles['card']}>
        <div>
          <h3>{say('list.empty')}</h3>
          <p>{say('list.empty-text')}</p>
        </div>
      </div>
    </>
  );
}

const rows = Array.from({ length: 5000 }, (_, place) => ({
  reference: place.toString().padStart(8, 'K'),
  state: states[place % states.length] ?? 'sent',
}));

export function LongList(): ReactElement {
  const say = useWords(specimenWords);
  const [letter, setLetter] = useState('');
  return (
    <>
      <p role="status">{letter}</p>
      <List
        label={say('list.long')}
        groups={[
          { key: 'first', heading: say('list.rows', { count: 40 }), rows: rows.slice(0, 40) },
          { key: 'rest', heading: say('list.rows', { count: 4960 }), rows: rows.slice(40) },
        ]}
        rowKey={({ reference }) => reference}
        onLetter={(pressed, { reference }) => {
          setLetter(`${pressed} ${reference}`);
          return true;
        }}
        renderRow={({ reference, state }, main) => (
          <Row
            name={
              <Link kind="row" href={`#${reference}`} {...main}>
                {readable(reference)}
              </Link>
            }
            facts={[<StateMark key="state" state={state} />, say('inbox.no-owner')]}
          />
        )}
      />
    </>
  );
}
