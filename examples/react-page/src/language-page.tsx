import { type FormEvent, useState } from 'react';
import { useService } from './use-service.ts';
import { useWallets } from './use-wallets.ts';

interface Detected {
  readonly detection?: { readonly language?: { readonly name: string } };
}

/** Connects a wallet, asks for the language of a text, and shows what is left to pay with. */
export function LanguagePage() {
  const wallets = useWallets();
  const { isConnected, balance, connect, call } = useService();
  const [language, setLanguage] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);

  async function attempt(work: () => Promise<void>) {
    setIsBusy(true);
    setProblem(undefined);
    await work().catch((error: Error) => setProblem(error.message));
    setIsBusy(false);
  }

  function ask(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('text'));
    void attempt(async () => {
      const { detection } = (await call('Detect', { text })) as Detected;
      setLanguage(detection?.language?.name);
    });
  }

  return (
    <main>
      {!isConnected &&
        wallets.map(({ uuid, name, provider }) => (
          <button
            key={uuid}
            type="button"
            disabled={isBusy}
            onClick={() => attempt(() => connect(provider))}
          >
            Connect {name}
          </button>
        ))}
      {isConnected && (
        <form onSubmit={ask}>
          <input name="text" aria-label="Text" defaultValue="Guten Morgen, wie geht es Ihnen?" />
          <button type="submit" disabled={isBusy}>
            Which language is it?
          </button>
        </form>
      )}
      {language && <p>Language: {language}</p>}
      {balance && <p>Left: {balance}</p>}
      {problem && <p role="alert">{problem}</p>}
    </main>
  );
}
