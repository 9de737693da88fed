import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const place = document.getElementById('app');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <main>
        <h1>{document.title}</h1>
      </main>
    </StrictMode>,
  );
}
