import { Suspense, lazy, useState, type ReactElement } from 'react';
import { BirthDate } from '../../src/kit/date/birth-date.tsx';
import { NumberField } from '../../src/kit/field/number-field.tsx';
import { TextField } from '../../src/kit/field/field.tsx';
import { Select } from '../../src/kit/select/select.tsx';
import { TextArea } from '../../src/kit/text-area/text-area.tsx';
import { useWords } from '../../src/words/use-words.ts';
import { agencies } from '../people.ts';
import styles from '../specimens.module.css';
import { specimenWords } from '../specimens.words.ts';

const Combobox = lazy(async () => ({ default: (await import('../../src/kit/combobox/combobox.tsx')).Combobox }));
const DateField = lazy(async () => ({ default: (await import('../../src/kit/date/date-field.tsx')).DateField }));
const Signature = lazy(async () => ({ default: (await import('../../src/kit/signature/signature.tsx')).Signature }));

const mostLetters = 400;

export function Fields(): ReactElement {
  return (
    <div className={`${styles['card']} ${styles['columns']}`}>
      <TextFields />
      <Suspense>
        <DateFields />
      </Suspense>
    </div>
  );
}

function TextFields(): ReactElement {
  const say = useWords(specimenWords);
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('555 0142');
  const [count, setCount] = useState<number | null>(2);
  const [text, setText] = useState(say('field.words-value'));
  const [area, setArea] = useState('north');
  return (
    <div className={styles['stack']}>
      <TextField
        id="name"
        label={say('field.name')}
        help={say('field.name-help')}
        error={say('field.name-error')}
        value={name}
        onChange={setName}
      />
      <TextField label={say('field.phone')} type="tel" width="medium" value={phone} onChange={setPhone} />
      <NumberField label={say('field.number')} minValue={0} value={count} onChange={setCount} />
      <TextArea
        label={say('field.words')}
        help={say('field.words-help')}
        room={say('field.room', { count: mostLetters - text.length })}
        value={text}
        onChange={setText}
      />
      <TextField isDisabled label={say('field.not-changeable')} value={phone} onChange={setPhone} />
      <Select
        label={say('field.area')}
        options={[
          { value: 'north', label: say('field.north') },
          { value: 'south', label: say('field.south') },
        ]}
        value={area}
        onChange={setArea}
      />
    </div>
  );
}

function DateFields(): ReactElement {
  const say = useWords(specimenWords);
  const [agency, setAgency] = useState<string | null>(null);
  const [birth, setBirth] = useState({ day: '3', month: '6', year: '1971' });
  const [wrong, setWrong] = useState({ day: '3', month: '13', year: '1971' });
  const [leaves, setLeaves] = useState<string | null>('2026-12-04');
  const [meets, setMeets] = useState<string | null>('2026-12-08T15:00');
  const labels = { day: say('field.day'), month: say('field.month'), year: say('field.year') };
  return (
    <div className={styles['stack']}>
      <BirthDate
        id="birth"
        legend={say('field.birth')}
        labels={labels}
        help={say('field.birth-help')}
        value={birth}
        onChange={setBirth}
      />
      <BirthDate
        id="birth-wrong"
        legend={say('field.birth')}
        labels={labels}
        error={say('field.birth-error')}
        wrong={['month']}
        value={wrong}
        onChange={setWrong}
      />
      <DateField label={say('field.leaves')} value={leaves} onChange={setLeaves} />
      <DateField label={say('field.appointment')} withTime value={meets} onChange={setMeets} />
      <Combobox
        label={say('field.agency')}
        openLabel={say('field.agency-open')}
        options={agencies.map((label, id) => ({ id: id.toString(), label }))}
        value={agency}
        onChange={setAgency}
      />
      <Signature label={say('field.sign')} clearLabel={say('field.clear')} onChange={ignore} />
    </div>
  );
}

function ignore(): void {
  // a specimen keeps nothing
}
