import type { ReactElement } from 'react';
import { Link } from '../../kit/link/link.tsx';
import { useTitle } from '../../pieces/title/use-title.ts';
import { useWords } from '../../words/use-words.ts';
import styles from './sign-in.module.css';
import { signInWords } from './sign-in.words.ts';

/** A link and no form: a browser holds `form-action` against the redirect to another issuer. */
export function SignInScreen(): ReactElement {
  const say = useWords(signInWords);
  useTitle(say('title'));
  return (
    <div className={styles['screen']}>
      <h1>{say('title')}</h1>
      <p>{say('what')}</p>
      <Link kind="filled" href="/api/identity/sessions/0/new?to=/">
        {say('go')}
      </Link>
    </div>
  );
}
