import type { ComponentType, ReactElement } from 'react';
import { useWords } from '../src/words/use-words.ts';
import { Buttons } from './sections/buttons.tsx';
import { Choices } from './sections/choices.tsx';
import { Fields } from './sections/fields.tsx';
import { Lists, LongList } from './sections/lists.tsx';
import { Notices } from './sections/notices.tsx';
import { Overlays } from './sections/overlays.tsx';
import { People } from './sections/people.tsx';
import { States } from './sections/states.tsx';
import { Together } from './sections/together.tsx';
import { specimenWords } from './specimens.words.ts';
import styles from './page.module.css';

const sections = {
  together: Together,
  states: States,
  buttons: Buttons,
  fields: Fields,
  choices: Choices,
  overlays: Overlays,
  notices: Notices,
  lists: Lists,
  people: People,
  long: LongList,
} as const satisfies Readonly<Record<string, ComponentType>>;
type SectionName = keyof typeof sections;

/** All sections, or the one that the address asks for. The long list is on a page of its own, because it is long. */
export function Page({ only }: { readonly only: string | null }): ReactElement {
  const say = useWords(specimenWords);
  const names = (Object.keys(sections) as SectionName[]).filter((name) =>
    only === null ? name !== 'long' : name === only,
  );
  return (
    <main className={styles['page']}>
      <header className={styles['head']}>
        <h1>{say('title')}</h1>
        <p>{say('intro')}</p>
      </header>
      {names.map((name) => {
        const Section = sections[name];
        return (
          <section key={name} className={styles['section']} aria-labelledby={`part-${name}`}>
            <h2 id={`part-${name}`}>{say(`part.${name}`)}</h2>
            <Section />
          </section>
        );
      })}
    </main>
  );
}
