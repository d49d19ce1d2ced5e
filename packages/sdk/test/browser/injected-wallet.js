// A wallet as an extension injects it (EIP-1193, EIP-6963), over the accounts that a local chain holds.
// Its user agrees to everything; each time that he would be asked is written down.
const { rpcUrl, account } = JSON.parse(document.getElementById('wallet').textContent);

const asked = [];
Object.assign(globalThis, { walletAsked: asked });

const needsUser = /^(eth_send|eth_sign|personal_sign|wallet_)/;

async function request({ method, params = [] }) {
  if (method === 'eth_requestAccounts' || method === 'eth_accounts') return [account];
  if (needsUser.test(method)) asked.push(method);
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(rpcUrl, { method: 'POST', headers, body });
  const { result, error } = await response.json();
  if (error !== undefined) throw Object.assign(new Error(error.message), { code: error.code });
  return result;
}

const provider = { request, on: () => {}, removeListener: () => {} };
const info = Object.freeze({
  uuid: '350670db-19fa-4704-a166-e52e178b59d2',
  name: 'Test wallet',
  rdns: 'org.example.wallet',
  icon: 'data:image/svg+xml,<svg/>',
});
const announce = () =>
  dispatchEvent(
    new CustomEvent('eip6963:announceProvider', { detail: Object.freeze({ info, provider }) }),
  );
addEventListener('eip6963:requestProvider', announce);
announce();
