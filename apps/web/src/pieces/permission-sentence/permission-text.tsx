import type { ReactElement } from 'react';
import { permissionWords } from '../../words/codes/permission.words.ts';
import { sayWith, useDates, useNow, useSpeech, useWords } from '../../words/use-words.ts';
import { sentencesOf, type PermissionFacts } from './permission-sentence.ts';

/** "Harbor House may learn: … Until November 28, 2027. Harbor House may tell St. Brigid Hospital how it goes." */
export function PermissionText({ facts }: { readonly facts: PermissionFacts }): ReactElement {
  const say = useWords(permissionWords);
  const dates = useDates();
  const now = useNow();
  const { locale } = useSpeech();
  const list = new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' });
  const names = {
    agency: <strong key="agency">{facts.agency}</strong>,
    sender: <span key="sender">{facts.sender}</span>,
  };
  return (
    <>
      {sentencesOf(facts).map((part) => {
        const values = {
          categories: 'categories' in part ? list.format(part.categories.map((code) => say(`category.${code}`))) : '',
          day: 'day' in part ? dates.day(part.day, now) : '',
        };
        const key =
          part.says === 'return' ? (`sentence.return.${part.path}` as const) : (`sentence.${part.says}` as const);
        return <p key={part.says}>{sayWith(say, key, names, values)}</p>;
      })}
    </>
  );
}
