/** How long an unknown outcome, or a slow store, may keep a client waiting: 5 s (ledger.md, section 4). */
export const patienceMs = 5_000;
