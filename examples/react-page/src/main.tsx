import { createRoot } from 'react-dom/client';
import { LanguagePage } from './language-page.tsx';

createRoot(document.getElementById('root') as HTMLElement).render(<LanguagePage />);
